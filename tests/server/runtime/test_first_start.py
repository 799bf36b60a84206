"""The first start: one provider, one private file, never twice."""

import json
from itertools import product
from pathlib import Path

import pytest

from server.runtime.first_start import FILE, ensure_provider
from server.runtime.storage import open_storage
from server.settings import Settings

KEYS = {
    "provider": {"id", "name", "admin_base_url", "portal_base_url"},
    "admin": {"username", "password"},
    "service": {
        "id",
        "system_name",
        "service_token",
        "staging_base_url",
        "production_base_url",
    },
    "sample": {"account_id", "username", "password", "application_id", "user_key"},
}


def test_the_first_start_writes_how_to_get_in(tmp_path: Path) -> None:
    settings = Settings.from_env({"GATEHOUSE_DATA_DIR": str(tmp_path)}, port=9123)
    storage = open_storage(settings)

    summary = ensure_provider(storage, tmp_path)

    file = tmp_path / FILE
    assert summary is not None
    assert summary == json.loads(file.read_text())
    assert file.stat().st_mode & 0o777 == 0o600
    assert set(summary) == {*KEYS, "provider_key", "access_token"}
    assert {name: set(summary[name]) for name in KEYS} == KEYS
    staging = summary["service"]["staging_base_url"]
    assert staging == "http://localhost:9123/gateway/staging/api"
    storage.database.close()


def test_a_second_start_makes_nothing(tmp_path: Path) -> None:
    storage = open_storage(Settings.from_env({"GATEHOUSE_DATA_DIR": str(tmp_path)}))
    ensure_provider(storage, tmp_path)
    before = (tmp_path / FILE).read_bytes()

    assert ensure_provider(storage, tmp_path) is None
    assert (tmp_path / FILE).read_bytes() == before
    storage.database.close()


@pytest.mark.parametrize("url", ["http://localhost:9123", "https://api.acme.example"])
def test_a_start_elsewhere_brings_the_addresses_up_to_date(url: str, tmp_path: Path) -> None:
    env = {"GATEHOUSE_DATA_DIR": str(tmp_path)}
    first = open_storage(Settings.from_env(env))
    before = ensure_provider(first, tmp_path)
    first.database.close()

    later = open_storage(Settings.from_env({**env, "GATEHOUSE_PUBLIC_URL": url}))
    ensure_provider(later, tmp_path)
    later.database.close()

    after = json.loads((tmp_path / FILE).read_text())
    assert before is not None
    assert after["provider"]["admin_base_url"].startswith(url)
    assert after["service"]["staging_base_url"].startswith(url)
    for summary in (before, after):
        for part, name in product(("provider", "service"), tuple(summary["provider"])):
            summary[part].pop(name, None) if name.endswith("_url") else None
        for name in ("staging_base_url", "production_base_url"):
            summary["service"].pop(name, None)
    assert after == before, "nothing else changed"


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"provider": {"id": 99}}', "\x00"])
def test_a_file_that_is_not_ours_any_more_is_left_alone(content: str, tmp_path: Path) -> None:
    storage = open_storage(Settings.from_env({"GATEHOUSE_DATA_DIR": str(tmp_path)}))
    ensure_provider(storage, tmp_path)
    (tmp_path / FILE).write_text(content)

    ensure_provider(storage, tmp_path)

    assert (tmp_path / FILE).read_text() == content
    storage.database.close()


def test_the_master_key_is_private_and_stays(tmp_path: Path) -> None:
    settings = Settings.from_env({"GATEHOUSE_DATA_DIR": str(tmp_path)})

    first, second = open_storage(settings), open_storage(settings)

    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600
    assert second.installation.vault.unseal(first.installation.vault.seal("x")) == "x"
    first.database.close()
    second.database.close()
