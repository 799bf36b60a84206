"""APIs of a provider: create, change, delete."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.rows import Rules, change, clean_bool, get_owned, save
from server.actions.work import Work
from server.domain.accounts.users import clean_email
from server.domain.actors import Actor
from server.domain.errors import Conflict, InUse, Invalid, Taken
from server.domain.events import Event, EventKind
from server.domain.fields import (
    MOST_DESCRIPTION,
    clean_optional_text,
    clean_system_name,
    clean_text,
)
from server.domain.permissions import Permission
from server.domain.plans.plans import ServicePlan
from server.domain.provider.providers import Provider
from server.domain.services.mapping_rules import MappingRule
from server.domain.services.metrics import HITS, Metric
from server.domain.services.proxies import Proxy, clean_upstream
from server.domain.services.services import (
    Service,
    clean_backend_version,
    clean_plan_change_permission,
)
from server.domain.states import SERVICE, move
from server.kit.ids import random_hex
from server.kit.paging import Listing

LISTING = Listing("services", Service)
FLAGS = (
    "buyers_manage_apps",
    "buyers_manage_keys",
    "custom_keys_enabled",
    "buyer_key_regenerate_enabled",
    "mandatory_app_key",
    "referrer_filters_required",
    "intentions_required",
    "buyer_can_select_plan",
)
RULES: Rules = {
    "name": lambda v: clean_text(v, "name"),
    "description": lambda v: clean_optional_text(v, "description", most=MOST_DESCRIPTION),
    "support_email": lambda v: _clean_support_email(v) if v else "",
    "backend_version": clean_backend_version,
    "buyer_plan_change_permission": clean_plan_change_permission,
    **dict.fromkeys(FLAGS, clean_bool),
}


def _clean_support_email(text: str) -> str:
    """Check a mail address, blaming this field. Raises: Invalid."""
    try:
        return clean_email(text)
    except Invalid as error:
        raise Invalid(error.message, field="support_email") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class NewService:
    """What a new service needs; the rest has defaults."""

    name: str
    system_name: str | None = None
    description: str = ""
    backend_version: str = "1"
    api_backend: str | None = None  # default: the Echo API


def services_query(actor: Actor) -> SelectOfScalar[Service]:
    """Select the provider's services that are not deleted."""
    actor.require(Permission.SERVICES_READ)
    return select(Service).where(
        Service.provider_id == actor.provider_id, Service.state != "deleted"
    )


def get_service(work: Work, service_id: int | None) -> Service:
    """Find a service. Raises: NotFound."""
    service = get_owned(work, Service, service_id)
    if service.state == "deleted":
        get_owned(work, Service, None)
    return service


def get_proxy(db: Session, service: Service) -> Proxy:
    """Find the service's proxy; every service has one."""
    return db.exec(select(Proxy).where(Proxy.service_id == service.id)).one()


def create_service(work: Work, draft: NewService) -> Service:
    """Create a service with metric `hits`, rule `GET /`, a default service plan and a proxy.

    Raises: Invalid, Taken.
    """
    work.actor.require(Permission.SERVICES_EDIT)
    name = clean_text(draft.name, "name")
    system_name = clean_system_name(draft.system_name, name, separator="-")
    _refuse_taken_host(work, system_name)
    token = random_hex(32)
    service = Service(
        provider_id=work.actor.provider_id,
        name=name,
        system_name=system_name,
        description=clean_optional_text(draft.description, "description", most=MOST_DESCRIPTION),
        backend_version=clean_backend_version(draft.backend_version),
        is_default=_count(work) == 0,
        service_token_digest=work.installation.vault.digest(token),
        service_token_sealed=work.installation.vault.seal(token),
    )
    upstream = clean_upstream(draft.api_backend or work.installation.addresses.echo)
    save(work.db, service)
    _seed(work, service, upstream)
    work.record(
        Event(EventKind.SERVICE_CREATED, service.id, service_id=service.id),
    )
    return service


def _seed(work: Work, service: Service, api_backend: str) -> None:
    """Give a new service what every service has. Source: reference-portal 4.3, 9.2."""
    owner, home = work.actor.provider_id, service.id
    hits = Metric(provider_id=owner, service_id=home, system_name=HITS, friendly_name="Hits")
    save(work.db, hits)
    rule = MappingRule(
        provider_id=owner, service_id=home, metric_id=hits.id, http_method="GET", pattern="/"
    )
    plan = ServicePlan(
        provider_id=owner,
        service_id=home,
        name="Default",
        system_name="default",
        state="published",
        is_default=True,
    )
    proxy = Proxy(
        provider_id=owner,
        service_id=home,
        api_backend=api_backend,
        secret_token=f"Shared_secret_sent_from_proxy_to_API_backend_{random_hex(8)}",
    )
    work.db.add_all([rule, plan, proxy])
    work.db.flush()  # the caller's next query must see them


def update_service(work: Work, service_id: int, changes: Mapping[str, Any]) -> Service:
    """Change a service's settings. Raises: NotFound, Invalid."""
    work.actor.require(Permission.SERVICES_EDIT)
    service = get_service(work, service_id)
    changed = change(service, changes, RULES)
    if changed:
        save(work.db, service)
        work.record(
            Event(EventKind.SERVICE_UPDATED, service.id, service_id=service.id, changes=changed),
        )
    return service


def delete_service(work: Work, service_id: int) -> Service:
    """Take a service away; its usage stays. Raises: Conflict, for the last or default one."""
    work.actor.require(Permission.SERVICES_EDIT)
    service = get_service(work, service_id)
    if service.is_default:
        raise InUse("The default service can't be deleted. Make another one the default first.")
    if _count(work) <= 1:
        raise Conflict("The last service can't be deleted.")
    before = service.state
    move(service, SERVICE, "mark_as_deleted")
    service.system_name = f"{service.system_name}-deleted-{service.id}"
    work.record(
        Event(
            EventKind.SERVICE_UPDATED,
            service.id,
            service_id=service.id,
            changes={"state": [before, service.state]},
        ),
    )
    return service


def make_default_service(work: Work, service_id: int) -> Service:
    """Make a service the one that answers when none is named."""
    work.actor.require(Permission.SERVICES_EDIT)
    service = get_service(work, service_id)
    if service.is_default:
        return service
    for other in work.db.exec(services_query(work.actor).where(col(Service.is_default))):
        other.is_default = False
    service.is_default = True
    work.record(
        Event(
            EventKind.SERVICE_UPDATED,
            service.id,
            service_id=service.id,
            changes={"is_default": [False, True]},
        ),
    )
    return service


def find_default_service(db: Session, provider_id: int) -> Service | None:
    """Find the provider's default service."""
    query = select(Service).where(Service.provider_id == provider_id, col(Service.is_default))
    return db.exec(query).first()


def _count(work: Work) -> int:
    query = services_query(Actor.system(work.actor.provider_id)).with_only_columns(func.count())
    return int(work.db.execute(query).scalar_one())


def _refuse_taken_host(work: Work, system_name: str) -> None:
    """Refuse a service whose gateway host would be another provider's portal host."""
    provider = work.db.get_one(Provider, work.actor.provider_id)
    label = f"{system_name.lower().replace('_', '-')}-{provider.subdomain}"
    names = {label, label.removesuffix("-admin")}
    if work.db.exec(select(Provider).where(col(Provider.subdomain).in_(names))).first():
        raise Taken("system_name")
