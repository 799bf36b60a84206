"""Applications with their credentials. Source: reference-portal 1.3."""

from collections.abc import Callable, Mapping, Sequence

from sqlmodel import col, select

from server.actions.applications.keys import keys_by_application
from server.actions.applications.referrer_filters import filters_by_application
from server.actions.plans.plans import APPLICATION_PLANS
from server.actions.secrets import may_read, reveal
from server.actions.work import Work
from server.domain.applications.applications import Application, ApplicationKey
from server.domain.applications.referrer_filters import ReferrerFilter
from server.domain.plans.plans import ApplicationPlan
from server.domain.provider.field_definitions import FieldTarget
from server.domain.services.services import Service
from server.rest.fields import DefinedFields
from server.rest.formats import Format
from server.rest.plans.plans import APPLICATION_PLAN
from server.rest.shapes import Field, Inside, Shape, Texts, columns, computed


def _key_users(work: Work, applications: Sequence[Application]) -> set[int]:
    """Return which applications call with a user_key, by the way of their service."""
    ids = {one.service_id for one in applications}
    query = select(Service).where(col(Service.id).in_(ids))
    simple = {one.id for one in work.db.exec(query) if one.backend_version == "1"}
    return {one.id for one in applications if one.service_id in simple}


def _user_key(
    work: Work, applications: Sequence[Application]
) -> Callable[[Application], str | None]:
    simple = _key_users(work, applications)
    return lambda row: reveal(work, row, "user_key_sealed") if row.id in simple else None


def _application_id(
    work: Work, applications: Sequence[Application]
) -> Callable[[Application], str | None]:
    simple = _key_users(work, applications)
    return lambda row: None if row.id in simple else row.application_id


def _keys(
    work: Work, applications: Sequence[Application]
) -> Callable[[Application], list[str] | None]:
    simple = _key_users(work, applications)
    keys = keys_by_application(work.db, [one.id for one in applications])

    def read(row: Application) -> list[str] | None:
        known = [reveal(work, key, "sealed") for key in keys.get(row.id, ())]
        is_told = row.id not in simple and may_read(work.actor, ApplicationKey, "sealed")
        return [key for key in known if key is not None] if is_told else None

    return read


def _filters(
    work: Work, applications: Sequence[Application]
) -> Mapping[int, Sequence[ReferrerFilter]]:
    """Read the filters of those whose API asks for them, as the reference shows them."""
    ids = {one.service_id for one in applications}
    services = select(Service).where(col(Service.id).in_(ids), Service.referrer_filters_required)
    asking = {one.id for one in work.db.exec(services)}
    wanted = [one.id for one in applications if one.service_id in asking]
    found = filters_by_application(work.db, wanted)
    return {application_id: found.get(application_id, ()) for application_id in wanted}


def _plan(work: Work, applications: Sequence[Application]) -> Mapping[int, Sequence[object]]:
    ids = {one.plan_id for one in applications}
    query = APPLICATION_PLANS.query(work.actor).where(col(ApplicationPlan.id).in_(ids))
    plans = {plan.id: plan for plan in work.db.exec(query)}
    return {one.id: [plans[one.plan_id]] for one in applications}


REFERRER_FILTER = Shape(
    name="referrer_filter",
    model=ReferrerFilter,
    parts=columns("id", "value", "created_at"),
)
APPLICATION = Shape(
    name="application",
    model=Application,
    parts=(
        *columns("id", "created_at", "updated_at", "state"),
        computed("user_account_id", int, lambda row: row.account_id),
        *columns("first_traffic_at"),
        computed("first_daily_traffic_at", type(None), lambda _row: None),
        *columns("service_id"),
        Field("user_key", load=_user_key, type=str, hides=True),
        Field("application_id", load=_application_id, type=str, hides=True),
        Texts("keys", "key", load=_keys, only=Format.XML),
        Inside("plan", ((APPLICATION_PLAN, _plan),), is_one=True, only=Format.XML),
        *columns("name", hides=True),
        DefinedFields(FieldTarget.APPLICATION),
        Inside("referrer_filters", ((REFERRER_FILTER, _filters),), hides=True, only=Format.XML),
    ),
)
