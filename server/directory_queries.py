"""The queries behind the directory: rows in, the gateway's records out."""

from typing import Any, cast

from sqlmodel import Session, col, select

from gateway.config.document import ServiceDocument
from gateway.directory import Application, Environment, Limit, Metric, Provider, Service
from gateway.windows import Period
from server.actions.applications.keys import list_keys
from server.actions.services.configs import find_current_config
from server.actions.services.documents import document_of
from server.actions.services.metrics import list_metrics
from server.auth.origins import origins_of
from server.domain.accounts.accounts import Account
from server.domain.applications.applications import Application as ApplicationRow
from server.domain.installation import Addresses, Installation
from server.domain.plans.limits import UsageLimit
from server.domain.plans.plans import ApplicationPlan
from server.domain.provider.hosts import Host, name_of
from server.domain.provider.providers import Provider as ProviderRow
from server.domain.services.configs import ProxyConfig
from server.domain.services.metrics import Metric as MetricRow
from server.domain.services.services import Service as ServiceRow

CLOSED = ("deleted", "offline")


def find_service_by_host(db: Session, host: str, domain: str) -> tuple[Environment, int] | None:
    """Find the service and environment that a gateway host name means."""
    query = select(Host).where(Host.service_id == ServiceRow.id, ServiceRow.state != "deleted")
    place = db.exec(query.where(Host.name == name_of(host, domain))).first()
    if place is None or place.service_id is None:
        return None
    return cast("Environment", place.environment), place.service_id


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


def find_application_record(db: Session, service_id: int, condition: Any) -> Application | None:
    """Read the application of a service that `condition` names, with plan, limits and keys."""
    row = db.exec(
        select(ApplicationRow).where(ApplicationRow.service_id == service_id, condition)
    ).first()
    if row is None:
        return None
    plan = db.get_one(ApplicationPlan, row.plan_id)
    account = db.get_one(Account, row.account_id)
    return Application(
        id=row.id,
        application_id=row.application_id,
        provider_id=row.provider_id,
        service_id=row.service_id,
        active=row.state == "live" and account.state == "approved",
        plan_name=plan.name,
        limits=_limits(db, plan.id),
        key_digests=frozenset(key.digest for key in list_keys(db, row.id)),
        redirect_url=row.redirect_url,
    )


def _limits(db: Session, plan_id: int) -> tuple[Limit, ...]:
    query = (
        select(UsageLimit, MetricRow)
        .where(UsageLimit.metric_id == MetricRow.id, UsageLimit.plan_id == plan_id)
        .order_by(col(UsageLimit.id))
    )
    return tuple(
        Limit(metric.system_name, metric.id, Period(limit.period), limit.value)
        for limit, metric in db.exec(query)
    )


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
