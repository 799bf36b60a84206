"""`gatehouse theme`: pulled, pushed, watched; drift is told and nothing is written over."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from server.actions.portal.files import add_file
from server.actions.portal.pages import TEMPLATES, find_template
from server.actions.provider.providers import NewProvider, create_provider
from server.actions.work import Work
from server.cli.main import app
from server.cli.theme import Push, Watcher
from server.domain.portal.pages import Template
from server.runtime.storage import Storage, open_storage
from server.settings import Settings
from tests.kit.make import staff

LOGO = b"\x89PNG\r\n\xff\xfe"


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """Make the environment of an installation."""
    return {"GATEHOUSE_DATA_DIR": str(tmp_path / "data")}


@pytest.fixture
def storage(env: dict[str, str]) -> Iterator[Storage]:
    """Open what the commands stand on."""
    storage = open_storage(Settings.from_env(env))
    yield storage
    storage.database.close()


@pytest.fixture
def acme(storage: Storage) -> NewProvider:
    """Make the first provider, with a page and a file."""
    with storage.database.write() as db:
        made = create_provider(db, storage.installation, "Acme", "admin@acme.example")
        work = Work(db, staff(made), storage.installation)
        page = {"kind": "page", "name": "/about", "title": "About us", "published": "We are."}
        TEMPLATES.create(work, page)
        add_file(work, {"path": "/images/logo.png"}, LOGO)
    return made


def gatehouse(env: dict[str, str], *arguments: object) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments], env=env)


def change(storage: Storage, acme: NewProvider, **values: str) -> None:
    """Change the page in the portal."""
    with storage.database.write() as db:
        work = Work(db, staff(acme), storage.installation)
        found = find_template(work, "page", "/about")
        assert found is not None
        TEMPLATES.update(work, found.id, values)


def found(storage: Storage, acme: NewProvider, name: str) -> Template:
    """Read a page of the portal."""
    with storage.database.read() as db:
        page = find_template(Work(db, staff(acme), storage.installation), "page", name)
    assert page is not None
    return page


def test_what_is_pulled_is_changed_and_pushed(
    env: dict[str, str], storage: Storage, acme: NewProvider, tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    assert gatehouse(env, "theme", "pull", folder).exit_code == 0
    assert (folder / "pages/about.liquid").read_text() == "We are."
    assert (folder / "files/images/logo.png").read_bytes() == LOGO
    assert "Nothing to change." in gatehouse(env, "theme", "push", folder).output

    (folder / "pages/about.liquid").write_text("We are {{ provider.name }}.")
    (folder / "pages/team.liquid").write_text("A team.")
    (folder / "files/images/new.gif").write_bytes(b"GIF89a\xff")
    pushed = gatehouse(env, "theme", "push", folder)

    assert pushed.exit_code == 0, pushed.output
    assert "2 to create, 1 to change" in pushed.output
    assert found(storage, acme, "/about").published == "We are {{ provider.name }}."
    assert found(storage, acme, "/team").published == "A team."
    assert "Nothing to change." in gatehouse(env, "theme", "push", folder).output


def test_a_push_can_leave_drafts_or_do_nothing(
    env: dict[str, str], storage: Storage, acme: NewProvider, tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    gatehouse(env, "theme", "pull", folder)
    (folder / "pages/about.liquid").write_text("Soon.")

    assert "Dry run" in gatehouse(env, "theme", "push", folder, "--dry-run").output
    assert found(storage, acme, "/about").draft is None
    assert gatehouse(env, "theme", "push", folder, "--draft").exit_code == 0

    page = found(storage, acme, "/about")
    assert (page.published, page.draft) == ("We are.", "Soon.")


def test_drift_on_either_side_stops_until_it_is_forced(
    env: dict[str, str], storage: Storage, acme: NewProvider, tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    gatehouse(env, "theme", "pull", folder)
    change(storage, acme, published="Somebody else's.")
    (folder / "pages/about.liquid").write_text("Mine.")

    refused = gatehouse(env, "theme", "push", folder)
    kept = gatehouse(env, "theme", "pull", folder)

    assert (refused.exit_code, kept.exit_code) == (1, 1)
    assert "template page /about" in refused.output
    assert "pages/about.liquid" in kept.output
    assert found(storage, acme, "/about").published == "Somebody else's."
    assert (folder / "pages/about.liquid").read_text() == "Mine."
    assert gatehouse(env, "theme", "push", folder, "--force").exit_code == 0
    assert found(storage, acme, "/about").published == "Mine."


def test_what_is_broken_is_refused_with_file_line_and_caret(
    env: dict[str, str], storage: Storage, acme: NewProvider, tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    gatehouse(env, "theme", "pull", folder)
    (folder / "pages/about.liquid").write_text("fine\n{{ 'x' | nothing_like_it }}")

    refused = gatehouse(env, "theme", "push", folder)

    assert refused.exit_code == 1
    assert "pages/about.liquid:2:10" in refused.output
    assert "^" in refused.output
    assert found(storage, acme, "/about").published == "We are."


def test_what_is_saved_while_somebody_watches_is_pushed(
    env: dict[str, str],
    storage: Storage,
    acme: NewProvider,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path / "site"
    gatehouse(env, "theme", "pull", folder)
    watcher = Watcher(storage, folder, "", Push(draft=True))
    watcher.look()
    (folder / "pages/about.liquid").write_text("{% broken")
    watcher.look()
    assert "about.liquid" in capsys.readouterr().err
    (folder / "pages/about.liquid").write_text("Saved.")
    watcher.look()

    assert found(storage, acme, "/about").draft == "Saved."
    change(storage, acme, title="Changed there")
    Watcher(storage, folder, "", Push(draft=True)).look()
    assert "template page /about" in capsys.readouterr().err


def test_a_folder_that_is_none_is_told(
    env: dict[str, str], acme: NewProvider, tmp_path: Path
) -> None:
    assert gatehouse(env, "theme", "push", tmp_path / "none").exit_code == 1
    (tmp_path / "site").mkdir()
    (tmp_path / "site/.gatehouse-theme.json").write_text("{")
    told = gatehouse(env, "theme", "pull", tmp_path / "site")
    assert (told.exit_code, "--force" in told.output) == (1, True)
