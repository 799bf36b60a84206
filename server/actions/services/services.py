"""APIs of a provider: create, change, delete. What gateways are told of them is in staging at once.

A change of a service or its proxy deploys to staging by itself, whoever makes it: see decision D26.
"""

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, func
from sqlmodel import col, select

from server.actions.provider.domains import drop_domains_of
from server.actions.provider.hosts import give_gateway_hosts
from server.actions.resources import Lifecycle, Resource
from server.actions.rows import hold_provider, hold_to_delete, save
from server.actions.secrets import seal_value
from server.actions.services.configs import stage_if_ready
from server.actions.services.lookup import get_service, hold_service
from server.actions.services.upstreams import refuse_own_address
from server.actions.work import Work
from server.domain.accounts.accounts import ServiceContract
from server.domain.actors import Actor
from server.domain.applications.applications import Application
from server.domain.errors import Conflict, Forbidden, InUse, Invalid, counted
from server.domain.events import HIDDEN, EventKind
from server.domain.permissions import Permission
from server.domain.plans.plans import ServicePlan
from server.domain.services.backend_apis import BackendUsage
from server.domain.services.mapping_rules import MappingRule
from server.domain.services.metrics import HITS, Metric
from server.domain.services.proxies import Proxy, clean_upstream
from server.domain.services.services import Service, ServiceDraft, ServiceEvent
from server.domain.states import SERVICE, move
from server.kit.ids import random_hex
from server.kit.paging import Listing

SECRET_TOKEN = "Shared_secret_sent_from_proxy_to_API_backend_"  # noqa: S105 - how each begins
SERVICE_TOKEN = re.compile(r"[\x21-\x7e]{8,255}")


def _not_deleted(actor: Actor) -> tuple[Any, ...]:
    return (col(Service.state) != "deleted",)


def _find(work: Work, model: type[Service], service_id: int | None) -> Service:
    return get_service(work, service_id)


SERVICES = Resource(
    name="service",
    model=Service,
    draft=ServiceDraft,
    read=Permission.SERVICES_READ,
    edit=Permission.SERVICES_EDIT,
    events=Lifecycle(created=EventKind.SERVICE_CREATED, updated=EventKind.SERVICE_UPDATED),
    listing=Listing("services", Service),
    reach=_not_deleted,
    find=_find,
    home=lambda work, service: service.id,
)


def create_service(work: Work, values: Mapping[str, Any]) -> Service:
    """Create a service with hosts, metric `hits`, rule `GET /`, a service plan, proxy and deploy.

    `api_backend` may be among the values: it belongs to the proxy. Without it, it is the Echo API.
    Raises: Forbidden, Invalid, Taken.
    """
    work.actor.require(SERVICES.edit)
    if work.actor.service_ids is not None:
        raise Forbidden("You reach some APIs only. Who reaches all of them makes new ones.")
    given = dict(values)
    upstream = clean_upstream(given.pop("api_backend", None) or work.installation.addresses.echo)
    refuse_own_address(work.installation, upstream)
    token = random_hex(32)
    hold_provider(work)
    service = SERVICES.create(
        work,
        given,
        is_default=_count(work) == 0,
        service_token_digest=work.installation.vault.digest(token),
        service_token_sealed=work.installation.vault.seal(token),
    )
    give_gateway_hosts(work.db, work.installation.addresses, service)
    _seed(work, service, upstream)
    stage_if_ready(work, service.id)
    return service


def _seed(work: Work, service: Service, api_backend: str) -> None:
    """Give a new service what every service has. Source: reference-portal 4.3, 9.2."""
    owner, home, vault = work.actor.provider_id, service.id, work.installation.vault
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
        secret_token_sealed=seal_value(vault, f"{SECRET_TOKEN}{random_hex(8)}"),
        policy_chain_sealed=seal_value(vault, []),
    )
    work.db.add_all([rule, plan, proxy])
    work.db.flush()  # the caller's next query must see them


