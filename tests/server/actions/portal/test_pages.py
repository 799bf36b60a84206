"""Portal templates: saved by kind and name, deleted, within one provider."""

import pytest
from sqlmodel import Session

from server.actions.portal.pages import (
    MOST_TEMPLATE,
    NewTemplate,
    delete_template,
    save_template,
    templates_query,
)
from server.actions.provider.providers import NewProvider
from server.actions.rows import fingerprint_of
from server.domain.errors import Blank, DomainError, Forbidden, Invalid, NotFound, TooLong
from server.domain.events import EventKind
from server.domain.permissions import Permission
from tests.kit.make import staff
from tests.kit.work import by
from tests.server.actions.conftest import NOWHERE, event_is, guarded, kinds, refused, without


def test_a_template_is_made_changed_and_deleted(acme: NewProvider, db: Session) -> None:
    actor = staff(acme)

    page = save_template(by(db, actor), NewTemplate(kind="page", name="/docs", draft="Soon."))
    facts: dict[str, object] = {"kind": "page", "name": "/docs"}
    event_is(db, EventKind.TEMPLATE_CREATED, page.id, {}, facts)
    wanted = NewTemplate(kind="page", name="/docs", title="Docs", published="Here.")
    assert save_template(by(db, actor), wanted) is page
    assert (page.title, page.published, page.draft) == ("Docs", "Here.", None)
    changes: dict[str, object] = {
        "title": ["", "Docs"],
        "published": [None, fingerprint_of("Here.")],
        "draft": [fingerprint_of("Soon."), None],
    }
    event_is(db, EventKind.TEMPLATE_UPDATED, page.id, changes, facts)
    said = len(kinds(db))
    save_template(by(db, actor), wanted)
    assert len(kinds(db)) == said
    delete_template(by(db, actor), page.id)

    event_is(db, EventKind.TEMPLATE_DELETED, page.id, {}, facts)
    assert db.exec(templates_query(actor)).all() == []


def test_templates_have_their_permission_and_their_provider(
    acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    draft = NewTemplate(kind="page", name="/docs", published="Here.")
    page = save_template(by(db, staff(acme)), draft)

    guarded(db, (acme, globex), Permission.PORTAL_EDIT, (delete_template, page.id))
    refused(by(db, without(acme, Permission.PORTAL_EDIT)), Forbidden, save_template, draft)
    with pytest.raises(Forbidden):
        templates_query(without(acme, Permission.PORTAL_READ))
    for nowhere in NOWHERE:
        refused(by(db, staff(acme)), NotFound, delete_template, nowhere, field="id")
    assert save_template(by(db, staff(globex)), draft).id != page.id
    assert db.exec(templates_query(staff(acme))).all() == [page]


def test_bad_input_names_its_field(acme: NewProvider, db: Session) -> None:
    cases: tuple[tuple[NewTemplate, str, type[DomainError]], ...] = (
        (NewTemplate(kind="leaf", name="x"), "kind", Invalid),
        (NewTemplate(kind="page", name=" "), "name", Blank),
        (NewTemplate(kind="page", name="x", layout="a\x00"), "layout", Invalid),
        (NewTemplate(kind="page", name="x", handler="word"), "handler", Invalid),
        (NewTemplate(kind="page", name="x", title="x" * 256), "title", TooLong),
        (NewTemplate(kind="page", name="x", draft="a\x00b"), "draft", Invalid),
        (
            NewTemplate(kind="page", name="x", published="x" * (MOST_TEMPLATE + 1)),
            "published",
            TooLong,
        ),
    )
    for draft, field, error in cases:
        refused(by(db, staff(acme)), error, save_template, draft, field=field)
