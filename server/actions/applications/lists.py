"""Lists of applications: what narrows them, how they are sorted, and finding one by its key."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlmodel import col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.applications.applications import LISTING, applications_query
from server.actions.provider.field_definitions import is_found_in
from server.actions.work import Work
from server.domain.accounts.accounts import Account
from server.domain.actors import Actor
from server.domain.applications.applications import Application, ApplicationKey
from server.domain.fields import clean_optional_text, clean_when
from server.domain.plans.plans import ApplicationPlan
from server.domain.provider.field_definitions import FieldTarget
from server.kit.paging import Listing

LONGEST = 256  # characters of a key
A_FEW = 25  # a key is unique within an API only


class ApplicationSort(StrEnum):
    """The order of a list of applications."""

    NEWEST = "newest"
    OLDEST = "oldest"
    NAME = "name"


LISTINGS: Mapping[ApplicationSort, Listing[Application]] = {
    ApplicationSort.NEWEST: Listing("applications_newest", Application, newest_first=True),
    ApplicationSort.OLDEST: LISTING,
    ApplicationSort.NAME: Listing("applications_by_name", Application, by=col(Application.name)),
}


class PlanType(StrEnum):
    """Whether a plan costs something."""

    FREE = "free"
    PAID = "paid"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationFilter:
    """Which applications a list holds: those that all of it fits."""

    state: str = ""
    search: str = ""  # a part of the name or of the organisation's, or an application id
    name: str = ""  # a part of the name
    account_id: int | None = None
    plan_id: int | None = None
    service_id: int | None = None
    user_key_digest: bytes | None = None
    plan_type: str = ""  # see PlanType
    active_since: datetime | None = None  # it was called then or later
    inactive_since: datetime | None = None  # it was not called after that
    wants_plan: bool = False  # its developer waits for another plan
    fields: Mapping[str, str] = field(default_factory=dict)  # values of extra fields, by name


SAME = ("state", "account_id", "plan_id", "service_id", "user_key_digest")  # columns


def list_query(actor: Actor, wanted: ApplicationFilter) -> SelectOfScalar[Application]:
    """Select the applications of a list. Raises: Forbidden, Invalid for what no name can hold."""
    query = applications_query(actor).where(*_conditions(wanted), *_by_traffic(wanted))
    search = clean_optional_text(wanted.search, "search")
    if search:
        of_account = select(Account.id).where(
            Account.provider_id == actor.provider_id,
            col(Account.org_name).icontains(search, autoescape=True),
        )
        fits = (
            col(Application.name).icontains(search, autoescape=True),
            col(Application.application_id) == search,
            col(Application.account_id).in_(of_account),
            is_found_in(FieldTarget.APPLICATION, actor.provider_id, search),
        )
        query = query.where(or_(*fits))
    return query


def _conditions(wanted: ApplicationFilter) -> Iterator[Any]:
    for name in SAME:
        value = getattr(wanted, name)
        if value not in (None, ""):
            yield getattr(Application, name) == value
    name = clean_optional_text(wanted.name, "name")
    if name:
        yield col(Application.name).icontains(name, autoescape=True)
    if wanted.plan_type:
        costs = or_(col(ApplicationPlan.setup_fee) > 0, col(ApplicationPlan.cost_per_month) > 0)
        of_plan = col(Application.plan_id).in_(select(ApplicationPlan.id).where(costs))
        yield of_plan if wanted.plan_type == PlanType.PAID else ~of_plan
    if wanted.wants_plan:
        yield col(Application.wanted_plan_id).is_not(None)
    for name, value in wanted.fields.items():
        yield col(Application.extra_fields)[name].as_string() == value


def _by_traffic(wanted: ApplicationFilter) -> Iterator[Any]:
    last = col(Application.first_daily_traffic_at)
    if wanted.active_since is not None:
        yield last >= clean_when(wanted.active_since, "active_since")
    if wanted.inactive_since is not None:
        since = clean_when(wanted.inactive_since, "inactive_since")
        yield or_(last <= since, last.is_(None))


def find_by_key(work: Work, key: str) -> Sequence[Application]:
    """Find whom a user_key, app_key or application id belongs to. Cost: one statement.

    Keys are sealed, so it is found by its digest: as a whole, and letter by letter.
    Raises: Forbidden, Invalid and TooLong for what can be no key.
    """
    key = clean_optional_text(key, "key", most=LONGEST)
    digest = work.installation.vault.digest(key)
    of_key = select(ApplicationKey.application_id).where(
        ApplicationKey.provider_id == work.actor.provider_id, ApplicationKey.digest == digest
    )
    fits = (
        col(Application.user_key_digest) == digest,
        col(Application.application_id) == key,
        col(Application.id).in_(of_key),
    )
    query = applications_query(work.actor).where(or_(*fits))
    return work.db.exec(query.order_by(col(Application.id)).limit(A_FEW)).all()
