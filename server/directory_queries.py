"""The queries behind the directory: rows in, the gateway's records out."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any, cast

from sqlalchemy import TextClause, bindparam, text
from sqlmodel import Session, col, select

from gateway.config.document import ServiceDocument
from gateway.directory import Application, Environment, Limit, Metric, Provider, Service
from gateway.windows import Period
from server.actions.services.configs import find_current_config
from server.actions.services.documents import document_of
from server.actions.services.metrics import list_counted_metrics
from server.auth.origins import origins_of
from server.domain.applications.applications import Application as ApplicationRow
from server.domain.installation import Addresses, Installation
from server.domain.provider.hosts import Host, name_of
from server.domain.provider.providers import Provider as ProviderRow
from server.domain.services.configs import ProxyConfig
from server.domain.services.metrics import HITS
from server.domain.services.metrics import Metric as MetricRow
from server.domain.services.services import Service as ServiceRow
from server.kit.db import as_json, epoch_of, hex_of

# All that the gateway wants to know of applications, in one statement: where many are called for
# the first time, each further one would cost a way to the database and back. Source: bench/README.
APPLICATIONS = """
SELECT applications.id, applications.application_id, applications.provider_id,
  applications.service_id, applications.user_key_digest, applications.redirect_url,
  applications.state = 'live' AND accounts.state = 'approved' AS active,
  application_plans.name AS plan_name,
  (SELECT {limits} FROM usage_limits JOIN metrics ON metrics.id = usage_limits.metric_id
    WHERE usage_limits.plan_id = applications.plan_id) AS limits,
  (SELECT {keys} FROM application_keys
    WHERE application_keys.application_id = applications.id) AS key_digests,
  (SELECT {filters} FROM referrer_filters
    WHERE referrer_filters.application_id = applications.id) AS referrer_filters
FROM applications
JOIN application_plans ON application_plans.id = applications.plan_id
JOIN accounts ON accounts.id = applications.account_id
WHERE applications.service_id IN :service_ids AND applications.{named_by} IN :names
"""
LIMIT = (
    "usage_limits.id",
    "COALESCE(metrics.system_name || '.' || metrics.backend_api_id, metrics.system_name)",
    "metrics.id",
    "usage_limits.period",
    "usage_limits.value",
)
FILTER = ("referrer_filters.id", "referrer_filters.value")
MOST_PLANS = 10_000  # whose limits are read once
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
    metrics = list_counted_metrics(db, service_id, running=True)
    return Service(
        id=row.id,
        provider_id=row.provider_id,
        system_name=row.system_name,
        backend_version=row.backend_version,
        active=row.state not in CLOSED
        and db.get_one(ProviderRow, row.provider_id).state == "approved",
        referrer_filters_required=row.referrer_filters_required,
        origins=frozenset(each.encode() for each in origins_of(db, addresses, row.provider_id)),
        metrics=_counted(metrics),
    )


def _counted(metrics: Sequence[MetricRow]) -> dict[str, Metric]:
    """Tell what is counted by name; the hits of backend APIs count for those of the service."""
    names = {metric.id: metric.wire_name for metric in metrics}
    counted = {}
    for metric in reversed(metrics):  # the service's own come last, and stay
        parent = names.get(metric.parent_id or 0)
        if metric.backend_api_id is not None and metric.system_name == HITS:
            parent = HITS
        counted[metric.wire_name] = Metric(metric.id, metric.wire_name, parent)
    return counted


Place = tuple[int, str]  # a service, and what names one of its applications


def find_by_user_keys(
    db: Session, digest: Callable[[str], bytes], places: Sequence[Place]
) -> dict[Place, Application]:
    """Read the applications of user_keys, of those that there are."""
    keys = {(service_id, digest(key)): (service_id, key) for service_id, key in places}
    names, services = {digest for _, digest in keys}, {place[0] for place in places}
    found = _application_records(db, "user_key_digest", names, services)
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
    found = dict(_application_records(db, "user_key_digest", {row[2] for row in rows}, services))
    return {
        keys[service_id, old_digest or b""]: replace(
            found[service_id, digest], ends_at=ends_at.timestamp()
        )
        for service_id, old_digest, digest, ends_at in rows
        if (service_id, digest) in found
    }


def find_by_app_ids(db: Session, places: Sequence[Place]) -> dict[Place, Application]:
    """Read the applications of app_ids, of those that there are."""
    names = {app_id for _, app_id in places}
    found = _application_records(db, "application_id", names, {place[0] for place in places})
    records = {(record.service_id, record.application_id): record for _, record in found}
    return {place: records[place] for place in places if place in records}


def _application_records(
    db: Session, named_by: str, names: Collection[str | bytes], service_ids: Collection[int]
) -> list[tuple[tuple[int, bytes], Application]]:
    """Read applications of services with plan, limits and keys, by their user_key's digest.

    Cost: one query, however many applications.
    """
    statement = _applications(db.get_bind().dialect.name, named_by)
    rows = db.execute(statement, {"service_ids": list(service_ids), "names": list(names)})
    return [
        (
            (row.service_id, row.user_key_digest),
            Application(
                id=row.id,
                application_id=row.application_id,
                provider_id=row.provider_id,
                service_id=row.service_id,
                active=bool(row.active),
                plan_name=row.plan_name,
                limits=_limits_of(row.limits),
                **_keys_of(row.key_digests),
                referrer_filters=tuple(
                    value for _, value in sorted(_rows_of(row.referrer_filters))
                ),
                redirect_url=row.redirect_url,
            ),
        )
        for row in rows
    ]


@cache
def _applications(dialect: str, named_by: str) -> TextClause:
    key = (
        hex_of(dialect, "application_keys.digest"),
        epoch_of(dialect, "application_keys.ends_at"),
    )
    statement = APPLICATIONS.format(
        named_by=named_by,
        limits=as_json(dialect, LIMIT),
        keys=as_json(dialect, key),
        filters=as_json(dialect, FILTER),
    )
    return text(statement).bindparams(
        bindparam("service_ids", expanding=True), bindparam("names", expanding=True)
    )


@lru_cache(MOST_PLANS)
def _limits_of(rows: str | None) -> tuple[Limit, ...]:
    """Read the limits of a plan; all applications on it share them."""
    return tuple(
        [
            Limit(name, metric_id, Period(period), value)
            for _, name, metric_id, period, value in sorted(_rows_of(rows))
        ]
    )


def _keys_of(rows: str | None) -> dict[str, Any]:
    """Read the keys of an application, and when those end that do."""
    keys = [(bytes.fromhex(digest), ends_at_s) for digest, ends_at_s in _rows_of(rows)]
    return {
        "key_digests": frozenset(digest for digest, _ in keys),
        "key_ends": tuple((digest, at_s) for digest, at_s in keys if at_s is not None),
    }


def _rows_of(rows: str | None) -> list[list[Any]]:
    found: list[list[Any]] = [] if rows is None else json.loads(rows)
    return found


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
