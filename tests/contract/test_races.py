"""Sixteen at once, on real PostgreSQL, come out as sixteen in turn; nobody gets more than is his.

Each caller has a connection and a transaction of its own, and holds it a moment longer, so that all
of them have looked before the first has committed.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import func
from sqlmodel import Session, col, select

from server.actions.accounts.sso_tokens import PURPOSE as SSO
from server.actions.accounts.users import PASSWORD_RESET, issue_link
from server.actions.provider.tenants import PURPOSE as STAFF_SSO
from server.auth.dependencies import Dependencies
from server.domain.accounts.users import OneTimeToken, User
from server.domain.applications.applications import MOST_KEYS, ApplicationKey
from server.domain.applications.referrer_filters import MOST_FILTERS, ReferrerFilter
from server.domain.errors import DomainError
from server.domain.events import EventKind, EventRecord
from server.domain.plans.plans import AccountPlan, ApplicationPlan, Plan, ServicePlan
from server.domain.provider.providers import Provider
from server.domain.services.configs import ProxyConfig
from server.domain.services.services import Service
from server.kit.executor import FairExecutor
from server.kit.money import Money
from tests.cms.browser import open_browser
from tests.kit import emptied
from tests.kit.actions import CASES
from tests.kit.cases.case import Case
from tests.kit.cases.race import Race
from tests.kit.cases.races import RACES
from tests.kit.make import make_deps
from tests.kit.rest import rest_client
from tests.kit.world import Known, World, furnish, make_world

pytestmark = [pytest.mark.postgres, pytest.mark.slow]

AT_ONCE = 16
LONGER_S = 0.01
SEVERAL = (SSO, STAFF_SSO)  # purposes of links of which a person may have many
ROUNDS = 2
Outcome = tuple[str, str | None]  # the code of a refusal and its field, or ("done", None)
Act = Callable[[World, Session, int], object]


MakeWorld = Callable[[], World]


@pytest.fixture
def new_world(postgres_shared: str, tmp_path: Path) -> Iterator[MakeWorld]:
    """Make worlds, one after the other, all in the same PostgreSQL database."""
    made: list[Dependencies] = []

    def make() -> World:
        emptied.empty(postgres_shared)
        deps = make_deps(tmp_path, url=postgres_shared)
        made.append(deps)
        known = emptied.furnish(postgres_shared, "world", lambda: furnish(deps))
        return World(deps, cast("Known", known))

    yield make
    for deps in made:
        deps.database.close()


def prepare(world: World, before: Any) -> None:
    """Do what has to be done before."""
    if before is not None:
        with world.deps.database.write() as db:
            before(world.work(db), world)


def outcome_of(world: World, act: Act, number: int, longer_s: float = 0.0) -> Outcome:
    """Act in a transaction; only what the domain refuses is an outcome."""
    try:
        with world.deps.database.write() as db:
            act(world, db, number)
            db.flush()
            time.sleep(longer_s)
    except DomainError as error:
        return error.code, error.field
    return "done", None


def at_once(world: World, act: Act) -> list[Outcome]:
    """Let all act at the same moment; what is no refusal is raised."""
    together = threading.Barrier(AT_ONCE)
    outcomes: list[Outcome] = []
    faults: list[BaseException] = []

    def run(number: int) -> None:
        together.wait()
        try:
            outcomes.append(outcome_of(world, act, number, LONGER_S))
        except Exception as fault:  # noqa: BLE001 - whatever it is, the test's thread raises it
            faults.append(fault)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return outcomes


def kinds(world: World) -> Counter[str]:
    """Count the events by their kinds."""
    with world.deps.database.read() as db:
        return Counter(db.exec(select(EventRecord.kind)))


def _repeated(db: Session, *columns: Any, where: Sequence[Any] = ()) -> list[Any]:
    query = select(*columns).where(*where).group_by(*columns).having(func.count() > 1)
    return list(db.execute(query).all())


def wrongs(db: Session) -> dict[str, list[Any]]:
    """List what may never be in a database, whoever did what in it."""
    homes: dict[type[Plan], str] = {
        AccountPlan: "provider_id",
        ServicePlan: "service_id",
        ApplicationPlan: "service_id",
    }
    found: dict[str, list[Any]] = {
        "first providers": db.exec(select(Provider.id).where(Provider.is_first)).all()[1:],  # type: ignore[dict-item]  # a sequence
        "default services": _repeated(
            db, Service.provider_id, where=[Service.is_default, Service.state != "deleted"]
        ),
        "deleted defaults": list(
            db.exec(select(Service.id).where(Service.is_default, Service.state == "deleted"))
        ),
        "keys": list(
            db.execute(
                select(ApplicationKey.application_id)
                .group_by(col(ApplicationKey.application_id))
                .having(func.count() > MOST_KEYS)
            ).all()
        ),
        "referrer filters": list(
            db.execute(
                select(ReferrerFilter.application_id)
                .group_by(col(ReferrerFilter.application_id))
                .having(func.count() > MOST_FILTERS)
            ).all()
        ),
        "links": _repeated(
            db,
            OneTimeToken.user_id,
            OneTimeToken.purpose,
            where=[col(OneTimeToken.used_at).is_(None), ~col(OneTimeToken.purpose).in_(SEVERAL)],
        ),
        "versions": _repeated(
            db,
            ProxyConfig.service_id,
            ProxyConfig.version,
            where=[ProxyConfig.environment == "staging"],
        ),
    }
    for kind, home in homes.items():
        name = kind.__name__
        found[f"defaults of {name}"] = _repeated(
            db, getattr(kind, home), where=[col(kind.is_default)]
        )
        found[f"prices of {name}"] = _unpayable(db, kind)
    return {name: rows for name, rows in found.items() if rows}


def _unpayable(db: Session, kind: type[Plan]) -> list[Any]:
    pairs = db.exec(select(kind, Provider.currency).where(kind.provider_id == Provider.id))
    return [
        plan.name
        for plan, currency in pairs
        if not all(Money(price, currency).is_payable for price in plan.prices)
    ]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_action_comes_out_as_in_turn(
    new_world: MakeWorld, tmp_path: Path, case: Case
) -> None:
    def act(world: World, db: Session, _number: int) -> object:
        return case.run(world.work(db), world)

    world, in_turn = new_world(), make_world(tmp_path)
    prepare(world, case.before)
    prepare(in_turn, case.before)

    outcomes = at_once(world, act)

    expected = [outcome_of(in_turn, act, number) for number in range(AT_ONCE)]
    assert Counter(outcomes) == Counter(expected)
    assert kinds(world) == kinds(in_turn)
    with world.deps.database.read() as db:
        assert wrongs(db) == {}
    in_turn.deps.database.close()


@pytest.mark.parametrize("race", RACES, ids=str)
def test_nobody_gets_more_than_there_is(new_world: MakeWorld, race: Race) -> None:
    for _ in range(ROUNDS):
        world = new_world()
        prepare(world, race.before)

        outcomes = at_once(world, lambda w, db, number: race.act(w.work(db), w, number))

        wins = outcomes.count(("done", None))
        assert wins == race.wins if race.wins is not None else wins > 0, Counter(outcomes)
        with world.deps.database.read() as db:
            assert wrongs(db) == {}
            assert race.claim(db, world)


def statuses_at_once(send: Callable[[int], int]) -> Counter[int]:
    """Send sixteen requests at the same moment, and count their statuses."""
    together = threading.Barrier(AT_ONCE)
    statuses: list[int] = []

    def run(number: int) -> None:
        together.wait()
        statuses.append(send(number))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(statuses)


PATHS: Sequence[tuple[str, dict[str, Any]]] = (
    ("/services/{service_id}/features", {"name": "Sun", "system_name": "sun"}),
    ("/services/{service_id}/metrics", {"friendly_name": "Size", "system_name": "size"}),
    ("/services/{service_id}/application_plans", {"name": "Sun", "system_name": "sun"}),
    ("/application_plans/{plan_id}/metrics/1/limits", {"period": "day", "value": 1}),
    ("/signup", {"org_name": "Hooli", "username": "gavin", "email": "gavin@x.example"}),
)


@pytest.mark.parametrize(("path", "values"), PATHS)
def test_over_http_who_comes_second_is_refused(
    new_world: MakeWorld, path: str, values: dict[str, Any]
) -> None:
    world = new_world()
    place = path.format(service_id=world.service_id, plan_id=world.plan_id)

    with rest_client(world.deps, world.acme) as client:
        statuses = statuses_at_once(
            lambda _: client.call("POST", f"{place}.json", json=values).status_code
        )

    assert statuses == {201: 1, 422: AT_ONCE - 1}


def test_over_http_one_browser_sets_a_password_by_a_link(new_world: MakeWorld) -> None:
    world = new_world()
    user_id = world.acme.sample.user.id
    with world.deps.database.write() as db:
        link = issue_link(db, world.deps.installation, db.get_one(User, user_id), PASSWORD_RESET)
    # Each in a process of its own, as it were: an executor belongs to one event loop.
    browsers = [open_browser(replace(world.deps, executor=FairExecutor())) for _ in range(AT_ONCE)]

    def send(number: int) -> int:
        password = f"a horse of colour {number}"
        form = {
            "_method": "put",
            "password_reset_token": link,
            "user[password]": password,
            "user[password_confirmation]": password,
        }
        return browsers[number].send("/admin/account/password", form).status_code

    statuses = statuses_at_once(send)
    for browser in browsers:
        browser.client.close()

    assert not [status for status in statuses if status >= 500]
    assert kinds(world)[EventKind.PASSWORD_CHANGED] == 1
