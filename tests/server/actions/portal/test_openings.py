"""Who has a template open: told to others for a while, and to nobody else."""

from dataclasses import replace

import pytest
from sqlmodel import Session, select

from server.actions.portal.openings import end_opening, list_others, note_opening
from server.actions.portal.pages import TEMPLATES
from server.actions.provider.providers import NewProvider
from server.actions.work import Work
from server.domain.actors import Actor
from server.domain.errors import NotFound
from server.domain.events import EventRecord
from server.domain.portal.openings import STAYS, TemplateOpening
from server.kit.clock import FixedClock
from tests.kit.make import staff
from tests.kit.work import HERE, by


def _as(db: Session, acme: NewProvider, user_id: int, name: str) -> Work:
    return by(db, replace(staff(acme), user_id=user_id, name=name))


def _page(db: Session, acme: NewProvider) -> int:
    values = {"kind": "page", "name": "/guide", "draft": "x"}
    return TEMPLATES.create(by(db, staff(acme)), values).id


def test_those_who_have_a_template_open_are_told_of_each_other(
    acme: NewProvider, db: Session
) -> None:
    page_id = _page(db, acme)
    events = len(db.exec(select(EventRecord)).all())

    assert not note_opening(_as(db, acme, 1, "ann"), page_id)
    assert [each.name for each in note_opening(_as(db, acme, 2, "bob"), page_id)] == ["ann"]
    assert [each.name for each in note_opening(_as(db, acme, 1, "ann"), page_id)] == ["bob"]
    end_opening(_as(db, acme, 2, "bob"), page_id)

    assert not list_others(_as(db, acme, 1, "ann"), page_id)
    assert len(db.exec(select(EventRecord)).all()) == events


def test_an_opening_that_is_not_renewed_is_past(acme: NewProvider, db: Session) -> None:
    page_id = _page(db, acme)
    note_opening(_as(db, acme, 1, "ann"), page_id)
    later = replace(HERE, clock=FixedClock(HERE.clock.now() + 2 * STAYS))
    bob = replace(staff(acme), user_id=2, name="bob")

    assert not note_opening(by(db, bob, later), page_id)
    assert [row.name for row in db.exec(select(TemplateOpening))] == ["bob"]


def test_a_template_of_another_provider_is_not_there(
    acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    page_id = _page(db, acme)
    foreign: Actor = staff(globex)

    with pytest.raises(NotFound):
        note_opening(by(db, foreign), page_id)
    assert not list_others(by(db, foreign), page_id)
