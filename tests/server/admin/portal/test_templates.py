"""The editor of templates: saving, publishing, hiding, resetting, and two who edit the same."""

from collections.abc import Callable

import pytest
from lxml import html
from sqlmodel import select

from server.actions.accounts.users import create_user
from server.actions.portal.pages import TEMPLATES, find_template
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.portal.openings import TemplateOpening
from server.domain.portal.pages import Template
from tests.kit.browser import Browser, Page
from tests.kit.make import staff
from tests.kit.work import by

EVE = {
    "username": "eve",
    "email": "eve@acme.example",
    "password": "five words in a row",
    "role": "admin",
}


def make_page(admin: Browser, name: str = "/guide") -> str:
    """Make a page in the browser; gives the address of its editor."""
    page = admin.open("/portal/templates/new?kind=page")
    page = admin.submit(page, "/portal/templates", name=name, title=f"About {name}", handler="")
    return page.url.partition("/p/admin")[2]


def fields_of(page: Page, path: str) -> dict[str, str]:
    """Read the editor's form as a browser does, which takes the first line end for none."""
    (form,) = [each for each in page.tree.forms if (each.action or "").endswith(path)]
    areas = {area.name for area in form.xpath(".//textarea")}
    return {
        name: value.removeprefix("\n") if name in areas else value
        for name, value in form.form_values()
    }


def press(admin: Browser, page: Page, path: str, **values: str) -> Page:
    """Press one of the editor's buttons: `then` and `only` name it."""
    answer = admin.post(path, {**fields_of(page, path), **values})
    if answer.status_code == 303:
        return admin.open(answer.headers["location"].partition("/p/admin")[2])
    return Page(str(answer.url), answer.status_code, html.document_fromstring(answer.text))


def stored(deps: Dependencies, acme: NewProvider, kind: str, name: str) -> Template:
    with deps.database.read() as db:
        found = find_template(by(db, staff(acme), deps.installation), kind, name)
    assert found is not None
    return found


@pytest.fixture
def eve(deps: Dependencies, acme: NewProvider, open_browser: Callable[[str], Browser]) -> Browser:
    """Open a browser in which another admin of the same provider is logged in."""
    with deps.database.write() as db:
        create_user(by(db, staff(acme), deps.installation), None, EVE)
    browser = open_browser("localhost")
    browser.log_in("eve", EVE["password"])
    return browser


