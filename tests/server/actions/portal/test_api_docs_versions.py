"""Versions: each change is one, with its author; bounded; what developers saw is what counts."""

import json
from typing import Any

import pytest
from sqlmodel import Session

from server.actions.portal import api_docs_versions
from server.actions.portal.api_docs import API_DOCS, restore_version
from server.actions.portal.api_docs_versions import (
    body_of,
    compared_with_seen,
    get_outline,
    get_version,
    list_versions,
)
from server.actions.provider.providers import NewProvider
from server.domain.errors import BreaksCallers, Invalid, NotFound
from server.domain.portal.api_docs import ApiDocs
from server.domain.portal.specs.differences import Differences
from tests.kit.make import staff
from tests.kit.work import accepting, by


def body(*paths: str) -> str:
    """Write a document with these paths."""
    items: dict[str, Any] = {path: {"get": {}} for path in paths}
    info = {"title": "T", "version": "1"}
    return json.dumps({"openapi": "3.0.3", "info": info, "paths": items})


@pytest.fixture
def api_docs(db: Session, acme: NewProvider) -> ApiDocs:
    """Make a hidden specification."""
    return API_DOCS.create(by(db, staff(acme)), {"name": "T", "body": body("/a")})


def told(db: Session, acme: NewProvider, api_docs: ApiDocs) -> list[tuple[int, bool, list[str]]]:
    """Tell number, whether it is public, and changes of each version."""
    versions = list_versions(by(db, staff(acme)), api_docs)
    return [
        (each.number, each.is_public, [c.what for c in Differences.read(each.changes).changes])
        for each in versions
    ]


def test_every_change_of_the_document_is_a_version_and_no_other_change(
    db: Session, acme: NewProvider, api_docs: ApiDocs
) -> None:
    work = by(db, staff(acme))
    API_DOCS.update(work, api_docs.id, {"body": body("/a", "/b")})
    API_DOCS.update(work, api_docs.id, {"name": "Other", "body": body("/a", "/b")})
    API_DOCS.update(work, api_docs.id, {"body": body("/b")})

    (third, second, first) = list_versions(work, api_docs)
    assert told(db, acme, api_docs) == [
        (3, False, ["The operation is removed."]),
        (2, False, ["The operation is added."]),
        (1, False, []),
    ]
    assert third.author == second.author == first.author == work.actor.name
    bodies = [body_of(work, api_docs, each) for each in (third, second, first)]
    assert bodies == [body("/b"), body("/a", "/b"), body("/a")]
    assert (third.body, third.breaking, second.breaking) == ("", 1, 0)
    assert [each.path for each in get_outline(api_docs).operations] == ["/b"]


def test_developers_are_told_what_differs_from_what_they_saw(
    db: Session, acme: NewProvider, api_docs: ApiDocs
) -> None:
    work = by(db, staff(acme))
    API_DOCS.update(work, api_docs.id, {"published": True})
    API_DOCS.update(work, api_docs.id, {"published": False, "body": body("/b")})
    API_DOCS.update(work, api_docs.id, {"body": body("/a", "/c")})

    before = compared_with_seen(work, api_docs)
    API_DOCS.update(work, api_docs.id, {"published": True})

    assert before is not None
    assert [change.what for change in before.changes] == ["The operation is added."]
    assert told(db, acme, api_docs)[0] == (3, True, ["The operation is added."])
    assert [number for number, is_public, _ in told(db, acme, api_docs) if is_public] == [3, 1]
    assert compared_with_seen(work, api_docs) is None


def test_an_earlier_document_comes_back_as_a_new_version(
    db: Session, acme: NewProvider, api_docs: ApiDocs
) -> None:
    work = by(db, staff(acme))
    API_DOCS.update(work, api_docs.id, {"body": body("/b")})

    restore_version(work, api_docs.id, 1)

    assert api_docs.body == body("/a")
    assert [number for number, _, _ in told(db, acme, api_docs)] == [3, 2, 1]
    with pytest.raises(NotFound):
        restore_version(work, api_docs.id, 9)


def test_callers_of_a_published_one_break_only_where_that_is_said(
    db: Session, acme: NewProvider, api_docs: ApiDocs
) -> None:
    work = by(db, staff(acme))
    API_DOCS.update(work, api_docs.id, {"body": body("/a", "/b", "/c"), "published": True})

    with pytest.raises(BreaksCallers, match=r"GET /b: The operation is removed \(calls") as refused:
        API_DOCS.update(work, api_docs.id, {"name": "New", "body": body("/a")})
    db.refresh(api_docs)
    stood = api_docs.body, api_docs.name, len(told(db, acme, api_docs))
    API_DOCS.update(work, api_docs.id, {"body": body("/a", "/b", "/c", "/d")})
    with pytest.raises(BreaksCallers):
        restore_version(work, api_docs.id, 1)
    restore_version(accepting(work), api_docs.id, 1)
    API_DOCS.update(work, api_docs.id, {"published": False, "body": body("/z")})

    assert refused.value.field == "accept_breaking"
    assert stood == (body("/a", "/b", "/c"), "T", 2)
    assert [number for number, *_ in told(db, acme, api_docs)] == [5, 4, 3, 2, 1]


def test_old_documents_and_older_versions_are_let_go_of(
    db: Session, acme: NewProvider, api_docs: ApiDocs, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = by(db, staff(acme))
    monkeypatch.setattr(api_docs_versions, "MOST_VERSIONS", 5)
    monkeypatch.setattr(api_docs_versions, "MOST_KEPT", 2 * len(body("/a")))

    for number in range(8):
        API_DOCS.update(work, api_docs.id, {"body": body(f"/{number}")})

    versions = list_versions(work, api_docs)
    assert [each.number for each in versions] == [9, 8, 7, 6, 5]
    assert [bool(each.size) for each in versions] == [True, True, True, False, False]
    with pytest.raises(NotFound):
        body_of(work, api_docs, get_version(work, api_docs, 6))


def test_a_refused_document_is_no_version(
    db: Session, acme: NewProvider, api_docs: ApiDocs
) -> None:
    with pytest.raises(Invalid):
        API_DOCS.update(by(db, staff(acme)), api_docs.id, {"body": "{}"})

    assert len(told(db, acme, api_docs)) == 1


def test_versions_go_with_their_specification(
    db: Session, acme: NewProvider, api_docs: ApiDocs
) -> None:
    API_DOCS.delete(by(db, staff(acme)), api_docs.id)
    db.flush()

    assert told(db, acme, api_docs) == []
