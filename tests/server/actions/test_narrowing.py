"""Lists hold the same rows, however many fit a filter and whatever way leads to them."""

from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

import pytest
from sqlmodel import Session, col, select

from server.actions import narrowing
from server.actions.accounts.lists import AccountFilter, narrowed_accounts
from server.actions.applications.applications import create_application
from server.actions.applications.lists import (
    LISTINGS,
    ApplicationFilter,
    narrowed_applications,
)
from server.actions.narrowing import Narrowed
from server.actions.provider.field_definitions import FIELD_DEFINITIONS
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.applications.applications import Application
from server.domain.plans.plans import ApplicationPlan
from server.kit import samples
from server.kit.paging import Cursors, Listing, Window, list_page
from tests.kit.make import staff
from tests.kit.work import by

NAMES = ("Ärger maple", "MAPLE 100%", "elm_1", "Elm maple", "oak", "oak tier", "maple oak", "elm")
# From where on rows are no longer few, and how many are most of them.
LIMITS = ((1_000, 50_000), (0, 50_000), (2, 3), (0, 0))
LIMITED = ("A_FEW", "MANY", "SURELY_MANY")

Fits = Callable[[Application], bool]


def has(row: Application, text: str) -> bool:
    """Tell whether an application says this: its name, its id, its tier."""
    said = (row.name, row.application_id, str(row.extra_fields.get("tier", "")))
    return any(text in each.lower() for each in said)


FILTERS: Sequence[tuple[dict[str, Any], Fits]] = (
    ({"search": "maple"}, lambda row: has(row, "maple")),
    ({"search": "gold"}, lambda row: has(row, "gold")),
    ({"search": "tier"}, lambda row: has(row, "tier")),  # no field's name
    ({"search": "lm"}, lambda row: has(row, "lm")),
    ({"search": "k"}, lambda row: has(row, "k")),
    ({"search": "%"}, lambda row: "%" in row.name),
    ({"search": "none such"}, lambda _: False),
    ({"name": "maple"}, lambda row: "maple" in row.name.lower()),
    ({"name": "_"}, lambda row: "_" in row.name),
    ({"name": "ÄRGER"}, lambda row: "Ärger" in row.name),
    ({"state": "suspended"}, lambda row: row.state == "suspended"),
    ({"state": "live"}, lambda row: row.state == "live"),
    ({"fields": {"tier": "gold"}}, lambda row: row.extra_fields.get("tier") == "gold"),
)


@pytest.fixture
def rows(db: Session, deps: Dependencies, acme: NewProvider, globex: NewProvider) -> list[Any]:
    """Make applications that share parts of names, states and values; another provider's, too."""
    work = by(db, staff(acme), deps.installation)
    FIELD_DEFINITIONS.create(work, {"target": "Cinstance", "name": "tier", "label": "Tier"})
    made: list[Application] = []
    for provider in (globex, acme):
        sample = provider.sample.application
        work, plan = by(db, staff(provider), deps.installation), sample.plan_id
        other = select(ApplicationPlan.id).where(
            ApplicationPlan.service_id == sample.service_id, ApplicationPlan.id != plan
        )
        plans = [plan, db.exec(other).first() or plan]
        for number, name in enumerate(NAMES):
            values = {"name": name, "application_id": f"id-{number}"}
            row = create_application(work, sample.account_id, plans[number % 2], values)
            row.state = "suspended" if number % 3 == 0 else "live"
            # What is no longer defined is not found.
            row.extra_fields = {"tier": ("gold", "silver")[number % 2], "gone": "maple"}
            made.append(row)
    db.flush()
    of_acme = Application.provider_id == acme.provider.id
    return list(db.exec(select(Application).where(of_acme)).all())


