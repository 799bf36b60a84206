"""ActiveDocs that are fetched from an address, in the admin portal."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import select

from server.auth.dependencies import Dependencies
from server.domain.portal.api_docs import ApiDocs
from tests.kit.browser import Browser
from tests.kit.fetching import SPEC, Site, a_fetcher, a_site_beside, sends_on
from tests.kit.make import make_deps

SAMPLE = "/api_docs/1"
YAML = b"openapi: 3.0.3\ninfo: {title: Snow}\npaths: {}\n"


@pytest.fixture
def fetcher() -> object:
    """Make what fetches for the portal."""
    return a_fetcher()


@pytest.fixture
def site(fetcher: object) -> Iterator[Site]:
    """Serve what is fetched."""
    with a_site_beside(fetcher) as site:  # type: ignore[arg-type]
        yield site


@pytest.fixture
def deps(tmp_path: Path, fetcher: object) -> Iterator[Dependencies]:
    """Make dependencies that fetch."""
    deps = replace(make_deps(tmp_path), fetch=fetcher)  # type: ignore[arg-type]
    yield deps
    deps.database.close()


def docs_of(deps: Dependencies) -> dict[int, ApiDocs]:
    """Read all specifications."""
    with deps.database.read() as db:
        return {row.id: row for row in db.exec(select(ApiDocs))}


def test_a_specification_is_taken_by_its_address_and_fetched_again(
    deps: Dependencies, admin: Browser, site: Site
) -> None:
    url = f"{site.url}/spec"

    shown = admin.done("/api_docs", name="Rain", body="", source_url=f" {url} ", service_id="")

    assert "Rain is added." in shown
    assert url in shown
    kept = docs_of(deps)[2]
    assert (kept.body, kept.source_url) == (SPEC.decode(), url)

    site.answers["/spec"] = YAML
    again = admin.done("/api_docs/2/fetch")

    assert "Rain is fetched." in again
    assert "Snow" in docs_of(deps)[2].body


def test_saving_a_form_fetches_a_new_address_only(
    deps: Dependencies, admin: Browser, site: Site
) -> None:
    url, sample = f"{site.url}/spec", docs_of(deps)[1].body
    form = {"name": "Rain", "service_id": "", "body": sample.replace("\n", "\r\n")}

    admin.done(SAMPLE, **form, source_url=url)
    assert docs_of(deps)[1].body == SPEC.decode()
    for body in (SPEC.decode(), ""):
        admin.done(SAMPLE, **form | {"body": body}, source_url=url)
    admin.done(SAMPLE, **form | {"body": YAML.decode()}, source_url=url)

    kept = docs_of(deps)[1]
    assert (site.asked, kept.source_url) == (["/spec"], url)
    assert "Snow" in kept.body
    admin.done(SAMPLE, **form, source_url="")
    assert docs_of(deps)[1].source_url == ""
    assert "/fetch" not in admin.page(SAMPLE)


@pytest.mark.parametrize("path", ["/api_docs", SAMPLE])
@pytest.mark.parametrize(
    "told",
    [
        (b"<!DOCTYPE html><p>Log in</p>", "a web page or XML"),
        (b"openapi: 3.0.3\ninfo: {title: x}\npaths: a: b\n", "At line 3, column 9"),
        (b'{"a": 1,\n "b" 2}', "At line 2, column 6"),
        (b"openapi: 9.0.0\n", "must say its version"),
        ((404, {}), "answered 404"),
    ],
)
def test_what_can_not_be_taken_is_told_at_the_address(
    deps: Dependencies, admin: Browser, site: Site, path: str, told: tuple[object, str]
) -> None:
    site.answers["/spec"], words = told
    before = docs_of(deps)

    refused = admin.send(
        path, "api-docs", name="Rain", body="", source_url=f"{site.url}/spec", service_id=""
    )

    assert refused.status_code == 422
    assert 'id="api-docs-source_url-error"' in refused.text
    assert 'id="api-docs-body-error"' not in refused.text
    assert words in refused.text
    assert docs_of(deps) == before


def test_a_document_and_an_address_are_not_taken_together(admin: Browser, site: Site) -> None:
    given = {"name": "Rain", "source_url": f"{site.url}/spec", "service_id": ""}

    for path in ("/api_docs", SAMPLE):
        refused = admin.send(path, "api-docs", **given, body=YAML.decode())

        assert refused.status_code == 422
        assert "Give one of them" in refused.text
    assert site.asked == []


def test_what_fails_when_it_is_fetched_again_leaves_the_document(
    deps: Dependencies, admin: Browser, site: Site
) -> None:
    assert "is not known" in admin.send(f"{SAMPLE}/fetch").text
    admin.done("/api_docs", name="Rain", body="", source_url=f"{site.url}/spec", service_id="")
    site.answers["/spec"] = sends_on("/spec")

    refused = admin.send("/api_docs/2/fetch")

    assert refused.status_code == 422
    assert "sends on more than 3 times" in refused.text
    assert docs_of(deps)[2].body == SPEC.decode()


def test_a_member_of_the_staff_fetches_nothing(member: Browser, site: Site) -> None:
    given = {"name": "Rain", "body": "", "source_url": f"{site.url}/spec", "service_id": ""}

    statuses = [
        member.send(path, **given).status_code
        for path in ("/api_docs", SAMPLE, f"{SAMPLE}/fetch", "/api_docs/9")
    ]

    assert statuses == [403] * 4
    assert site.asked == []
