"""Lists of applications: what narrows them, how they are sorted, and finding one by its key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlmodel import and_, col, or_, select

from server.actions.applications.applications import LISTING, applications_query
from server.actions.narrowing import Narrowed, Narrowing
from server.actions.provider.field_definitions import is_found_in
from server.actions.work import Work
from server.domain.applications.applications import Application, ApplicationKey
from server.domain.fields import clean_line, clean_optional_text, clean_when
from server.domain.plans.plans import ApplicationPlan
from server.domain.provider.field_definitions import FieldTarget
from server.domain.search import names
from server.kit.db import walked
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
    ApplicationSort.NAME: Listing(
        "applications_by_name", Application, by=col(Application.sort_name), is_lower=True
    ),
}


class PlanType(StrEnum):
    """Whether a plan costs something."""

    FREE = "free"
    PAID = "paid"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationFilter:
    """Which applications a list holds: those that all of it fits."""

    state: str = ""
    search: str = ""  # a part of the name, the id, a field or the organisation's name
    name: str = ""  # a part of the name
    account_id: int | None = None
    plan_id: int | None = None
    service_id: int | None = None
    user_key_digest: bytes | None = None
    plan_type: str = ""  # see PlanType
    active_since: datetime | None = None  # it was called then or later
    inactive_since: datetime | None = None  # it was not called after that
    wants_plan: bool = False  # its developer waits for another plan
    created_since: datetime | None = None
    created_until: datetime | None = None  # before that
    fields: Mapping[str, str] = field(default_factory=dict)  # values of extra fields, by name


def narrowed_applications(work: Work, wanted: ApplicationFilter) -> Narrowed[Application]:
    """Select the applications of a list. Cost: a statement for each filter.

    Raises: Forbidden, Invalid for what no name can hold.
    """
    query = applications_query(work.actor)
    narrowing = Narrowing(work.db, Application, work.actor.provider_id)
    narrowing.equal(user_key_digest=wanted.user_key_digest, account_id=wanted.account_id)
    search = clean_line(wanted.search, "search")
    if search:
        told = is_found_in(FieldTarget.APPLICATION, narrowing.provider_id, search)
        narrowing.saying(search, or_(names(Application, search), told))
    name = clean_line(wanted.name, "name")
    if name:
        narrowing.named(name)
    narrowing.with_fields(wanted.fields)
    if wanted.wants_plan:
        narrowing.waiting()
    narrowing.equal(plan_id=wanted.plan_id, service_id=wanted.service_id, state=wanted.state)
    if wanted.plan_type:
        _of_type(narrowing, wanted.plan_type)
    _by_traffic(narrowing, wanted)
    narrowing.within("created", wanted.created_since, wanted.created_until)
    return narrowing.of(query)


def _of_type(narrowing: Narrowing, plan_type: str) -> None:
    query = select(ApplicationPlan.id).where(ApplicationPlan.provider_id == narrowing.provider_id)
    costs = or_(col(ApplicationPlan.setup_fee) > 0, col(ApplicationPlan.cost_per_month) > 0)
    # Named, so that a database knows how many applications they have.
    plans = narrowing.db.exec(query.where(costs if plan_type == PlanType.PAID else ~costs)).all()
    plan_id = col(Application.plan_id)
    narrowing.fitting(plan_id.in_(plans), walked(plan_id).in_(plans))


def _by_traffic(narrowing: Narrowing, wanted: ApplicationFilter) -> None:
    last = col(Application.first_daily_traffic_at)
    home = Application.provider_id == narrowing.provider_id
    if wanted.active_since is not None:
        since = clean_when(wanted.active_since, "active_since")
        narrowing.fitting(and_(home, last >= since), walked(last) >= since)
    if wanted.inactive_since is not None:
        since = clean_when(wanted.inactive_since, "inactive_since")
        met = or_(walked(last) <= since, walked(last).is_(None))
        narrowing.fitting(and_(home, or_(last <= since, last.is_(None))), met)


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