def test_all_ways_lead_to_the_same_applications(
    rows: list[Application],
    db: Session,
    deps: Dependencies,
    acme: NewProvider,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    work = by(db, staff(acme), deps.installation)
    asked = [
        *((each,) for each in FILTERS),
        *product(FILTERS[:5], FILTERS[-3:]),
        FILTERS[-3::2],
        (FILTERS[0], *FILTERS[-2:]),
    ]
    for limits in LIMITS:
        limit_to(monkeypatch, limits)
        for filters in asked:
            wanted: dict[str, Any] = {}
            for given, _ in filters:
                wanted |= given
            fits = sorted(row.id for row in rows if all(test(row) for _, test in filters))
            found = narrowed_applications(work, ApplicationFilter(**wanted))
            assert_holds(db, found, fits, (limits, wanted))
            for listing in LISTINGS.values():
                ids = walk(db, found, listing, deps.installation.cursors)
                assert ids == in_order(rows, fits, listing), (limits, wanted, listing.name)


def limit_to(monkeypatch: pytest.MonkeyPatch, limits: tuple[int, int]) -> None:
    """Say what few and many rows are, and have samples look at all of them."""
    for name, limit in zip(LIMITED, (*limits, limits[0]), strict=True):
        monkeypatch.setattr(narrowing, name, limit)
    monkeypatch.setattr(samples, "PER_CENT", 100)


def walk(
    db: Session, found: Narrowed[Any], listing: Listing[Any], cursors: Cursors, size: int = 3
) -> list[int]:
    """List the ids of all pages, from the first to the last."""
    ids: list[int] = []
    window = Window(first=size)
    while True:
        page = list_page(db, found.order(listing), found.query, window, cursors)
        ids += [row.id for row in page.rows]
        if not page.has_next:
            last = list_page(db, found.order(listing), found.query, Window(last=size), cursors)
            assert [row.id for row in last.rows] == ids[-size:]
            return ids
        window = Window(first=size, after=page.last_cursor)


def in_order(rows: list[Application], ids: list[int], listing: Listing[Any]) -> list[int]:
    """Sort rows as a list does, by Python."""
    fits = [row for row in rows if row.id in ids]
    if listing.by is not None:
        return [row.id for row in sorted(fits, key=lambda row: (row.sort_name, row.id))]
    return sorted((row.id for row in fits), reverse=listing.newest_first)


def assert_holds(db: Session, found: Narrowed[Any], fits: list[int], told: object) -> None:
    """See that each way of a list has the same rows, and that nearby ones are some of them."""
    for query in (found.query, found.counted, found.by_id):
        if query is not None:
            assert sorted(row.id for row in db.exec(query)) == fits, told
    if found.near is not None:
        assert {row.id for row in db.exec(found.near)} <= set(fits), told


def test_all_ways_lead_to_the_same_accounts(
    rows: list[Application], db: Session, acme: NewProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample = db.get_one(Account, rows[0].account_id)
    person = db.exec(select(User).where(col(User.account_id) == sample.id)).one()
    for number, name in enumerate(NAMES):
        copied = {**sample.model_dump(exclude={"id", "created_at", "updated_at"}), "org_name": name}
        account = Account(**{**copied, "state": ("approved", "suspended")[number % 2]})
        db.add(account)
        db.flush()
        left_out = {"id", "account_id", "created_at", "updated_at"}
        given = person.model_dump(exclude=left_out)
        named = {"username": f"person{number}", "email": f"elm{number}@birch.example"}
        db.add(User(**{**given, **named, "account_id": account.id}))
    db.flush()
    asked: list[dict[str, Any]] = [
        {"search": each} for each in ("maple", "elm", "elm2", "birch", "@", "on", "none such")
    ]
    asked += [{**each, "state": "suspended"} for each in asked]
    asked += [{"service_id": rows[0].service_id}, {"service_id": rows[0].service_id, **asked[0]}]
    seen = []
    for limits in LIMITS:
        limit_to(monkeypatch, limits)
        answers = []
        for wanted in asked:
            found = narrowed_accounts(by(db, staff(acme)), AccountFilter(**wanted))
            answers.append(sorted(row.org_name for row in db.exec(found.query)))
            ids = sorted(row.id for row in db.exec(found.query))
            assert_holds(db, found, ids, (limits, wanted))
        seen.append(answers)

    assert all(answers == seen[0] for answers in seen)
    assert seen[0][0] == sorted(name for name in NAMES if "maple" in name.lower())
    assert len(seen[0][3]) == len(NAMES)