def update_service(work: Work, service_id: int, changes: Mapping[str, Any]) -> Service:
    """Change a service's settings and deploy them to staging. Raises: NotFound, Invalid."""
    hold_service(work, service_id)
    service = SERVICES.update(work, service_id, changes)
    stage_if_ready(work, service.id)
    return service


def take_service_token(work: Work, service_id: int, token: str) -> Service:
    """Give a service the token that gateways and plug-ins have of it from elsewhere.

    The one before opens nothing any more. Raises: NotFound, Invalid.
    """
    work.actor.require(SERVICES.edit)
    service = hold_service(work, service_id)
    if not SERVICE_TOKEN.fullmatch(token):
        raise Invalid("must be 8 to 255 printable ASCII characters.", field="service_token")
    vault = work.installation.vault
    if service.service_token_digest == vault.digest(token):
        return service
    service.service_token_digest = vault.digest(token)
    service.service_token_sealed = vault.seal(token)
    _tell(work, service, {"service_token": [HIDDEN, HIDDEN]})
    stage_if_ready(work, service.id)
    return service


def move_service(work: Work, service_id: int, event: str) -> Service:
    """Move a service to another state, such as by `hide`. Raises: NotFound, Invalid, Conflict."""
    work.actor.require(SERVICES.edit)
    service = hold_service(work, service_id)
    if event not in set(ServiceEvent):
        raise Invalid(f"must be one of {', '.join(ServiceEvent)}.", field="state_event")
    before = service.state
    move(service, SERVICE, event)
    _tell(work, service, {"state": [before, service.state]})
    return service


def _tell(work: Work, service: Service, changes: Mapping[str, list[Any]]) -> None:
    SERVICES.tell(work, EventKind.SERVICE_UPDATED, service, changes)


def delete_service(work: Work, service_id: int) -> Service:
    """Delete a service with its subscriptions; its usage stays.

    Raises: InUse while applications are on its plans; Conflict, for the last or default one.
    """
    work.actor.require(Permission.SERVICES_EDIT)
    hold_provider(work)
    service = hold_to_delete(work.db, get_service(work, service_id))
    service = get_service(work, service.id)  # who held it before may have deleted it
    if service.is_default:
        raise InUse("The default service can't be deleted. Make another one the default first.")
    if _count(work) <= 1:
        raise Conflict("The last service can't be deleted.")
    _refuse_used(work, service)
    before = service.state
    move(service, SERVICE, "mark_as_deleted")
    service.system_name = f"{service.system_name}-deleted-{service.id}"
    subscribed = col(ServiceContract.service_id) == service.id
    work.db.execute(delete(ServiceContract).where(subscribed))
    mounted = col(BackendUsage.service_id) == service.id
    work.db.execute(delete(BackendUsage).where(mounted))
    drop_domains_of(work, service)
    _tell(work, service, {"state": [before, service.state]})
    return service


def _refuse_used(work: Work, service: Service) -> None:
    """Refuse to end what customers call: nobody's application ends unasked. Raises: InUse."""
    applications = select(func.count()).where(Application.service_id == service.id)
    if number := work.db.exec(applications).one():
        who = counted(number, "application", "is")
        raise InUse(f"{who} on its plans. Delete them first, or keep the API and hide its plans.")


def make_default_service(work: Work, service_id: int) -> Service:
    """Make a service the one that answers when none is named."""
    work.actor.require(Permission.SERVICES_EDIT)
    hold_provider(work)
    service = hold_service(work, service_id)
    if service.is_default:
        return service
    defaults = SERVICES.query(work.actor).where(col(Service.is_default))
    for other in work.db.exec(defaults.execution_options(populate_existing=True)):
        other.is_default = False
    service.is_default = True
    _tell(work, service, {"is_default": [False, True]})
    return service


def _count(work: Work) -> int:
    query = SERVICES.query(Actor.system(work.actor.provider_id)).with_only_columns(func.count())
    return int(work.db.execute(query).scalar_one())
