"""A provider with many developers: accounts, people, applications and what happened to them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, text
from sqlmodel import Session, SQLModel, col, select

from server.actions.accounts.accounts import ACCOUNTS
from server.actions.plans.plans import ACCOUNT_PLANS, APPLICATION_PLANS
from server.actions.provider.field_definitions import FIELD_DEFINITIONS
from server.actions.provider.providers import NewProvider
from server.actions.services.services import create_service
from server.actions.work import Work
from server.auth.dependencies import Dependencies
from server.domain.accounts.accounts import Account, ServiceContract
from server.domain.accounts.users import User
from server.domain.applications.applications import Application
from server.domain.events import EventRecord
from server.domain.plans.plans import ApplicationPlan
from server.domain.search import search_text_of
from tests.kit.make import make_provider, staff
from tests.kit.work import by

CHUNK = 10_000
WORDS = ("Maple", "Harbour", "Quartz", "Willow", "Falcon", "Ember", "Meadow", "Granite", "Coral")
TRADES = ("Logistics", "Foods", "Robotics", "Energy", "Media", "Health", "Travel", "Systems")
STATES = ("approved",) * 90 + ("pending",) * 5 + ("suspended",) * 3 + ("rejected", "created")
CONTRACTS = ("live",) * 92 + ("pending",) * 4 + ("suspended",) * 3 + ("deprecated",)
INDUSTRIES = ("retail", "banking", "public", "research")
FIRST_ID = 1_000_000  # behind all that the provider has begun with


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is."""

    accounts: int = 100_000
    applications: int = 200_000
    events: int = 200_000


@dataclass(frozen=True, slots=True)
class Filled:
    """The provider, and ids that lists are narrowed by."""

    provider: NewProvider
    services: list[int]
    plans: list[int]
    account_plans: list[int]
    size: Size


def fill(deps: Dependencies, size: Size) -> Filled:
    """Make the provider, write the rows by themselves, and have the database count them."""
    provider = make_provider(deps, "Acme")
    with deps.database.write() as db:
        work = by(db, staff(provider), deps.installation)
        filled = _with_services(work, provider, size)
        _write(db, _accounts(work, filled), size.accounts)
        _write(db, _users(work, filled), size.accounts)
        _write(db, _contracts(work, filled), size.accounts)
        _write(db, _applications(work, filled), size.applications)
        _write(db, _events(work, filled), size.events)
    _look_at(deps)
    return filled


def _with_services(work: Work, provider: NewProvider, size: Size) -> Filled:
    for target, name in (("Account", "industry"), ("Cinstance", "tier")):
        given = {"target": target, "name": name, "label": name.title()}
        FIELD_DEFINITIONS.create(work, {**given, "choices": ["rare", *INDUSTRIES]})
    services = [provider.sample.service.id]
    for number in range(1, 5):
        services.append(create_service(work, {"name": f"API {number}"}).id)
    for service_id in services:
        for name in ("Gold", "Silver"):
            APPLICATION_PLANS.create(work, {"name": name}, service_id)
    for name in ("Partner", "Trade"):
        ACCOUNT_PLANS.create(work, {"name": name})
    account_plans = [row.id for row in work.db.exec(ACCOUNT_PLANS.query(work.actor))]
    plans = work.db.exec(select(ApplicationPlan).order_by(col(ApplicationPlan.id))).all()
    return Filled(provider, services, [plan.id for plan in plans], account_plans, size)


Make = Callable[[int], Mapping[str, Any]]


def _write(db: Session, rows: tuple[type[SQLModel], Make], count: int) -> None:
    model, make = rows
    table = SQLModel.metadata.tables[str(model.__tablename__)]
    for start in range(0, count, CHUNK):
        chunk = [dict(make(n)) for n in range(start, min(start + CHUNK, count))]
        db.execute(insert(table), chunk)


def _like(row: Any) -> dict[str, Any]:
    """Tell what a row holds, to be copied."""
    return {column.name: getattr(row, column.name) for column in row.__table__.columns}


def _first(db: Session, model: type[Any]) -> dict[str, Any]:
    return _like(db.exec(select(model).where(model.account_id.is_not(None)).limit(1)).one())


