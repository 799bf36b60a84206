"""`gatehouse apply` with specifications that a folder names by their address."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from server.domain.portal.api_docs import ApiDocs
from server.runtime.storage import Storage
from tests.kit.fetching import SPEC, Site, a_site_beside
from tests.server.as_code.conftest import FOLDER
from tests.server.cli.test_as_code import acme, env, gatehouse, storage, write

__all__ = ["acme", "env", "storage"]  # fixtures

YAML = "system_name: pets\nname: Pets\nsource_url: {url}\n"
TEXTS = {path: text for path, text in FOLDER.items() if not path.startswith("specs/")}


@pytest.fixture
def site() -> Iterator[Site]:
    """Serve what is fetched."""
    with a_site_beside() as site:
        yield site


@pytest.fixture
def folder(tmp_path: Path, site: Site) -> Path:
    """Make a folder with a specification that it names by its address."""
    folder = tmp_path / "folder"
    write(folder, {**TEXTS, "specs/pets.yaml": YAML.format(url=f"{site.url}/spec")})
    return folder


def pets(storage: Storage) -> tuple[str, str] | None:
    """Read the document of the specification, and its address."""
    with storage.database.read() as db:
        found = db.exec(select(ApiDocs).where(ApiDocs.system_name == "pets")).first()
        return (found.body, found.source_url) if found else None


@pytest.mark.usefixtures("acme")
def test_it_is_fetched_each_time_and_a_dry_run_stores_nothing(
    env: dict[str, str], storage: Storage, site: Site, folder: Path
) -> None:
    dry = gatehouse(env, "apply", folder, "--dry-run")
    assert (dry.exit_code, pets(storage), site.asked) == (0, None, ["/spec"])
    wet = gatehouse(env, "apply", folder)

    assert dry.output == wet.output.replace("Done.", "Dry run: nothing is stored.")
    assert pets(storage) == (SPEC.decode(), f"{site.url}/spec")
    assert "Nothing to change." in gatehouse(env, "apply", folder).output

    site.answers["/spec"] = b"openapi: 3.1.0\ninfo: {title: Snow}\npaths: {}\n"
    changed = gatehouse(env, "apply", folder)
    assert "1 to change" in changed.output
    assert "Snow" in (pets(storage) or "")[0]


@pytest.mark.usefixtures("acme")
def test_an_export_has_both_and_is_applied_without_fetching(
    env: dict[str, str], storage: Storage, site: Site, folder: Path, tmp_path: Path
) -> None:
    gatehouse(env, "apply", folder)
    again = tmp_path / "again"
    gatehouse(env, "export", again)
    site.asked.clear()

    assert f"source_url: {site.url}/spec\n" in (again / "specs/pets.yaml").read_text()
    assert (again / "specs/pets.json").read_bytes() == SPEC
    assert "Nothing to change." in gatehouse(env, "apply", again).output
    assert site.asked == []


@pytest.mark.usefixtures("acme")
@pytest.mark.parametrize("option", ["", "--dry-run"])
@pytest.mark.parametrize(
    "told",
    [
        ((404, {}), "source_url answered 404"),
        (b"<html>", "source_url gives a web page"),
        (b"a: b: c", "source_url leads to a document, which must be JSON or YAML. At line 1"),
        (b"openapi: 1.0.0", "must say its version"),
    ],
)
def test_what_can_not_be_taken_is_told_with_its_file(
    env: dict[str, str], site: Site, folder: Path, option: str, told: tuple[object, str]
) -> None:
    site.answers["/spec"], words = told

    refused = gatehouse(env, "apply", folder, *filter(None, [option]))

    assert refused.exit_code == 1
    assert "specs/pets.yaml:1" in refused.output
    assert words in " ".join(refused.output.split())


@pytest.mark.usefixtures("acme")
def test_private_networks_are_closed_to_it_too(
    env: dict[str, str], site: Site, folder: Path
) -> None:
    refused = gatehouse({**env, "GATEHOUSE_PRIVATE_NETWORKS": "deny"}, "apply", folder)

    assert refused.exit_code == 1
    assert "private network" in " ".join(refused.output.split())
    assert site.asked == []


@pytest.mark.usefixtures("acme")
def test_the_plan_tells_what_breaks_callers_and_goes_ahead_when_told_to(
    env: dict[str, str], storage: Storage, folder: Path
) -> None:
    def spec(*paths: str) -> str:
        items = ", ".join(f'"{path}": {{"get": {{}}}}' for path in paths)
        return f'{{"openapi": "3.0.3", "info": {{"title": "Pets"}}, "paths": {{{items}}}}}'

    yaml = "system_name: pets\nname: Pets\npublished: true\nbody: pets.json\n"
    write(folder, {"specs/pets.yaml": yaml, "specs/pets.json": spec("/a", "/b")})
    gatehouse(env, "apply", folder)
    write(folder, {"specs/pets.json": spec("/b")})
    told = "! specification pets: breaks callers: GET /a: The operation is removed (calls to it"

    for options in ((), ("--dry-run",)):
        refused = gatehouse(env, "apply", folder, *options)
        assert refused.exit_code == 1
        assert told in refused.output
        assert "specs/pets.yaml:1: specification pets: accept_breaking: is needed" in " ".join(
            refused.output.split()
        )
    assert pets(storage) == (spec("/a", "/b"), "")
    taken = gatehouse(env, "apply", folder, "--accept-breaking")
    assert (taken.exit_code, told in taken.output) == (0, True)
    assert pets(storage) == (spec("/b"), "")


def test_one_of_the_two_is_needed(env: dict[str, str], folder: Path) -> None:
    write(folder, {"specs/pets.yaml": "system_name: pets\nname: Pets\n"})

    refused = gatehouse(env, "apply", folder)

    assert "needs 'body', or 'source_url' to fetch it from" in " ".join(refused.output.split())
