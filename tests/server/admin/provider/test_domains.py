"""Domains in the admin portal: added, proved, made primary, deleted; each refusal at its field."""

from server.auth.dependencies import Dependencies
from tests.kit.browser import Browser


def test_a_domain_is_added_proved_and_deleted(admin: Browser, deps: Dependencies) -> None:
    page = admin.open("/domains")
    assert "No domains yet" in page.text
    page = admin.submit(page, "/domains", name="B\xfccher.example", serves="portal")
    assert "Now prove that it is yours" in page.text
    assert "_gatehouse.xn--bcher-kva.example" in page.text
    assert "acme.localhost" in page.text

    page = admin.submit(page, "/check")
    assert "it serves now" in page.text
    path = page.url.partition("/p/admin")[2].partition("?")[0]
    page = admin.submit(page, path, is_primary="yes", moves="permanent")
    assert "is saved" in page.text
    index = admin.open("/domains").text
    assert "b\xfccher.example" in index
    assert "verified" in index

    page = admin.submit(admin.open(path), "/delete")
    assert "nothing of yours answers there" in page.text
    assert "No domains yet" in page.text


def test_a_refused_domain_says_why_at_its_field(admin: Browser) -> None:
    for values, why in (
        ({"name": "https://a.example"}, "without scheme"),
        ({"name": "api.acme.example", "serves": "production"}, "must be given for a gateway"),
    ):
        page = admin.submit(admin.open("/domains"), "/domains", **values)
        assert page.status == 422, page.status
        assert why in page.text
