"""The audit log is one chain, whoever writes at once, and shows what was changed behind it."""

import csv
import io
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, update
from sqlmodel import Session, col, func, select

from server.actions.accounts.accounts import update_account
from server.actions.provider.audit import AuditFilter, events_query, export_events
from server.actions.provider.audit_chain import verify_chain
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.events import EventRecord, Face, came_through
from server.domain.provider.audit import BEGINNING, AuditLink, digest_of, entry_of
from server.jobs.audit import ChainKeeper
from server.kit.clock import utc_now
from tests.kit.make import make_provider, staff
from tests.kit.work import by

ON_SQLITE = pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)


def rename(deps: Dependencies, acme: NewProvider, name: str) -> None:
    with deps.database.write() as db:
        came_through(db, Face.REST)
        account_id = acme.sample.application.account_id
        update_account(by(db, staff(acme), deps.installation), account_id, {"org_name": name})


def fault_of(deps: Dependencies, acme: NewProvider, known: str = "") -> str:
    with deps.database.read() as db:
        work = by(db, staff(acme), deps.installation)
        everything = verify_chain(work, known=known)
        assert verify_chain(work, newest=2, known=known).holds or not everything.holds
        return everything.fault


def test_what_many_write_at_once_is_sealed_in_one_chain_a_provider(
    deps: Dependencies, acme: NewProvider
) -> None:
    globex = make_provider(deps, "Globex")
    keepers = [ChainKeeper(deps), ChainKeeper(deps)]

    def write(number: int) -> None:
        rename(deps, (acme, globex)[number % 2], f"Name {number}")
        keepers[number % 2].seal()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(32)))
    keepers[0].seal()

    for provider in (acme, globex):
        with deps.database.read() as db:
            work = by(db, staff(provider), deps.installation)
            verdict = verify_chain(work)
            events = db.exec(events_query(work.actor)).all()
        assert verdict.holds, verdict.fault
        assert verdict.unsealed == 0
        assert verdict.checked == verdict.head.number == len(events)
    assert keepers[1].seal() == 0


def _change(db: Session, number: int) -> None:
    db.execute(update(EventRecord).where(col(EventRecord.id) == number).values(actor="nobody"))


def _remove(db: Session, number: int) -> None:
    db.execute(delete(EventRecord).where(col(EventRecord.id) == number))


def _unlink(db: Session, number: int) -> None:
    _remove(db, number)
    db.execute(delete(AuditLink).where(col(AuditLink.event_id) == number))


def _swap(db: Session, number: int) -> None:
    """Let two entries change places."""
    mine, other = (
        db.exec(select(AuditLink).where(AuditLink.event_id == each)).one()
        for each in (number, number + 1)
    )
    places = mine.number, other.number
    mine.number = -1
    db.flush()
    other.number = places[0]
    db.flush()
    mine.number = places[1]


def _exchange(db: Session, number: int) -> None:
    """Let two events change what they tell; the chain itself stays as it is."""
    mine, other = (db.get_one(EventRecord, each) for each in (number, number + 1))
    held = mine.model_dump(exclude={"id"})
    for name, value in other.model_dump(exclude={"id"}).items():
        setattr(mine, name, value)
        setattr(other, name, held[name])


def _insert(db: Session, number: int) -> None:
    """Put an entry in the middle: make room for it, and copy the link of one that is sealed."""
    copied = db.get_one(EventRecord, number).model_dump(exclude={"id"})
    made = EventRecord(**copied, id=10_000)
    db.add(made)
    link = db.exec(select(AuditLink).where(AuditLink.event_id == number)).one()
    later = select(AuditLink).where(AuditLink.number > link.number)
    for each in db.exec(later.order_by(col(AuditLink.number).desc())):
        each.number += 1
        db.flush()
    given = link.model_dump(exclude={"id", "number", "event_id"})
    db.add(AuditLink(**given, number=link.number + 1, event_id=made.id))


def _forge(db: Session, number: int) -> None:
    """Change an entry, and seal all anew without our key."""
    _change(db, number)
    mine = select(AuditLink).where(AuditLink.provider_id == 1).order_by(col(AuditLink.number))
    before = BEGINNING
    for link in db.exec(mine):
        event = db.get_one(EventRecord, link.event_id, populate_existing=True)
        before = link.digest = digest_of(before, entry_of(event, link.number))


