"""Lists of accounts and of their people: what narrows them, and how they are sorted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement
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
from server.domain.fields import clean_optional_text
from server.domain.provider.field_definitions import FieldTarget
from server.domain.search import has_text, ids_having
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
    """Select the accounts of a list. Cost: a statement for each filter, three for a search.

    Raises: Forbidden, Invalid for a text that no name can hold.
    """
    query = accounts_query(work.actor)
    narrowing = Narrowing(work.db, Account, work.actor.provider_id)
    search = clean_optional_text(wanted.search, "search")
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
    db, provider_id = narrowing.db, narrowing.provider_id
    own, people = (ids_having(db, model, provider_id, search) for model in (Account, User))
    users = select(User.id).where(User.account_id == Account.id)
    met = or_(has_text(Account, search), users.where(has_text(User, search)).exists())
    narrowing.found_beside(own, people, (col(User.account_id), col(User.id)), met)
    said_by_user = users.where(_says(FieldTarget.USER, provider_id, search)).exists()
    narrowing.also(or_(_says(FieldTarget.ACCOUNT, provider_id, search), said_by_user))


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
    search = clean_optional_text(wanted.search, "search")
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


SAID = {
    FieldTarget.ACCOUNT: (Account.org_name,),
    FieldTarget.USER: (User.username, User.email, User.first_name, User.last_name),
}


def _says(target: FieldTarget, provider_id: int, search: str) -> ColumnElement[bool]:
    """Make the condition that a row says this itself, in a column or in a field that is defined."""
    named = (col(column).icontains(search, autoescape=True) for column in SAID[target])
    return or_(*named, is_found_in(target, provider_id, search))
