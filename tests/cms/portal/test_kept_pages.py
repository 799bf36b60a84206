"""A page for visitors is made once, until something changes; no visitor gets another's."""

import pytest

from cms.content.library import Library
from cms.rendering.order import Order, Rendered
from cms.rendering.renderer import Renderer
from server.actions.portal.looks import update_look
from server.actions.portal.pages import TEMPLATES
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.work import by


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note which pages are rendered."""
    names: list[str] = []
    render = Renderer.render

    def noted(self: Renderer, order: Order, library: Library) -> Rendered:
        names.append(order.name)
        return render(self, order, library)

    monkeypatch.setattr(Renderer, "render", noted)
    return names


def test_a_page_is_made_once_for_all_visitors(
    acme: NewProvider, browser: Browser, made: list[str]
) -> None:
    pages = {browser.get("/").text for _ in range(3)}

    assert len(pages) == 1
    assert made == ["/"]


def test_a_change_is_seen_at_once(
    deps: Dependencies, acme: NewProvider, browser: Browser, made: list[str]
) -> None:
    before = browser.get("/").text
    with deps.database.write() as db:
        update_look(by(db, staff(acme), deps.installation), {"hero_title": "Weather for all"})
    after = browser.get("/").text

    assert "Weather for all" in after
    assert "Weather for all" not in before
    assert made == ["/", "/"]


def test_languages_and_developers_have_pages_of_their_own(
    acme: NewProvider, browser: Browser, made: list[str]
) -> None:
    english, spanish = browser.get("/").text, browser.get("/es/").text
    browser.log_in_john(acme)
    made.clear()
    own = [browser.get("/").text for _ in range(2)]

    assert 'lang="en"' in english
    assert 'lang="es"' in spanish
    assert made == ["/", "/"]
    assert all("/admin/applications" in page for page in own)


def test_a_page_with_a_form_is_never_kept(
    deps: Dependencies, acme: NewProvider, browser: Browser, made: list[str]
) -> None:
    with deps.database.write() as db:
        text = {"kind": "page", "name": "/ask", "title": "Ask", "draft": "{% csrf %}"}
        work = by(db, staff(acme), deps.installation)
        TEMPLATES.create(work, {**text, "published": "{% csrf %}"})
    tokens = [browser.get("/ask").text for _ in range(2)]

    assert made == ["/ask", "/ask"]
    assert all("authenticity_token" in page for page in tokens)
