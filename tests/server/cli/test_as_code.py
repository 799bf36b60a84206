"""`gatehouse export` and `gatehouse apply` as an operator runs them, on both databases."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, select
from typer.testing import CliRunner, Result

from server.actions.applications.applications import delete_application
from server.actions.provider.providers import NewProvider, create_provider
from server.actions.services.lookup import get_proxy
from server.actions.services.policies import chain_of
from server.actions.services.proxies import update_proxy
from server.cli.main import app
from server.domain.events import EventRecord
from server.domain.portal.pages import Template
from server.domain.services.services import Service
from server.runtime.storage import Storage, open_storage
from server.settings import Settings
from tests.kit.make import staff
from tests.kit.process import COMMAND
from tests.kit.work import by
from tests.server.as_code.conftest import FOLDER, PETSTORE

SPEC = "specs/echo_api.json"


@pytest.fixture
def env(tmp_path: Path, migrated_url: str) -> dict[str, str]:
    """Make the environment of an installation."""
    return {"GATEHOUSE_DATA_DIR": str(tmp_path / "data"), "GATEHOUSE_DATABASE_URL": migrated_url}


@pytest.fixture
def storage(env: dict[str, str]) -> Iterator[Storage]:
    """Open what the commands stand on."""
    storage = open_storage(Settings.from_env(env))
    yield storage
    storage.database.close()


@pytest.fixture
def acme(storage: Storage) -> NewProvider:
    """Make the first provider, whose sample API may go: nobody calls it any more."""
    return provider_without_customers(storage, "Acme")


def provider_without_customers(storage: Storage, name: str) -> NewProvider:
    """Make a provider whose sample application is gone."""
    with storage.database.write() as db:
        made = create_provider(db, storage.installation, name, f"admin@{name.lower()}.example")
        work = by(db, staff(made), storage.installation)
        delete_application(work, made.sample.application.id)
    return made


def gatehouse(env: dict[str, str], *arguments: object) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments], env=env)


def write(folder: Path, texts: dict[str, str]) -> None:
    """Write a folder by hand."""
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text.encode())


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Read all files."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def rows(db: Session) -> tuple[int, int]:
    """Count services and events."""
    return len(db.exec(select(Service)).all()), len(db.exec(select(EventRecord)).all())


def test_the_way_there_and_back(
    env: dict[str, str], storage: Storage, acme: NewProvider, tmp_path: Path
) -> None:
    folder, again = tmp_path / "folder", tmp_path / "again"
    write(folder, FOLDER)

    first = gatehouse(env, "apply", folder, "--prune")
    second = gatehouse(env, "apply", folder, "--prune")
    exported = gatehouse(env, "export", again)
    before = bytes_of(again)
    gatehouse(env, "export", again)

    assert (first.exit_code, second.exit_code, exported.exit_code) == (0, 0, 0)
    assert "+ service petstore\n" in first.output
    assert "- service api\n17 to create, 0 to change, 2 to delete, 0 kept.\nDone.\n" in first.output
    assert second.output == "Nothing to change.\n"
    assert exported.output == f"8 files are in {again}.\n"
    assert bytes_of(again) == before
    assert gatehouse(env, "apply", again, "--prune").output == "Nothing to change.\n"


def test_a_dry_run_says_the_same_and_stores_nothing(
    env: dict[str, str], storage: Storage, acme: NewProvider, tmp_path: Path
) -> None:
    write(tmp_path / "folder", FOLDER)
    with storage.database.read() as db:
        before = rows(db)

    dry = gatehouse(env, "apply", tmp_path / "folder", "--dry-run")
    with storage.database.read() as db:
        assert rows(db) == before
    wet = gatehouse(env, "apply", tmp_path / "folder")

    assert (dry.exit_code, wet.exit_code) == (0, 0)
    assert dry.output == wet.output.replace("Done.", "Dry run: nothing is stored.")
    assert "  service api is only in the database: kept\n" in dry.output
    with storage.database.read() as db:
        assert rows(db) > before


def test_a_drift_report_ends_with_a_code_that_pipelines_read(
    env: dict[str, str], storage: Storage, acme: NewProvider, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    gatehouse(env, "export", folder)
    texts = {path: content.decode() for path, content in bytes_of(folder).items()}

    same = gatehouse(env, "diff", folder)
    write(folder, {"services/api.yaml": texts["services/api.yaml"].replace("name: API", "name: A")})
    other = gatehouse(env, "diff", folder)
    plain = gatehouse(env, "diff", folder, "--json")
    faults = [
        gatehouse(env, "diff", tmp_path / "nowhere"),
        gatehouse(env, "diff", folder, "--provider", "Initech"),
        gatehouse(env, "diff", folder, "--no-such-option"),
        gatehouse({**env, "GATEHOUSE_LOG": "loud"}, "diff", folder),
    ]

    assert (same.exit_code, same.output) == (0, "No drift: the database is as the folder says.\n")
    assert other.exit_code == plain.exit_code == 2
    assert other.stdout.startswith('service api: name: folder "A", database "API"\n')
    assert json.loads(plain.stdout)["differences"][0]["fields"] == {
        "name": {"folder": "A", "database": "API"}
    }
    assert [(fault.exit_code, fault.stdout) for fault in faults] == [(1, "")] * 4
    assert all(fault.stderr for fault in faults)


@pytest.mark.parametrize("flags", [[], ["--dry-run"]])
def test_one_bad_entry_stores_nothing(
    env: dict[str, str], storage: Storage, acme: NewProvider, tmp_path: Path, flags: list[str]
) -> None:
    taken = PETSTORE.replace("adopt,", "bytes,")
    write(tmp_path / "folder", {**FOLDER, "services/petstore.yaml": taken})
    with storage.database.read() as db:
        before = rows(db)

    result = gatehouse(env, "apply", tmp_path / "folder", *flags)

    assert result.exit_code == 1
    assert "services/petstore.yaml:8: methods[0]: service petstore, method bytes" in result.stderr
    assert "system_name: has already been taken. Choose another. Nothing is" in result.stderr
    with storage.database.read() as db:
        assert rows(db) == before


@pytest.mark.parametrize("words", [("--prune", "--dry-run"), ("--prune",)])
def test_an_api_with_applications_is_not_pruned(
    words: tuple[str, ...], env: dict[str, str], storage: Storage, tmp_path: Path
) -> None:
    with storage.database.write() as db:
        acme = create_provider(db, storage.installation, "Acme", "admin@acme.example")
    write(tmp_path / "folder", FOLDER)

    refused = gatehouse(env, "apply", tmp_path / "folder", *words)

    assert refused.exit_code == 1
    assert "- service api\n" in refused.output
    assert "service api: 1 application is on its plans. Delete them first" in refused.stderr
    with storage.database.read() as db:
        assert db.get_one(Service, acme.sample.service.id).state == "published"


def test_providers_do_not_cross(
    env: dict[str, str], storage: Storage, acme: NewProvider, tmp_path: Path
) -> None:
    for _ in range(2):
        provider_without_customers(storage, "Globex")
    write(tmp_path / "folder", FOLDER)
    gatehouse(env, "export", tmp_path / "acme")
    before = bytes_of(tmp_path / "acme")

    applied = gatehouse(env, "apply", tmp_path / "folder", "--prune", "--provider", "globex")
    gatehouse(env, "export", tmp_path / "acme", "--provider", "Acme")
    gatehouse(env, "export", tmp_path / "globex-2", "--provider", "globex-2")
    missing = gatehouse(env, "export", tmp_path / "x", "--provider", "Initech")
    twice = gatehouse(env, "apply", tmp_path / "folder", "--provider", "Globex")

    assert applied.exit_code == 0
    assert bytes_of(tmp_path / "acme") == before
    other = bytes_of(tmp_path / "globex-2")
    assert {path for path in before if other[path] != before[path]} == {
        SPEC,  # its own address
        "provider.yaml",  # its own name
    }
    assert (missing.exit_code, twice.exit_code) == (2, 2)
    assert "no provider is called 'Initech'. Choose from: acme, globex, globex-2." in missing.stderr
    assert "several providers are called 'Globex'. Choose from: globex, glob" in twice.stderr


def test_what_is_no_folder_of_ours_is_told(
    env: dict[str, str], storage: Storage, acme: NewProvider, tmp_path: Path
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/x.txt").write_text("mine")

    write(tmp_path / "odd", {"provider.yaml": "", "portal/\udcff.liquid": "x"})
    write(tmp_path / "flat", {"provider.yaml": "", "services": ""})

    for command, name, message in (
        ("apply", "odd", "portal/?.liquid: no YAML file names it."),
        ("apply", "flat", "services: Not a directory."),
        ("apply", "nowhere", "is not a folder."),
        ("apply", "full", "There is no provider.yaml"),
        ("export", "full", "is not empty and no export"),
        ("export", "full/x.txt", "full/x.txt: File exists."),
    ):
        result = gatehouse(env, command, tmp_path / name)
        assert (result.exit_code, message in result.stderr) == (1, True), result.output


def test_without_a_provider_there_is_nothing_to_export(
    env: dict[str, str], storage: Storage, tmp_path: Path
) -> None:
    result = gatehouse(env, "export", tmp_path / "x")

    assert result.exit_code == 2
    assert "`gatehouse provider create` makes one." in result.stderr
    assert not (tmp_path / "x").exists()


def test_a_database_that_refuses_is_told(
    env: dict[str, str], storage: Storage, tmp_path: Path
) -> None:
    nowhere = {**env, "GATEHOUSE_DATABASE_URL": f"sqlite:///{tmp_path}/no/such/folder.db"}

    result = gatehouse(nowhere, "export", tmp_path / "x")

    assert result.exit_code == 1
    assert result.stderr.startswith("GATEHOUSE_DATABASE_URL: the database cannot be opened: unable")


def test_the_real_commands_leave_no_traceback(
    env: dict[str, str], storage: Storage, acme: NewProvider, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [*COMMAND, *arguments, str(folder)]
        return subprocess.run(command, env=env, capture_output=True, text=True, check=False)

    exported = run("export")
    (folder / "services/api.yaml").write_text("name: [")
    applied = run("apply")

    assert (exported.returncode, exported.stderr) == (0, "")
    assert (applied.returncode, applied.stdout) == (1, "")
    assert applied.stderr.startswith("services/api.yaml:1: is not YAML: ")
    assert applied.stderr.count("\n") == 1


HEADER = "Bearer canary-of-a-policy"


def chained(storage: Storage, acme: NewProvider, *headers: tuple[str, str]) -> None:
    """Have the sample service set headers of requests."""
    request = [{"op": "set", "header": name, "value": value} for name, value in headers]
    chain = [
        {"name": "headers", "configuration": {"request": request}},
        {"name": "apicast", "configuration": {}},
    ]
    with storage.database.write() as db:
        work = by(db, staff(acme), storage.installation)
        update_proxy(work, acme.sample.service.id, {"policy_chain": chain})


def secrets_in(storage: Storage, acme: NewProvider) -> list[str]:
    """Read what the sample service's policies keep secret."""
    with storage.database.read() as db:
        chain = chain_of(storage.installation.vault, get_proxy(db, acme.sample.service))
    return [each["value"] for each in chain[0]["configuration"]["request"]]