def test_what_is_saved_is_a_draft_until_it_is_published(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    path = make_page(admin)

    page = press(admin, admin.open(path), path, draft="One\r\nTwo", title="A guide")
    draft = stored(deps, acme, "page", "/guide")
    press(admin, page, path, draft="Three", then="publish")
    published = stored(deps, acme, "page", "/guide")

    assert (draft.draft, draft.published, draft.title) == ("One\nTwo", None, "A guide")
    assert (published.draft, published.published) == (None, "Three")


def test_a_broken_text_is_refused_with_its_line_and_nothing_is_lost(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    path = make_page(admin)

    page = press(admin, admin.open(path), path, draft="fine\n{{ 1 | nope }}")

    assert page.status == 422
    area = page.tree.xpath("//textarea[@data-editor]")[0]
    assert (area.get("data-line"), area.get("aria-invalid")) == ("2", "true")
    assert "{{ 1 | nope }}" in area.text
    assert "^" in page.value("//pre[@class='excerpt']/text()")
    assert stored(deps, acme, "page", "/guide").draft == ""


def test_a_page_as_shipped_is_changed_from_its_text_and_reset_to_it(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    index = admin.open("/portal/builtins")
    token = index.hidden("/portal/builtins")["csrf"]
    answer = admin.post(
        "/portal/builtins", {"csrf": token, "kind": "page", "name": "dashboards/show"}
    )
    path = answer.headers["location"].partition("/p/admin")[2]
    shipped = deps.installation.shipped.find_text("page", "dashboards/show")

    page = admin.open(path)
    assert page.tree.xpath("//textarea[@name='draft']")[0].text.strip() == (shipped or "").strip()
    page = press(admin, page, path, draft="Mine", then="publish")
    admin.submit(page, f"{path}/reset")

    found = stored(deps, acme, "page", "dashboards/show")
    assert (found.published, found.draft) == ("Mine", shipped)


def test_saving_a_shipped_text_unchanged_makes_no_draft(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    token = admin.open("/portal/builtins").hidden("/portal/builtins")["csrf"]
    fields = {"csrf": token, "kind": "layout", "name": "main_layout"}
    path = admin.post("/portal/builtins", fields).headers["location"].partition("/p/admin")[2]

    press(admin, admin.open(path), path)

    assert stored(deps, acme, "layout", "main_layout").draft is None


def test_a_page_is_hidden_shown_again_and_deleted(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    path = make_page(admin)
    page = press(admin, admin.open(path), path, draft="Text", then="publish")

    page = admin.submit(page, f"{path}/hide")
    hidden = stored(deps, acme, "page", "/guide")
    assert (hidden.hidden, hidden.draft) == (True, "Text")
    page = press(admin, page, path, draft="Text", then="publish")
    assert not stored(deps, acme, "page", "/guide").hidden
    page = admin.submit(page, f"{path}/delete")
    assert "/guide is deleted" in page.text


def test_a_draft_is_published_at_a_time_of_the_providers_zone(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    path = make_page(admin)
    page = press(admin, admin.open(path), path, draft="Text")

    page = admin.submit(page, f"{path}/schedule", publish_at="2099-01-31T09:00")

    at = stored(deps, acme, "page", "/guide").publish_at
    assert at is not None
    assert at.isoformat() == "2099-01-31T09:00:00+00:00"
    assert page.value("//input[@name='publish_at']/@value") == "2099-01-31T09:00"
    assert admin.submit(page, f"{path}/schedule", publish_at="soon").status == 422


def test_who_opens_a_page_is_told_who_has_it_open(
    deps: Dependencies, admin: Browser, eve: Browser
) -> None:
    path = make_page(admin)
    admin.open(path)

    page = eve.open(path)

    assert "admin has this open too" in page.text
    token = fields_of(page, path)["csrf"]
    assert eve.post(f"{path}/left", {"csrf": token}).status_code == 200
    with deps.database.read() as db:
        assert [row.name for row in db.exec(select(TemplateOpening))] == ["admin"]


def test_who_saves_second_sees_what_the_first_changed_and_keeps_both(
    deps: Dependencies, acme: NewProvider, admin: Browser, eve: Browser
) -> None:
    path = make_page(admin)
    press(admin, admin.open(path), path, draft="one\ntwo\nthree")
    mine, theirs = admin.open(path), eve.open(path)
    press(eve, theirs, path, draft="ONE\ntwo\nthree")

    page = press(admin, mine, path, draft="one\ntwo\nthree\nfour")

    assert page.status == 409
    assert "eve saved a change while you were typing" in page.text
    assert page.tree.xpath("//textarea[@name='draft']")[0].text.strip() == "ONE\ntwo\nthree\nfour"
    assert stored(deps, acme, "page", "/guide").draft == "ONE\ntwo\nthree"
    press(admin, page, path)
    assert stored(deps, acme, "page", "/guide").draft == "ONE\ntwo\nthree\nfour"


def test_who_saves_second_may_keep_his_alone(
    deps: Dependencies, acme: NewProvider, admin: Browser, eve: Browser
) -> None:
    path = make_page(admin)
    mine, theirs = admin.open(path), eve.open(path)
    press(eve, theirs, path, draft="theirs")

    page = press(admin, mine, path, draft="mine")
    press(admin, page, path, only="mine")

    assert stored(deps, acme, "page", "/guide").draft == "mine"


def test_a_member_who_may_only_read_gets_no_buttons(admin: Browser, member: Browser) -> None:
    path = make_page(admin)

    page = member.open(path)

    assert page.tree.xpath("//textarea[@name='draft']")[0].get("readonly") is not None
    assert not page.tree.xpath("//button[@data-save]")
    assert not page.tree.xpath("//form[contains(@action, '/delete')]")


def test_deleting_a_template_that_is_open_works(
    deps: Dependencies, acme: NewProvider, admin: Browser, eve: Browser
) -> None:
    path = make_page(admin)
    eve.open(path)

    admin.submit(admin.open(path), f"{path}/delete")

    with deps.database.read() as db:
        assert not db.exec(TEMPLATES.query(staff(acme))).all()
