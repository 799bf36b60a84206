"""The page of the REST API: all that renders the document comes from our own address."""

import re

import pytest

from cms.content import console
from tests.kit.browser import Browser


def test_the_page_names_the_document_and_our_own_files(admin: Browser) -> None:
    page = admin.open("/api_reference")

    assert 'href="/p/admin/api_reference"' in admin.page("/tokens")
    assert page.tree.xpath("//*[@data-reference]/@data-reference") == ["/admin/api/openapi.json"]
    files = page.tree.xpath("//head//script/@src | //head//link/@href")
    assert len(files) > 4
    assert all(re.match(r"/p/admin/static/", each) for each in files)
    for each in files:
        answer = admin.client.get(each)
        assert answer.status_code == 200, each
        assert "immutable" in answer.headers["cache-control"]


def test_the_page_stands_without_what_is_not_built(
    monkeypatch: pytest.MonkeyPatch, admin: Browser
) -> None:
    monkeypatch.setattr(console, "SCRIPT", "nothing.js")

    assert "make assets" in admin.page("/api_reference")