def test_secrets_of_policies_are_hidden_in_an_export_and_kept_by_applying_it(
    env: dict[str, str], storage: Storage, acme: NewProvider, tmp_path: Path
) -> None:
    chained(storage, acme, ("Authorization", HEADER), ("X-Other", "canary-too"))
    folder = tmp_path / "acme"

    exported = gatehouse(env, "export", folder)
    texts = bytes_of(folder)
    service = texts["services/api.yaml"].decode()
    turned = service.replace("header: X-Other", "header: X-New")
    (folder / "services/api.yaml").write_text(service.replace("pattern: /", "pattern: /v9"))
    applied = gatehouse(env, "apply", folder)

    assert "(hidden)" in exported.output
    assert not [name for name, content in texts.items() if b"canary" in content]
    assert all(file.stat().st_mode & 0o077 == 0 for file in folder.rglob("*") if file.is_file())
    assert applied.exit_code == 0, applied.output
    assert "canary" not in applied.output
    assert secrets_in(storage, acme) == [HEADER, "canary-too"]
    (folder / "services/api.yaml").write_text(turned)
    refused = gatehouse(env, "apply", folder)
    assert refused.exit_code == 1
    assert "says (hidden) where nothing stands yet" in refused.output


def test_an_export_with_secrets_warns_and_is_applied_elsewhere(
    env: dict[str, str], storage: Storage, acme: NewProvider, tmp_path: Path
) -> None:
    chained(storage, acme, ("Authorization", HEADER))
    folder = tmp_path / "acme"

    exported = gatehouse(env, "export", folder, "--secrets")
    chained(storage, acme, ("Authorization", "another"))
    applied = gatehouse(env, "apply", folder)

    assert applied.exit_code == 0, applied.output
    assert "Warning: secrets" in exported.output
    assert HEADER in (folder / "services/api.yaml").read_text()
    assert (folder / "services/api.yaml").stat().st_mode & 0o077 == 0
    assert "canary" not in applied.output
    assert secrets_in(storage, acme) == [HEADER]


