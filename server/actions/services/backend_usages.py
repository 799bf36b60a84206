"""Which backend APIs a service is made of, and below which path each gets the calls."""

import re
from collections.abc import Iterable

from sqlalchemy import func
from sqlmodel import col, select

from server.actions.resources import Lifecycle, Parent, Resource
from server.actions.services.backend_apis import list_backend_metrics
from server.actions.services.lookup import get_proxy, get_service
from server.actions.services.upstreams import refuse_own_address
from server.actions.work import Work
from server.domain.errors import Conflict, InUse, Invalid, Taken
from server.domain.events import EventKind
from server.domain.permissions import Permission
from server.domain.plans.limits import UsageLimit
from server.domain.plans.plans import ApplicationPlan
from server.domain.services.backend_apis import (
    MOST_USAGES,
    BackendApi,
    BackendUsage,
    BackendUsageDraft,
)
from server.domain.services.metrics import Metric
from server.domain.services.services import Service
from server.kit.locks import TO_REFER, lock
from server.kit.paging import Listing

LIKE_OURS = re.compile(r"(.+)\.(\d{1,18})", re.ASCII)  # what a metric of a backend API is called


def _refuse_unusable(work: Work, usage: BackendUsage) -> None:
    """Refuse a second use, a path that another has, and names that would mean two things."""
    others = select(BackendUsage).where(BackendUsage.service_id == usage.service_id)
    with work.db.no_autoflush:
        standing = [each for each in work.db.exec(others) if each.id != usage.id]
    if any(each.backend_api_id == usage.backend_api_id for each in standing):
        raise Taken("backend_api_id", "is mounted already: an API uses it in one place.")
    if any(each.path == usage.path for each in standing):
        raise Taken("path")
    if len(standing) >= MOST_USAGES:
        raise Conflict(f"An API is made of at most {MOST_USAGES} backend APIs.")
    service = work.db.get_one(Service, usage.service_id)
    backend = work.db.get_one(BackendApi, usage.backend_api_id)
    rewrite = get_proxy(work.db, service).hostname_rewrite
    refuse_own_address(work.installation, backend.private_endpoint, rewrite, field="backend_api_id")
    names = [metric.wire_name for metric in list_backend_metrics(work.db, [backend.id])]
    _refuse_alike(work, [service.id], names, "backend_api_id")


def refuse_names_of_others(work: Work, metric: Metric) -> None:
    """Refuse a name that within a service means a metric of one of its backend APIs, or has one.

    Raises: Taken.
    """
    if metric.backend_api_id is not None:
        used = select(BackendUsage.service_id).where(
            BackendUsage.backend_api_id == metric.backend_api_id
        )
        with work.db.no_autoflush:
            _refuse_alike(work, work.db.exec(used).all(), [metric.wire_name], "system_name")
        return
    found = LIKE_OURS.fullmatch(metric.system_name)
    if found is None:
        return
    theirs = (
        select(Metric)
        .where(BackendUsage.service_id == metric.service_id)
        .where(Metric.backend_api_id == BackendUsage.backend_api_id)
        .where(Metric.system_name == found[1])
    )
    with work.db.no_autoflush:
        if any(each.wire_name == metric.system_name for each in work.db.exec(theirs)):
            raise Taken("system_name", "is the name of a metric of one of its backend APIs.")


def _refuse_alike(work: Work, service_ids: Iterable[int], names: Iterable[str], field: str) -> None:
    alike = select(Metric).where(
        col(Metric.service_id).in_(list(service_ids)), col(Metric.system_name).in_(list(names))
    )
    own = work.db.exec(alike).first()
    if own is not None:
        raise Taken(field, f"can't be: the API has a metric {own.system_name!r} of its own.")


def _refuse_limited(work: Work, usage: BackendUsage) -> None:
    """Refuse to leave limits behind that nothing counts for any more."""
    limits = (
        select(func.count())
        .select_from(UsageLimit)
        .where(col(UsageLimit.plan_id) == col(ApplicationPlan.id))
        .where(col(UsageLimit.metric_id) == col(Metric.id))
        .where(ApplicationPlan.service_id == usage.service_id)
        .where(Metric.backend_api_id == usage.backend_api_id)
    )
    if work.db.exec(limits).one():
        raise InUse("Plans limit metrics of this backend API. Delete those limits first.")


BACKEND_USAGES = Resource(
    name="backend_usage",
    model=BackendUsage,
    draft=BackendUsageDraft,
    read=Permission.SERVICES_READ,
    edit=Permission.SERVICES_EDIT,
    noun="backend usage",
    events=Lifecycle(
        created=EventKind.BACKEND_USAGE_CREATED,
        updated=EventKind.BACKEND_USAGE_UPDATED,
        deleted=EventKind.BACKEND_USAGE_DELETED,
    ),
    listing=Listing("backend_usages", BackendUsage),
    parent=Parent(column="service_id", get=get_service),
    unique="path",
    facts=("backend_api_id",),
    prepare=_refuse_unusable,
    refuse_delete=_refuse_limited,
)


def get_counted_metric(work: Work, metric_id: int, service_id: int, field: str) -> Metric:
    """Find a metric that counts for a service: its own, or of a backend API that it is made of.

    The use of the backend API stays until the commit. Raises: Invalid.
    """
    metric = work.db.get_one(Metric, metric_id)
    if metric.service_id == service_id:
        return metric
    query = select(BackendUsage).where(
        BackendUsage.service_id == service_id,
        BackendUsage.backend_api_id == (metric.backend_api_id or 0),
    )
    with work.db.no_autoflush:
        usage = work.db.exec(query).first()
    if usage is None or not lock(work.db, usage, TO_REFER):
        raise Invalid("must be a metric of the API or of its backend APIs.", field=field)
    return metric
