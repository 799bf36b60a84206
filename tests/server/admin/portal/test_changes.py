"""All drafts, and publishing many at once."""

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from tests.kit.browser import Browser
from tests.server.admin.portal.test_templates import make_page, press, stored


def test_chosen_drafts_are_published_together(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    for name in ("/one", "/two"):
        path = make_page(admin, name)
        press(admin, admin.open(path), path, draft=name)
    page = admin.open("/portal/changes")
    first = page.tree.xpath("//tbody//input/@name")[0]

    token = page.hidden("/changes")
    admin.post("/portal/changes", {**token, first: "yes"})
    page = admin.open("/portal/changes")
    left = page.tree.xpath("//tbody//th//a")
    assert len(left) == 1
    button = page.value("//button[@name='shown']/@value")
    admin.post("/portal/changes", {**token, "shown": button})

    assert "No drafts" in admin.open("/portal/changes").text
    assert stored(deps, acme, "page", "/one").published == "/one"
    assert stored(deps, acme, "page", "/two").published == "/two"


def test_nothing_chosen_is_said(admin: Browser) -> None:
    path = make_page(admin)
    press(admin, admin.open(path), path, draft="x")

    page = admin.submit(admin.open("/portal/changes"), "/changes")

    assert page.status == 422
    assert "Choose at least one" in page.text
