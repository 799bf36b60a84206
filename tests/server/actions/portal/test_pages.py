"""Portal templates: their texts are told by a digest, and are refused when no column holds them.

What holds for every resource is in `test_resources.py`.
"""

import pytest
from sqlmodel import Session

from server.actions.portal.pages import TEMPLATES
from server.actions.provider.providers import NewProvider
from server.actions.rows import fingerprint_of
from server.domain.errors import Blank, DomainError, Invalid, Taken, TooLong
from server.domain.events import EventKind
from server.domain.portal.pages import MOST_TEMPLATE
from tests.kit.make import staff
from tests.kit.work import by
from tests.server.actions.conftest import event_is, refused

DOCS = {"kind": "page", "name": "/docs", "published": "Here."}


def test_a_template_is_made_changed_and_deleted(acme: NewProvider, db: Session) -> None:
    work = by(db, staff(acme))

    page = TEMPLATES.create(work, {"kind": "page", "name": "/docs", "draft": "Soon."})
    facts: dict[str, object] = {"kind": "page", "name": "/docs"}
    event_is(db, EventKind.TEMPLATE_CREATED, page.id, {}, facts)
    TEMPLATES.update(work, page.id, {"title": "Docs", "published": "Here.", "draft": None})
    assert (page.title, page.published, page.draft) == ("Docs", "Here.", None)
    assert (page.layout, page.handler) == ("main_layout", "")
    changes: dict[str, object] = {
        "title": ["", "Docs"],
        "published": [None, fingerprint_of("Here.")],
        "draft": [fingerprint_of("Soon."), None],
    }
    event_is(db, EventKind.TEMPLATE_UPDATED, page.id, changes, facts)
    TEMPLATES.delete(work, page.id)

    event_is(db, EventKind.TEMPLATE_DELETED, page.id, {}, facts)
    assert db.exec(TEMPLATES.query(work.actor)).all() == []


def test_a_text_that_is_empty_is_another_than_none(acme: NewProvider, db: Session) -> None:
    page = TEMPLATES.create(by(db, staff(acme)), {**DOCS, "published": "", "handler": "markdown"})
    assert (page.published, page.draft, page.handler) == ("", None, "markdown")

    TEMPLATES.update(by(db, staff(acme)), page.id, {"handler": ""})

    assert page.handler == ""


def test_a_name_is_taken_within_its_kind_and_provider(
    acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    page = TEMPLATES.create(by(db, staff(acme)), DOCS)

    refused(by(db, staff(acme)), Taken, TEMPLATES.create, DOCS, field="name")
    assert TEMPLATES.create(by(db, staff(acme)), {**DOCS, "kind": "partial"}).id != page.id
    assert TEMPLATES.create(by(db, staff(globex)), DOCS).id != page.id


def test_bad_input_names_its_field(acme: NewProvider, db: Session) -> None:
    cases: tuple[tuple[dict[str, str], str, type[DomainError]], ...] = (
        ({"kind": "leaf", "name": "x"}, "kind", Invalid),
        ({"kind": "page", "name": " "}, "name", Blank),
        ({"kind": "page", "name": "x", "layout": "a\x00"}, "layout", Invalid),
        ({"kind": "page", "name": "x", "handler": "word"}, "handler", Invalid),
        ({"kind": "page", "name": "x", "title": "x" * 256}, "title", TooLong),
        ({"kind": "page", "name": "x", "draft": "a\x00b"}, "draft", Invalid),
        ({"kind": "page", "name": "x", "draft": "a\ud800b"}, "draft", Invalid),
        (
            {"kind": "page", "name": "x", "published": "x" * (MOST_TEMPLATE + 1)},
            "published",
            TooLong,
        ),
    )
    for draft, field, error in cases:
        refused(by(db, staff(acme)), error, TEMPLATES.create, draft, field=field)


@pytest.mark.parametrize("name", ["/", "/trail", "/trail/deep", "/a b", "/ü", "login/new"])
def test_a_page_is_named_as_it_is_asked_for(name: str, acme: NewProvider, db: Session) -> None:
    page = TEMPLATES.create(by(db, staff(acme)), {"kind": "page", "name": name})

    assert page.name == name


@pytest.mark.parametrize("name", ["home", "docs", "/trail/", "//", "/a//b", "/a?b=c", "/a#b"])
def test_a_page_that_no_address_leads_to_is_refused(
    name: str, acme: NewProvider, db: Session
) -> None:
    work = by(db, staff(acme))

    refused(work, Invalid, TEMPLATES.create, {"kind": "page", "name": name}, field="name")
    assert TEMPLATES.create(work, {"kind": "partial", "name": name}).name == name