BROKEN = {
    "a layout": (
        "{kind: layout, name: main_layout, published: l.liquid}",
        "a\n{% if oops",
        "portal/l.liquid:2:1: A '{%' is never closed by '%}'.\n2 | {% if oops\n  | ^",
    ),
    "a page with an unknown tag": (
        "{kind: page, name: /x, published: l.liquid}",
        "{% nowhere %}",
        "portal/l.liquid:1:4: unexpected tag 'nowhere'\n1 | {% nowhere %}\n  |    ^",
    ),
    "a page with an unknown filter": (
        "{kind: page, name: /x, published: l.liquid}",
        "\n\t{{ a | nowhere }}",
        "portal/l.liquid:2:9: unknown filter 'nowhere'\n2 |  {{ a | nowhere }}\n  |         ^",
    ),
    "a mail with an open block": (
        "{kind: email, name: account_approved, published: l.liquid}",
        "a\n{% for x in y %}\n",
        "portal/l.liquid:2:4: The 'for' block is never closed by 'endfor'.",
    ),
    "a partial with an unknown form": (
        "{kind: partial, name: x, published: l.liquid}",
        "{% form 'nowhere' %}{% endform %}",
        "portal/l.liquid:1:9: There is no form 'nowhere'.",
    ),
    "a draft": (
        "{kind: page, name: /x, draft: l.liquid}",
        "{{ a",
        "portal/l.liquid:1:1: A '{{' is never closed by '}}'.",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_template_that_cannot_be_parsed_is_refused_with_its_place(
    env: dict[str, str], storage: Storage, acme: NewProvider, tmp_path: Path, name: str
) -> None:
    entry, text, told = BROKEN[name]
    folder = tmp_path / "folder"
    texts = {"provider.yaml": "", "portal/templates.yaml": f"templates:\n- {entry}\n"}
    write(folder, {**texts, "portal/l.liquid": text})

    for options in ([], ["--dry-run"]):
        result = gatehouse(env, "apply", folder, *options)

        assert result.exit_code == 1
        assert told in result.output
        assert "Done." not in result.output
        with storage.database.read() as db:
            assert db.exec(select(Template)).all() == []


WARNED = {
    "a missing partial": (
        {"p": "{% include 'nowhere' %}"},
        "portal/p.liquid:1:12: there is no partial 'nowhere'",
    ),
    "a missing partial in a block": (
        {"p": "a\n{% form 'login' %}{% if a %}{% render 'gone' %}{% endif %}{% endform %}"},
        "portal/p.liquid:2:39: there is no partial 'gone'",
    ),
    "a layout without the page": (
        {"l": "{% include 'mine' %}"},
        "portal/l.liquid: has no {% content",
    ),
    "a missing layout": ({"o": "x"}, "portal/o.liquid: there is no layout 'nowhere'"),
    "a mail of no name": ({"e": "x"}, "portal/e.liquid: no mail is called 'nowhere'"),
}
OF_FILE = {
    "p": "{kind: page, name: /x, published: p.liquid}",
    "l": "{kind: layout, name: main_layout, published: l.liquid}",
    "o": "{kind: page, name: /y, layout: nowhere, published: o.liquid}",
    "e": "{kind: email, name: nowhere, published: e.liquid}",
    "m": "{kind: partial, name: mine, published: m.liquid}",
    "c": "{kind: partial, name: all, published: c.liquid}",
}


def _apply(env: dict[str, str], folder: Path, texts: dict[str, str], *options: str) -> Result:
    entries = "".join(f"- {OF_FILE[name]}\n" for name in texts)
    files = {f"portal/{name}.liquid": text for name, text in texts.items()}
    head = {"provider.yaml": "", "portal/templates.yaml": f"templates:\n{entries}"}
    write(folder, {**head, **files})
    return gatehouse(env, "apply", folder, *options)


@pytest.mark.parametrize("name", WARNED)
def test_what_is_surely_not_meant_is_a_warning(
    env: dict[str, str], acme: NewProvider, tmp_path: Path, name: str
) -> None:
    texts, told = WARNED[name]
    texts = {"m": "mine", **texts}

    for options in (["--dry-run"], []):
        result = _apply(env, tmp_path / "folder", texts, *options)

        assert result.exit_code == 0
        assert f"Warning: {told}" in result.output
        assert result.output.count("Warning") == 1


def test_what_is_there_is_no_warning(
    env: dict[str, str], acme: NewProvider, tmp_path: Path
) -> None:
    texts = {
        "c": "{% if true %}{% content %}{% endif %}",
        "l": "{% include 'all' %}",
        "m": "{% include which %}{% comment %}{% include 'nowhere' %}{% endcomment %}",
        "p": "{% render 'mine' %}{% include 'chart' %}",
    }

    result = _apply(env, tmp_path / "folder", texts)
    again = _apply(env, tmp_path / "again", {"p": texts["p"]})

    assert result.exit_code == 0
    assert "Warning" not in result.output + again.output
