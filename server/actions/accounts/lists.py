"""Lists of accounts and of their people: what narrows them, and how they are sorted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, literal
from sqlmodel import col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.accounts.accounts import LISTING, accounts_query, has_application_of
from server.actions.accounts.staff import staff_query
from server.actions.accounts.subscriptions import LISTING as CONTRACTS_LISTING
from server.actions.accounts.subscriptions import contracts_query
from server.actions.accounts.users import LISTING as USERS_LISTING
from server.actions.accounts.users import users_query
from server.actions.narrowing import Narrowed, Narrowing
from server.actions.provider.field_definitions import is_found_in
from server.actions.work import Work
from server.domain.accounts.accounts import Account, ServiceContract
from server.domain.accounts.users import User
from server.domain.applications.applications import Application
from server.domain.fields import clean_line
from server.domain.provider.field_definitions import FieldTarget
from server.domain.search import MANY_PEOPLE, has_text, names
from server.kit.paging import Listing


class AccountSort(StrEnum):
    """The order of a list of accounts."""

    NEWEST = "newest"
    OLDEST = "oldest"
    NAME = "name"


LISTINGS: Mapping[AccountSort, Listing[Account]] = {
    AccountSort.NEWEST: Listing("accounts_newest", Account, newest_first=True),
    AccountSort.OLDEST: LISTING,
    AccountSort.NAME: Listing(
        "accounts_by_name", Account, by=col(Account.sort_name), is_lower=True
    ),
}


class UserSort(StrEnum):
    """The order of a list of users."""

    NEWEST = "newest"
    OLDEST = "oldest"
    NAME = "name"


USER_LISTINGS: Mapping[UserSort, Listing[User]] = {
    UserSort.NEWEST: Listing("users_newest", User, newest_first=True),
    UserSort.OLDEST: USERS_LISTING,
    UserSort.NAME: Listing("users_by_name", User, by=col(User.sort_name), is_lower=True),
}


class ContractSort(StrEnum):
    """The order of a list of subscriptions."""

    NEWEST = "newest"
    OLDEST = "oldest"


CONTRACT_LISTINGS: Mapping[ContractSort, Listing[ServiceContract]] = {
    ContractSort.NEWEST: Listing("service_contracts_newest", ServiceContract, newest_first=True),
    ContractSort.OLDEST: CONTRACTS_LISTING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFilter:
    """Which accounts a list holds: those that all of it fits; what is empty narrows nothing."""

    state: str = ""
    search: str = ""  # a part of the name, of a field, or of a user's names, mail or fields
    plan_id: int | None = None  # an account plan
    service_id: int | None = None  # they have an application of it
    wants_plan: bool = False  # they wait for another account plan
    created_since: datetime | None = None
    created_until: datetime | None = None  # before that
    fields: Mapping[str, str] = field(default_factory=dict)  # values of extra fields, by name


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractFilter:
    """Which subscriptions a list holds; what is empty narrows nothing."""

    state: str = ""
    wants_plan: bool = False  # they wait for another plan
    plan_id: int | None = None  # a service plan
    service_id: int | None = None
    account_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UserFilter:
    """Which people a list holds; what is empty narrows nothing."""

    is_developer: bool = False  # of accounts, not of the provider's own side
    state: str = ""
    role: str = ""
    search: str = ""  # a part of the username, the mail address, the names or of a field
    account_id: int | None = None
    created_since: datetime | None = None
    created_until: datetime | None = None  # before that


def narrowed_accounts(work: Work, wanted: AccountFilter) -> Narrowed[Account]:
    """Select the accounts of a list. Cost: a statement for each filter, two for a search.

    Raises: Forbidden, Invalid for a text that no name can hold.
    """
    query = accounts_query(work.actor)
    narrowing = Narrowing(work.db, Account, work.actor.provider_id)
    search = clean_line(wanted.search, "search")
    if search:
        _search_accounts(narrowing, search)
    narrowing.with_fields(wanted.fields)
    narrowing.equal(state=wanted.state, account_plan_id=wanted.plan_id)
    if wanted.wants_plan:
        narrowing.waiting()
    if wanted.service_id is not None:
        having = select(Application.account_id).where(Application.service_id == wanted.service_id)
        few = narrowing.few(having.distinct())
        narrowing.found(few, [having], has_application_of(wanted.service_id))
    narrowing.within("created", wanted.created_since, wanted.created_until)
    return narrowing.of(query)


def _search_accounts(narrowing: Narrowing, search: str) -> None:
    provider_id = narrowing.provider_id
    beyond = _with_many_people(narrowing, search)
    people = select(User.id).where(User.account_id == Account.id)
    # OFFSET: PostgreSQL is to ask for each row, not to read the fields of all people first.
    told = people.where(is_found_in(FieldTarget.USER, provider_id, search)).offset(0).exists()
    says = or_(_says(FieldTarget.ACCOUNT, provider_id, search), col(Account.id).in_(beyond), told)
    narrowing.saying(search, says, others=beyond)


def _with_many_people(narrowing: Narrowing, search: str) -> Sequence[int]:
    """List the accounts of more people than stand beside one, which have somebody who fits."""
    provider_id = narrowing.provider_id
    mark = literal(MANY_PEOPLE, literal_execute=True)  # as the index has it
    large = select(Account.id).where(
        Account.provider_id == provider_id, col(Account.beside_text) == mark
    )
    ids = narrowing.db.exec(large).all()
    if not ids:
        return ()
    account_id, says = col(User.account_id), _says(FieldTarget.USER, provider_id, search)
    fits = select(account_id).where(account_id.in_(ids), has_text(User, search), says)
    return [each for each in narrowing.db.exec(fits.distinct()) if each is not None]


def narrowed_users(work: Work, wanted: UserFilter) -> Narrowed[User]:
    """Select people of both sides. Cost: a statement for each filter.

    Raises: Forbidden, Invalid for a text that no name can hold.
    """
    return _narrowed_people(work, users_query(work.actor), wanted)


def narrowed_staff(work: Work, wanted: UserFilter) -> Narrowed[User]:
    """Select people of the provider's own side. Raises: Forbidden, Invalid, as above."""
    return _narrowed_people(work, staff_query(work.actor), wanted)


