"""The addresses of all lists: each filter by itself, each order, first, middle and last page."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import func
from sqlmodel import Session

from bench.filled import FIRST_ID, Filled
from server.actions.accounts import lists as accounts
from server.actions.applications import lists as applications
from server.actions.narrowing import Narrowed
from server.actions.provider import audit
from server.actions.work import Work
from server.auth.dependencies import Dependencies
from server.kit.paging import Listing
from tests.kit.make import staff
from tests.kit.work import by

PAGES = ("first", "middle", "last")


@dataclass(frozen=True, slots=True)
class Walk:
    """One address."""

    name: str
    face: str  # admin, rest, graphql
    path: str  # a document for graphql
    params: Mapping[str, str] = field(default_factory=dict)
    page: str = "first"

    @property
    def told(self) -> str:
        """Tell which one it is."""
        given = " ".join(f"{name}={value[:30]}" for name, value in self.params.items())
        return f"{self.name}: {self.path[:160]} {given} ({self.page} page)"


Ask = tuple[Mapping[str, Any], Mapping[str, str]]  # what the action is given, what a page is
Narrow = Callable[[Work, Any], Narrowed[Any]]


def walks_of(deps: Dependencies, filled: Filled) -> Iterator[Walk]:
    """List all of them."""
    with deps.database.read() as db:
        work = by(db, staff(filled.provider), deps.installation)
        yield from _accounts(work, filled)
        yield from _applications(work, filled)
        yield from _people(work, filled)
        yield from _contracts(work, filled)
        yield from _audit(work, filled)
        yield from _graphql(filled)
        yield from _rest(work, filled)


def _accounts(work: Work, filled: Filled) -> Iterator[Walk]:
    asks: list[Ask] = [({}, {})]
    asks += [({"state": each}, {"state": each}) for each in ("approved", "rejected")]
    asks += [
        ({"plan_id": each}, {"plan": str(each)})
        for each in (filled.account_plans[0], filled.account_plans[-1])
    ]
    asks += [
        ({"service_id": each}, {"service": str(each)})
        for each in (filled.services[0], filled.services[-1])
    ]
    asks += [
        ({"fields": {"industry": each}}, {"field_industry": each}) for each in ("rare", "retail")
    ]
    asks += [({"search": each}, {"search": each}) for each in SEARCHES]
    both = {"state": "suspended", "search": "maple"}
    asks.append((both, both))
    for sort, listing in accounts.LISTINGS.items():
        for given, params in asks:
            found = accounts.narrowed_accounts(work, accounts.AccountFilter(**given))
            shown = {**params, "sort": sort.value}
            yield from _pages("Accounts", "/accounts", work, (listing, found), shown)


SEARCHES = ("maple", "person77777", "no such", "@", "zq", "coral99", "example")


def _applications(work: Work, filled: Filled) -> Iterator[Walk]:
    asks: list[Ask] = [({}, {})]
    asks += [({"state": each}, {"state": each}) for each in ("live", "deprecated")]
    asks += [
        ({"plan_id": each}, {"plan": str(each)}) for each in (filled.plans[0], filled.plans[-1])
    ]
    asks += [
        ({"service_id": each}, {"service": str(each)})
        for each in (filled.services[0], filled.services[-1])
    ]
    asks.append(({"wants_plan": True}, {"state": "wants_plan"}))
    asks += [({"fields": {"tier": each}}, {"field_tier": each}) for each in ("rare", "retail")]
    asks += [({"search": each}, {"search": each}) for each in APPLICATION_SEARCHES]
    both = {"state": "suspended", "search": "maple", "service": str(filled.services[0])}
    asks.append(({**both, "service_id": filled.services[0]} | {"service": None}, both))
    for sort, listing in applications.LISTINGS.items():
        for given, params in asks:
            wanted = {name: each for name, each in given.items() if name != "service"}
            found = applications.narrowed_applications(
                work, applications.ApplicationFilter(**wanted)
            )
            shown = {**params, "sort": sort.value}
            yield from _pages("Applications", "/applications", work, (listing, found), shown)


APPLICATION_SEARCHES = ("maple", "logistics", "004321", "no such", "copy1f0", "zq", "client")


def _people(work: Work, filled: Filled) -> Iterator[Walk]:
    asks: list[Ask] = [({}, {}), ({"role": "member"}, {"role": "member"})]
    asks += [({"state": each}, {"state": each}) for each in ("active", "pending")]
    asks += [({"search": each}, {"search": each}) for each in SEARCHES]
    both = {"state": "pending", "search": "maple"}
    asks.append((both, both))
    for sort, listing in accounts.USER_LISTINGS.items():
        for given, params in asks:
            wanted = accounts.UserFilter(is_developer=True, **given)
            found = accounts.narrowed_users(work, wanted)
            yield from _pages(
                "Users", "/users", work, (listing, found), {**params, "sort": sort.value}
            )


def _contracts(work: Work, filled: Filled) -> Iterator[Walk]:
    asks: list[Ask] = [({}, {}), ({"wants_plan": True}, {"state": "wants_plan"})]
    asks += [({"state": each}, {"state": each}) for each in ("live", "deprecated")]
    asks += [({"service_id": each}, {"service": str(each)}) for each in filled.services[:2]]
    for sort, listing in accounts.CONTRACT_LISTINGS.items():
        for given, params in asks:
            found = accounts.narrowed_contracts(work, accounts.ContractFilter(**given))
            shown = {**params, "sort": sort.value}
            yield from _pages("Subscriptions", "/service_contracts", work, (listing, found), shown)


def _audit(work: Work, filled: Filled) -> Iterator[Walk]:
    asks: list[Ask] = [({}, {})]
    asks += [({"kind": each}, {"kind": each}) for each in ("account", "plan")]
    asks += [({"actor": each}, {"actor": each}) for each in ("admin", "rare")]
    asks += [({"face": each}, {"face": each}) for each in ("portal", "job")]
    for given, params in asks:
        found = audit.narrowed_events(work, audit.AuditFilter(**given))
        yield from _pages("Audit log", "/audit", work, (audit.LISTING, found), params)


def _pages(
    name: str,
    path: str,
    work: Work,
    rows: tuple[Listing[Any], Narrowed[Any]],
    params: Mapping[str, str],
) -> Iterator[Walk]:
    """Tell the addresses of the first page, of one in the middle and of the last one."""
    listing, found = rows
    yield Walk(name, "admin", path, params)
    for page, cursor in _cursors(work, listing, found):
        yield Walk(name, "admin", path, {**params, "after": cursor}, page)


def _cursors(work: Work, listing: Listing[Any], found: Narrowed[Any]) -> Iterator[tuple[str, str]]:
    total = _count(work.db, found)
    order = [key.desc() if listing.newest_first else key for key in listing.key]
    for page, place in (("middle", total // 2), ("last", total - 5)):
        if place > 0:
            query = found.query.order_by(*order).offset(place - 1).limit(1)
            row = work.db.exec(query).one()
            yield page, listing.cursor_of(work.installation.cursors, row)


def _count(db: Session, found: Narrowed[Any]) -> int:
    counted = found.counted.with_only_columns(func.count(), maintain_column_froms=True)
    return int(db.execute(counted).scalar_one())


GRAPHQL = (
    "accounts(first: 50, sort: NAME)",
    'accounts(first: 50, search: "maple")',
    "accounts(last: 50)",
    "applications(first: 50, sort: NAME)",
    "applications(last: 50, sort: NAME)",
    'applications(first: 50, search: "logistics")',
    'applications(first: 50, activeSince: "2000-01-01")',
    'applications(first: 50, inactiveSince: "2000-01-01")',
    "applications(first: 50, planType: FREE)",
    "applications(first: 50, planType: PAID)",
    "serviceContracts(first: 50)",
    "serviceContracts(last: 50)",
    "users(first: 50)",
    "users(last: 50)",
    'events(first: 50, kind: "plan")',
    "events(last: 50)",
)
NESTED = """{ accounts(first: 50, sort: NAME) { nodes { id
  users(first: 2) { totalCount nodes { id } }
  applications(first: 2) { totalCount nodes { id } } } } }"""


def _graphql(filled: Filled) -> Iterator[Walk]:
    for each in GRAPHQL:
        document = f"{{ {each} {{ totalCount nodes {{ id }} pageInfo {{ hasNextPage }} }} }}"
        yield Walk("GraphQL", "graphql", document)
    yield Walk("GraphQL", "graphql", NESTED)


def _rest(work: Work, filled: Filled) -> Iterator[Walk]:
    sizes = (("/accounts", filled.size.accounts), ("/applications", filled.size.applications))
    for path, size in sizes:
        for page, number in zip(PAGES, (1, size // 200, size // 100), strict=True):
            params = {"page": str(number), "per_page": "100"}
            yield Walk("REST", "rest", path, params, page)
        for state in ("approved", "rejected") if path == "/accounts" else ("live", "deprecated"):
            for page, number in (("first", 1), ("middle", size // 250)):
                params = {"page": str(number), "per_page": "100", "state": state}
                yield Walk("REST", "rest", path, params, page)
    given: Mapping[str, str] = {"per_page": "100"}
    since = str((work.installation.clock.now() - timedelta(days=9)).date())
    for filters in (
        {"service_id": str(filled.services[0])},
        {"plan_id": str(filled.plans[-1])},
        {"active_since": since},
        {"inactive_since": since},
        {"plan_type": "free"},
        {"name": "maple"},
        {"name": "004321"},
    ):
        yield Walk("REST", "rest", "/applications", {**given, **filters})
    yield Walk("REST", "rest", f"/accounts/{FIRST_ID + 77}/users")
