"""The queries behind the directory: rows in, the gateway's records out."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from gateway.config.document import ServiceDocument
from gateway.directory import Application, Environment, Limit, Metric, Provider, Service
from gateway.windows import Period
from server.actions.applications.referrer_filters import filters_by_application
from server.actions.services.configs import find_current_config
from server.actions.services.documents import document_of
from server.actions.services.metrics import list_metrics
from server.auth.origins import origins_of
from server.domain.accounts.accounts import Account
from server.domain.applications.applications import Application as ApplicationRow
from server.domain.applications.applications import ApplicationKey
from server.domain.installation import Addresses, Installation
from server.domain.plans.limits import UsageLimit
from server.domain.plans.plans import ApplicationPlan
from server.domain.provider.hosts import Host, name_of
from server.domain.provider.providers import Provider as ProviderRow
from server.domain.services.configs import ProxyConfig
from server.domain.services.metrics import Metric as MetricRow
from server.domain.services.services import Service as ServiceRow

NO_KEYS = frozenset[bytes]()
APPLICATION_COLUMNS: tuple[Any, ...] = (
    ApplicationRow.id,
    ApplicationRow.application_id,
    ApplicationRow.provider_id,
    ApplicationRow.service_id,
    ApplicationRow.plan_id,
    ApplicationRow.state,
    ApplicationRow.user_key_digest,
    ApplicationRow.redirect_url,
    col(Account.state).label("account_state"),
    col(ApplicationPlan.name).label("plan_name"),
)
LIMIT_COLUMNS: tuple[Any, ...] = (
    UsageLimit.plan_id,
    MetricRow.system_name,
    MetricRow.id,
    UsageLimit.period,
    UsageLimit.value,
)
CLOSED = ("deleted", "offline")


def find_service_by_host(db: Session, host: str, domain: str) -> tuple[Environment, int] | None:
    """Find the service and environment that a gateway host name means."""
    query = select(Host).where(Host.service_id == ServiceRow.id, ServiceRow.state != "deleted")
    place = db.exec(query.where(Host.name == name_of(host, domain))).first()
    if place is None or place.service_id is None:
        return None
    return cast("Environment", place.environment), place.service_id


def find_host_owner(db: Session, host: str, domain: str) -> int | None:
    """Find the id of the provider whose host this is, be it of a portal, a gateway or of old."""
    return db.exec(select(Host.provider_id).where(Host.name == name_of(host, domain))).first()


def find_owner(db: Session, service_id: int) -> int | None:
    """Find the id of the provider of a service, deleted or not."""
    row = db.get(ServiceRow, service_id)
    return None if row is None else row.provider_id


def find_service_by_name(db: Session, system_name: str) -> int | None:
    """Find the id of a service of the first provider."""
    query = select(ServiceRow.id).where(
        ServiceRow.provider_id == ProviderRow.id,
        ProviderRow.is_first,
        ServiceRow.system_name == system_name,
        ServiceRow.state != "deleted",
    )
    return db.exec(query).first()


def find_document_record(
    db: Session, installation: Installation, environment: Environment, service_id: int
) -> ServiceDocument | None:
    """Read and parse what an environment runs; None for a service that is gone."""
    config = _running(db, environment, service_id)
    return None if config is None else ServiceDocument.parse(document_of(installation, config))


def find_document_version(db: Session, environment: Environment, service_id: int) -> int | None:
    """Find the id of what an environment runs, by which two readings are told apart."""
    config = _running(db, environment, service_id)
    return None if config is None else config.id


def _running(db: Session, environment: Environment, service_id: int) -> ProxyConfig | None:
    service = db.get(ServiceRow, service_id)
    config = find_current_config(db, service_id, environment)
    if service is None or service.state in CLOSED or config is None:
        return None
    if db.get_one(ProviderRow, service.provider_id).state != "approved":
        return None
    return config


def find_service_record(db: Session, service_id: int, addresses: Addresses) -> Service | None:
    """Read the live side of a service."""
    row = db.get(ServiceRow, service_id)
    if row is None or row.state == "deleted":
        return None
    metrics = list_metrics(db, service_id)
    names = {metric.id: metric.system_name for metric in metrics}
    return Service(
        id=row.id,
        provider_id=row.provider_id,
        system_name=row.system_name,
        backend_version=row.backend_version,
        active=row.state not in CLOSED
        and db.get_one(ProviderRow, row.provider_id).state == "approved",
        referrer_filters_required=row.referrer_filters_required,
        origins=frozenset(each.encode() for each in origins_of(db, addresses, row.provider_id)),
        metrics={
            metric.system_name: Metric(
                metric.id, metric.system_name, names.get(metric.parent_id or 0)
            )
            for metric in metrics
        },
    )


Place = tuple[int, str]  # a service, and what names one of its applications


def find_by_user_keys(
    db: Session, digest: Callable[[str], bytes], places: Sequence[Place]
) -> dict[Place, Application]:
    """Read the applications of user_keys, of those that there are."""
    keys = {(service_id, digest(key)): (service_id, key) for service_id, key in places}
    services = {service_id for service_id, _ in places}
    condition = col(ApplicationRow.user_key_digest).in_({digest for _, digest in keys})
    found = _application_records(db, condition, services)
    records = {keys[place]: record for place, record in found if place in keys}
    left = {place: place_of for place, place_of in keys.items() if place_of not in records}
    return {**_find_by_old_keys(db, left, services), **records}


def _find_by_old_keys(
    db: Session, keys: Mapping[tuple[int, bytes], Place], services: Collection[int]
) -> dict[Place, Application]:
    """Read the applications whose user_key before the one of today still holds.

    Cost: one query more for keys that are nobody's today.
    """
    if not keys:
        return {}
    digests = {digest for _, digest in keys}
    old = select(
        ApplicationRow.service_id,
        ApplicationRow.old_key_digest,
        ApplicationRow.user_key_digest,
        ApplicationRow.old_key_ends_at,
    ).where(col(ApplicationRow.old_key_digest).in_(digests))
    rows = [row for row in db.exec(old).all() if (row[0], row[1]) in keys and row[3] is not None]
    if not rows:
        return {}
    today = col(ApplicationRow.user_key_digest).in_({row[2] for row in rows})
    found = dict(_application_records(db, today, services))
    return {
        keys[service_id, old_digest or b""]: replace(
            found[service_id, digest], ends_at=ends_at.timestamp()
        )
        for service_id, old_digest, digest, ends_at in rows
        if (service_id, digest) in found
    }


def find_by_app_ids(db: Session, places: Sequence[Place]) -> dict[Place, Application]:
    """Read the applications of app_ids, of those that there are."""
    condition = col(ApplicationRow.application_id).in_({app_id for _, app_id in places})
    found = _application_records(db, condition, {service_id for service_id, _ in places})
    records = {(record.service_id, record.application_id): record for _, record in found}
    return {place: records[place] for place in places if place in records}


def _application_records(
    db: Session, condition: ColumnElement[bool], service_ids: Collection[int]
) -> list[tuple[tuple[int, bytes], Application]]:
    """Read applications of services with plan, limits and keys, by their user_key's digest.

    Cost: four queries, however many applications.
    """
    query = (
        select(*APPLICATION_COLUMNS)
        .join(ApplicationPlan, col(ApplicationPlan.id) == ApplicationRow.plan_id)
        .join(Account, col(Account.id) == ApplicationRow.account_id)
        .where(col(ApplicationRow.service_id).in_(service_ids), condition)
    )
    rows = db.execute(query).all()
    limits = _limits(db, {row.plan_id for row in rows})
    ids = [row.id for row in rows]
    digests, ends = _key_digests(db, ids)
    filters = filters_by_application(db, ids)
    return [
        (
            (row.service_id, row.user_key_digest),
            Application(
                id=row.id,
                application_id=row.application_id,
                provider_id=row.provider_id,
                service_id=row.service_id,
                active=row.state == "live" and row.account_state == "approved",
                plan_name=row.plan_name,
                limits=limits.get(row.plan_id, ()),
                key_digests=digests.get(row.id, NO_KEYS),
                key_ends=ends.get(row.id, ()),
                referrer_filters=tuple(each.value for each in filters.get(row.id, ())),
                redirect_url=row.redirect_url,
            ),
        )
        for row in rows
    ]


Ends = dict[int, tuple[tuple[bytes, float], ...]]


def _key_digests(
    db: Session, application_ids: Sequence[int]
) -> tuple[dict[int, frozenset[bytes]], Ends]:
    """Read the keys of applications, and when those end that do."""
    query = select(
        ApplicationKey.application_id, ApplicationKey.digest, ApplicationKey.ends_at
    ).where(col(ApplicationKey.application_id).in_(application_ids))
    found: dict[int, set[bytes]] = {}
    ends: Ends = {}
    for application_id, digest, ends_at in db.execute(query):
        found.setdefault(application_id, set()).add(digest)
        if ends_at is not None:
            ends[application_id] = (
                *ends.get(application_id, ()),
                (digest, ends_at.timestamp()),
            )
    return {each: frozenset(digests) for each, digests in found.items()}, ends


def _limits(db: Session, plan_ids: Collection[int]) -> dict[int, tuple[Limit, ...]]:
    query = (
        select(*LIMIT_COLUMNS)
        .where(UsageLimit.metric_id == MetricRow.id, col(UsageLimit.plan_id).in_(plan_ids))
        .order_by(col(UsageLimit.id))
    )
    found: dict[int, list[Limit]] = {}
    for plan_id, name, metric_id, period, value in db.execute(query):
        found.setdefault(plan_id, []).append(Limit(name, metric_id, Period(period), value))
    return {plan_id: tuple(limits) for plan_id, limits in found.items()}


def find_provider_record(db: Session, digest: bytes) -> Provider | None:
    """Read who a provider key's digest stands for."""
    query = select(ProviderRow).where(ProviderRow.provider_key_digest == digest)
    row = db.exec(query).first()
    if row is None or row.state != "approved":
        return None
    services = db.exec(
        select(ServiceRow).where(ServiceRow.provider_id == row.id, ServiceRow.state != "deleted")
    ).all()
    default = next((service.id for service in services if service.is_default), None)
    return Provider(row.id, frozenset(service.id for service in services), default)


def has_token(db: Session, service_id: int, digest: bytes) -> bool:
    """Return whether a service has the token of this digest."""
    query = select(ServiceRow.id).where(
        ServiceRow.id == service_id,
        ServiceRow.service_token_digest == digest,
        ServiceRow.state != "deleted",
    )
    return db.exec(query).first() is not None
