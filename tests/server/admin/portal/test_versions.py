"""Versions of templates: compared, and gone back to."""

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from tests.kit.browser import Browser
from tests.server.admin.portal.test_templates import make_page, press, stored


def test_versions_are_compared_and_gone_back_to(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    path = make_page(admin)
    page = press(admin, admin.open(path), path, draft="Hello John", then="publish")
    press(admin, page, path, draft="Hello Ann", then="publish")
    listed = admin.open(f"{path}/versions")
    first = listed.tree.xpath("//tbody//th//a/@href")[-1].partition("/p/admin")[2]

    page = admin.open(first)
    marked = [mark.text for mark in page.tree.xpath("//table[@class='lines']//mark")]
    assert marked == ["Ann", "John"]
    assert {"−", "+"} <= {sign.text for sign in page.tree.xpath("//*[@class='sign']/span[1]")}
    admin.submit(page, "/revert")

    found = stored(deps, acme, "page", "/guide")
    assert (found.published, found.draft) == ("Hello Ann", "Hello John")


def test_the_draft_is_compared_with_what_is_published(admin: Browser) -> None:
    path = make_page(admin)
    page = press(admin, admin.open(path), path, draft="One", then="publish")
    press(admin, page, path, draft="Two")

    page = admin.open(f"{path}/versions/draft")

    assert "What the draft changes" in page.text
    assert [mark.text for mark in page.tree.xpath("//mark")] == ["One", "Two"]


def test_a_version_of_another_template_is_not_there(admin: Browser) -> None:
    one, other = make_page(admin, "/one"), make_page(admin, "/other")
    press(admin, admin.open(one), one, draft="One", then="publish")
    href = admin.open(f"{one}/versions").value("//tbody//th//a/@href")
    number = href.rpartition("/")[2]

    assert admin.get(f"{other}/versions/{number}").status_code == 404
    assert admin.get(f"{one}/versions/{number}?against=999").status_code == 404
    assert admin.get(f"{one}/versions/{number}?against=x").status_code == 404
