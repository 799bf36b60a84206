"""`gatehouse gateway bundle`: what it writes, and how it refuses."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select
from typer.testing import CliRunner, Result

from server.actions.services.documents import document_of, sealed_document
from server.actions.services.services import create_service
from server.cli.main import app
from server.domain.actors import Actor
from server.domain.services.configs import ProxyConfig
from server.domain.services.services import Service
from server.runtime.first_start import ensure_provider
from server.runtime.storage import Storage, open_storage
from server.settings import Settings
from tests.kit.bundle import checked_conf
from tests.kit.work import by


@pytest.fixture
def env(tmp_path: Path, migrated_url: str) -> dict[str, str]:
    """Name an installation on an empty database."""
    return {
        "GATEHOUSE_DATA_DIR": str(tmp_path / "data"),
        "GATEHOUSE_DATABASE_URL": migrated_url,
        "GATEHOUSE_PUBLIC_URL": "http://127.0.0.1:8123",
    }


@pytest.fixture
def storage(env: dict[str, str], tmp_path: Path) -> Iterator[Storage]:
    """Make its first provider, whose service `api` runs in staging."""
    storage = open_storage(Settings.from_env(env))
    ensure_provider(storage, tmp_path / "data")
    yield storage
    storage.database.close()


def run(env: dict[str, str], out: Path, *more: str, service: str = "api") -> Result:
    """Run the command for staging."""
    wanted = ["--service", service, "--environment", "staging", "--out", str(out)]
    return CliRunner(env=env).invoke(app, ["gateway", "bundle", *wanted, *more])


@pytest.mark.nginx
def test_a_bundle_is_a_folder_that_nginx_takes_and_only_its_owner_reads(
    env: dict[str, str], storage: Storage, tmp_path: Path
) -> None:
    out = tmp_path / "out"

    result = run(env, out)

    assert result.exit_code == 0, result.output
    files = [file for file in out.rglob("*") if file.is_file()]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    folders = [out, *(file for file in out.rglob("lua*") if file.is_dir())]
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders} == {0o700}
    token = json.loads((tmp_path / "data" / "first-start.json").read_text())["service"]
    assert json.loads((out / "config.json").read_text())["token"] == token["service_token"]
    assert "server 127.0.0.1:8123;" in (out / "nginx.conf").read_text()
    assert "syntax is ok" in checked_conf(out)


def test_an_earlier_bundle_is_overwritten(
    env: dict[str, str], storage: Storage, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert run(env, out).exit_code == 0

    result = run(env, out, "--backend", "https://gate.example:8443", "--port", "9999")

    assert result.exit_code == 0
    conf = (out / "nginx.conf").read_text()
    assert "server gate.example:8443;" in conf
    assert "listen 9999 default_server;" in conf
    assert not list(out.rglob("*.new"))


def test_a_folder_of_other_files_is_left_alone(
    env: dict[str, str], storage: Storage, tmp_path: Path
) -> None:
    out = tmp_path / "mine"
    out.mkdir()
    (out / "nginx.conf").write_text("events {}\n")

    result = run(env, out)

    assert result.exit_code == 1
    assert "holds other files. Name a new folder" in result.output
    assert [file.name for file in out.iterdir()] == ["nginx.conf"]


def test_a_folder_that_cannot_be_made_is_named(
    env: dict[str, str], storage: Storage, tmp_path: Path
) -> None:
    result = run(env, tmp_path / "none" / "out")

    assert result.exit_code == 1
    assert "can't be written: No such file or directory." in result.output


def test_an_unknown_service_is_told_which_there_are(
    env: dict[str, str], storage: Storage, tmp_path: Path
) -> None:
    result = run(env, tmp_path / "out", service="none")

    assert result.exit_code == 1
    assert "There is no service 'none'. These exist: api." in result.output
    assert not (tmp_path / "out").exists()


def test_a_service_that_was_never_promoted_has_no_bundle_for_production(
    env: dict[str, str], storage: Storage, tmp_path: Path
) -> None:
    with storage.database.write() as db:
        actor = Actor.system(db.exec(select(Service.provider_id)).one())
        create_service(by(db, actor, storage.installation), {"name": "Fresh"})

    result = run(env, tmp_path / "out", "--environment", "production", service="fresh")

    assert result.exit_code == 1
    assert "fresh was never deployed to production. Promote a staging version" in result.output


def test_a_closed_service_has_no_bundle(
    env: dict[str, str], storage: Storage, tmp_path: Path
) -> None:
    with storage.database.write() as db:
        db.exec(select(Service)).one().state = "offline"

    result = run(env, tmp_path / "out")

    assert result.exit_code == 1
    assert "api is closed. Open it first." in result.output


@pytest.mark.parametrize(
    "backend", ["ftp://x", "http://", "http://x/path", "http://a;b", "x", "http://a:99999"]
)
def test_a_backend_that_is_no_base_url_is_refused(
    env: dict[str, str], storage: Storage, tmp_path: Path, backend: str
) -> None:
    result = run(env, tmp_path / "out", "--backend", backend)

    assert result.exit_code == 1
    assert "backend must be like https://" in result.output


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        ("cors", "A bundle can't do these policies of the configuration: cors."),
        ("magic", "proxy.policy_chain[0].name = 'magic': must be one of"),
    ],
)
def test_a_policy_that_a_bundle_cannot_do_is_named(
    env: dict[str, str], storage: Storage, tmp_path: Path, policy: str, words: str
) -> None:
    with storage.database.write() as db:
        for config in db.exec(select(ProxyConfig)):
            document = document_of(storage.installation, config)
            proxy = document["proxy"]
            chain = [{"name": policy, "configuration": {}}, *proxy["policy_chain"]]
            changed = document | {"proxy": proxy | {"policy_chain": chain}}
            config.content_sealed = sealed_document(storage.installation, changed)

    result = run(env, tmp_path / "out")

    assert result.exit_code == 1
    assert words in result.output
    assert not (tmp_path / "out").exists()


def test_a_bad_setting_is_named(env: dict[str, str], tmp_path: Path) -> None:
    result = run(env | {"GATEHOUSE_LOG": "loud"}, tmp_path / "out")

    assert result.exit_code == 2
    assert "GATEHOUSE_LOG must be" in result.output


def test_there_are_two_environments(env: dict[str, str], tmp_path: Path) -> None:
    result = run(env, tmp_path / "out", "--environment", "live")

    assert result.exit_code == 2