def name_of(number: int) -> str:
    """Tell what an account is called."""
    trade = TRADES[number // len(WORDS) % len(TRADES)]
    return f"{WORDS[number % len(WORDS)]} {trade} {number * 7919 % 1_000_003:06d}"


def _accounts(work: Work, filled: Filled) -> tuple[type[SQLModel], Make]:
    row = _like(work.db.exec(ACCOUNTS.query(work.actor)).one())
    plans, began = filled.account_plans, row["created_at"]

    def make(number: int) -> dict[str, Any]:
        rare = number % 20_000 == 7
        made = {
            **row,
            "id": FIRST_ID + number,
            "org_name": name_of(number),
            "state": STATES[number * 37 % 100],
            "account_plan_id": plans[number % 97 % len(plans)],
            "extra_fields": {"industry": "rare" if rare else INDUSTRIES[number % 4]},
            "created_at": began + timedelta(seconds=number),
        }
        return _searchable(Account, made)

    return Account, make


def _users(work: Work, filled: Filled) -> tuple[type[SQLModel], Make]:
    row = _first(work.db, User)

    def make(number: int) -> dict[str, Any]:
        made = {
            **row,
            "id": FIRST_ID + number,
            "account_id": FIRST_ID + number,
            "username": f"person{number}",
            "email": f"person{number}@{WORDS[number % 9].lower()}{number % 1000}.example",
            "first_name": TRADES[number % 8],
            "state": "pending" if number % 50 == 1 else "active",
            "role": "member" if number % 10 == 1 else "admin",
        }
        return _searchable(User, made)

    return User, make


def _contracts(work: Work, filled: Filled) -> tuple[type[SQLModel], Make]:
    row = _first(work.db, ServiceContract)

    def make(number: int) -> dict[str, Any]:
        state = CONTRACTS[number * 37 % 100]
        return {**row, "id": FIRST_ID + number, "account_id": FIRST_ID + number, "state": state}

    return ServiceContract, make


def _applications(work: Work, filled: Filled) -> tuple[type[SQLModel], Make]:
    row, accounts = _first(work.db, Application), filled.size.accounts
    plans = work.db.exec(select(ApplicationPlan).order_by(col(ApplicationPlan.id))).all()
    # Half of all are of the first service, a few of the last one.
    chosen = [*(p for p in plans if p.service_id == filled.services[0])] * 4 + list(plans[:-3])
    began = row["created_at"]

    def make(number: int) -> dict[str, Any]:
        plan = plans[-1] if number % 20_000 == 7 else chosen[number * 31 % len(chosen)]
        at = began + timedelta(seconds=number)
        made = {
            **row,
            "id": FIRST_ID + number,
            "account_id": FIRST_ID + number % accounts,
            "service_id": plan.service_id,
            "plan_id": plan.id,
            "wanted_plan_id": plan.id if number % 10_000 == 3 else None,
            "name": f"{WORDS[number % 9]} client {number * 7919 % 1_000_003:06d}",
            "state": CONTRACTS[number * 37 % 100],
            "application_id": f"copy{number:x}",
            "user_key_digest": number.to_bytes(32, "big"),
            "extra_fields": {"tier": INDUSTRIES[number % 4]},
            "created_at": at,
            "first_daily_traffic_at": at if number % 3 else None,
        }
        return _searchable(Application, made)

    return Application, make


def _events(work: Work, filled: Filled) -> tuple[type[SQLModel], Make]:
    query = select(EventRecord).where(col(EventRecord.account_id).is_not(None)).limit(1)
    row = _like(work.db.exec(query).one())
    kinds = ("account.created", "application.created", "application.updated", "user.created")

    def make(number: int) -> dict[str, Any]:
        return {
            **row,
            "id": FIRST_ID + number,
            "kind": "plan.deleted" if number % 20_000 == 7 else kinds[number % 4],
            "account_id": FIRST_ID + number % filled.size.accounts,
            "subject_id": FIRST_ID + number % filled.size.accounts,
            "actor": "rare" if number % 20_000 == 9 else "admin",
            "face": ("portal", "graphql", "rest")[number % 3],
            "created_at": row["created_at"] + timedelta(seconds=number),
        }

    return EventRecord, make


SEARCHED: dict[type[Any], tuple[str, ...]] = {
    Account: ("org_name",),
    User: ("username", "email", "first_name", "last_name"),
    Application: ("name", "application_id"),
}


def _searchable(model: type[Any], row: dict[str, Any]) -> dict[str, Any]:
    texts = (row[name] for name in SEARCHED[model])
    made = {"search_text": search_text_of(texts, row["extra_fields"])}
    return {**row, **made, "sort_name": row[SEARCHED[model][0]].lower()}


def _look_at(deps: Dependencies) -> None:
    """Let PostgreSQL see what there is, as its own housekeeping does in a minute or two."""
    if deps.database.is_sqlite:
        return
    engine = deps.database.engine.execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("VACUUM ANALYZE"))
