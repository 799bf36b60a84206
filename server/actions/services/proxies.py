"""A service's gateway: its settings, and the test call."""

from collections.abc import Mapping
from typing import Any

from server.actions.resources import Lifecycle, Parent, Resource
from server.actions.rows import hold
from server.actions.services.backend_apis import list_usages
from server.actions.services.configs import find_current_config, stage_if_ready
from server.actions.services.lookup import get_proxy, get_service, hold_service
from server.actions.services.policies import CHAIN, chain_of, refuse_wrong_chain
from server.actions.services.services import SERVICES
from server.actions.services.upstreams import refuse_own_address
from server.actions.work import Work
from server.domain.drafts import clean_attribute, parse
from server.domain.errors import Conflict, Invalid
from server.domain.events import Event, EventKind
from server.domain.permissions import Permission
from server.domain.services.proxies import ProbeResult, Proxy, ProxyDraft, ProxyEdit
from server.kit.paging import Listing


def _refuse_unusable(work: Work, proxy: Proxy) -> None:
    refuse_wrong_chain(work, proxy)
    if proxy.api_backend:
        refuse_own_address(work.installation, proxy.api_backend, proxy.hostname_rewrite)
    usages = list_usages(work.db, proxy.service_id)
    if not proxy.api_backend and not usages:
        raise Invalid(
            "can be empty only for an API that is made of backend APIs. Give one, "
            "such as https://api.example.com:443.",
            field="api_backend",
        )
    for _, backend in usages:
        refuse_own_address(
            work.installation,
            backend.private_endpoint,
            proxy.hostname_rewrite,
            field="hostname_rewrite",
        )


PROXIES = Resource(
    name="proxy",
    model=Proxy,
    draft=ProxyDraft,
    read=Permission.SERVICES_READ,
    edit=Permission.SERVICES_EDIT,
    events=Lifecycle(updated=EventKind.PROXY_UPDATED),
    listing=Listing("proxies", Proxy),
    parent=Parent(column="service_id", get=get_service),
    prepare=_refuse_unusable,
    partly={"policy_chain": CHAIN},
)
BESIDE = tuple(ProxyEdit.model_fields)


def update_proxy(work: Work, service_id: int, changes: Mapping[str, Any]) -> Proxy:
    """Change gateway settings and deploy them to staging.

    `backend_version` may be among the changes: it belongs to the service. What a policy chain
    says is hidden stays as it stands.
    Raises: NotFound, Invalid, Conflict when `lock_version` is not the current one.
    """
    work.actor.require(PROXIES.edit)
    service = hold_service(work, service_id)
    proxy = hold(work.db, get_proxy(work.db, service))
    beside = parse(ProxyEdit, {name: changes[name] for name in BESIDE if name in changes})
    if beside.lock_version not in {None, proxy.lock_version}:
        raise Conflict("was changed by somebody else. Load it again.", field="lock_version")
    before = PROXIES.values_of(proxy), service.backend_version
    own = {name: value for name, value in changes.items() if name not in BESIDE}
    if "policy_chain" in own:
        chain = clean_attribute(ProxyDraft, "policy_chain", own["policy_chain"])
        own["policy_chain"] = CHAIN.keep(chain, chain_of(work.installation.vault, proxy))
    PROXIES.update(work, proxy.id, own)
    if beside.backend_version is not None:
        SERVICES.update(work, service.id, {"backend_version": beside.backend_version})
    if before != (PROXIES.values_of(proxy), service.backend_version):
        proxy.lock_version += 1
    stage_if_ready(work, service_id)
    return proxy


def record_test(work: Work, service_id: int, result: ProbeResult) -> Proxy:
    """Keep the result of the test call."""
    work.actor.require(Permission.SERVICES_EDIT)
    service = get_service(work, service_id)
    proxy = hold(work.db, get_proxy(work.db, service))
    proxy.api_test_success = result.ok
    proxy.api_test_status = result.status
    proxy.api_test_message = result.message
    proxy.api_tested_at = work.now
    if result.ok and proxy.api_test_passed_version is None:
        staged = find_current_config(work.db, service.id, "staging")
        proxy.api_test_passed_version = staged.version if staged else None
    event = Event(
        EventKind.PROXY_TESTED,
        proxy.id,
        service_id=service.id,
        facts={"ok": result.ok, "status": result.status},
    )
    work.record(event)
    return proxy