@ON_SQLITE
@pytest.mark.parametrize(
    ("tamper", "told"),
    [
        (_change, "is not what was sealed"),
        (_remove, "which is gone"),
        (_unlink, "is missing"),
        (_swap, "is not what was sealed"),
        (_exchange, "is not what was sealed"),
        (_insert, "is not what was sealed"),
        (_forge, "was not sealed by this installation"),
    ],
)
def test_tampering_shows(
    deps: Dependencies, acme: NewProvider, tamper: Callable[[Session, int], None], told: str
) -> None:
    ChainKeeper(deps).seal()
    assert fault_of(deps, acme) == ""

    with deps.database.write() as db:
        tamper(db, 5)

    assert told in fault_of(deps, acme)


@ON_SQLITE
def test_a_head_that_was_kept_shows_that_the_end_was_cut_off(
    deps: Dependencies, acme: NewProvider
) -> None:
    rename(deps, acme, "Initech")
    ChainKeeper(deps).seal()
    with deps.database.write() as db:
        head = str(verify_chain(by(db, staff(acme), deps.installation)).head)
        assert fault_of(deps, acme, head) == ""
        newest = db.exec(select(AuditLink).order_by(col(AuditLink.number).desc())).first()
        assert newest is not None
        _unlink(db, newest.event_id)

    assert fault_of(deps, acme) == ""  # by itself the chain can't know
    assert "does not have the entry" in fault_of(deps, acme, head)
    assert "does not have the entry" in fault_of(deps, acme, "7:nonsense")


@ON_SQLITE
def test_what_was_sealed_is_not_looked_at_again(deps: Dependencies, acme: NewProvider) -> None:
    keeper = ChainKeeper(deps)
    keeper.seal()
    with deps.database.write() as db:
        newest = db.exec(select(func.max(EventRecord.id))).one()
        gap = EventRecord(provider_id=acme.provider.id, kind="x", actor="a", id=newest + 3)
        db.add(gap)  # as if two transactions were not committed yet

    for number in (0, 2, 1):  # each waits for the next look, in whatever order they come
        if number:
            with deps.database.write() as db:
                made = EventRecord(
                    provider_id=acme.provider.id, kind="x", actor="a", id=newest + number
                )
                db.add(made)
        assert keeper.seal() == 1
        assert keeper._above == (newest + 3 if number == 1 else newest)
    assert fault_of(deps, acme) == ""


@ON_SQLITE
def test_the_log_is_narrowed_and_exported(deps: Dependencies, acme: NewProvider) -> None:
    rename(deps, acme, "=1+1")
    ChainKeeper(deps).seal()
    rename(deps, acme, "Unsealed")
    actor, soon = staff(acme), utc_now() + timedelta(minutes=1)
    with deps.database.read() as db:

        def count(**wanted: Any) -> int:
            return len(db.exec(events_query(actor, AuditFilter(**wanted))).all())

        everything = count()
        assert count(face="rest") == count(face="rest", kind="account.updated") == 2
        assert count(kind="account") > count(kind="account.created") > 0
        assert count(account_id=acme.sample.application.account_id) > 2
        assert count(until=soon) == count(since=soon - timedelta(hours=1)) == everything
        assert count(since=soon) == count(kind="\x00") == count(actor="nobody") == 0
        lines = "".join(export_events(db, actor, AuditFilter(face="rest"), "jsonl")).splitlines()
        table = "".join(export_events(db, actor, AuditFilter(), "csv"))

    sealed, unsealed = map(json.loads, lines)
    assert sealed["changes"] == {"org_name": ["Developer", "=1+1"]}
    assert (sealed["face"], len(sealed["digest"])) == ("rest", 64)
    assert (unsealed["number"], unsealed["digest"]) == (None, "")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert len(rows) == everything
    assert rows[-2]["digest"] == sealed["digest"]
    # Whoever has the export follows the chain by himself.
    entry = {name: value for name, value in sealed.items() if name != "digest"}
    assert digest_of(rows[-3]["digest"], entry) == sealed["digest"]