def _narrowed_people(work: Work, query: SelectOfScalar[User], wanted: UserFilter) -> Narrowed[User]:
    narrowing = Narrowing(work.db, User, work.actor.provider_id)
    search = clean_line(wanted.search, "search")
    if search:
        narrowing.saying(search, _says(FieldTarget.USER, narrowing.provider_id, search))
    narrowing.equal(account_id=wanted.account_id, state=wanted.state, role=wanted.role)
    if wanted.is_developer:
        narrowing.also(col(User.account_id).is_not(None))
    narrowing.within("created", wanted.created_since, wanted.created_until)
    return narrowing.of(query)


def narrowed_contracts(work: Work, wanted: ContractFilter) -> Narrowed[ServiceContract]:
    """Select the subscriptions of a list. Cost: a statement for each filter. Raises: Forbidden."""
    query = contracts_query(work.actor)
    narrowing = Narrowing(work.db, ServiceContract, work.actor.provider_id)
    narrowing.equal(account_id=wanted.account_id)
    if wanted.wants_plan:
        narrowing.waiting()
    narrowing.equal(
        service_plan_id=wanted.plan_id, service_id=wanted.service_id, state=wanted.state
    )
    return narrowing.of(query)


TABLES = {FieldTarget.ACCOUNT: Account, FieldTarget.USER: User}


def _says(target: FieldTarget, provider_id: int, search: str) -> ColumnElement[bool]:
    """Make the condition that a row says this, in a column or in a field that is defined."""
    return or_(names(TABLES[target], search), is_found_in(target, provider_id, search))
