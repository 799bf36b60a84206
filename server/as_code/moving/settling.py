"""What of a service is no entry of the configuration: tokens, state, what production runs."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlmodel import select

from server.actions.moving.moved_objects import find_moved
from server.actions.services.configs import find_current_config, promote
from server.actions.services.proxies import update_proxy
from server.actions.services.services import move_service, take_service_token
from server.actions.work import Work
from server.as_code.moving.move import Move, is_same, mark_of
from server.as_code.moving.tenant import Record, Tenant
from server.as_code.moving.wanted import digest_of
from server.domain.services.services import Service

STEPS: Mapping[str, Mapping[str, tuple[str, ...]]] = {  # from, to -> events
    "published": {
        "hidden": ("hide",),
        "offline": ("take_offline",),
        "deprecated": ("deprecate",),
        "incomplete": ("hide",),
    },
    "hidden": {
        "published": ("publish",),
        "offline": ("take_offline",),
        "deprecated": ("publish", "deprecate"),
    },
    "offline": {
        "published": ("publish",),
        "hidden": ("hide",),
        "deprecated": ("publish", "deprecate"),
    },
}
SAME = {("hidden", "incomplete")}  # what is there called otherwise
ENVIRONMENTS = ("sandbox", "production")
CHANGES_ALONE = ("id", "version", "created_at", "updated_at", "lock_version", "deployed_at")


def content_of(service: Record, environment: str) -> Mapping[str, Any]:
    """Read what an environment runs there; empty when nothing or nobody tells."""
    config = (service.get("configs") or {}).get(environment) or {}
    content: Mapping[str, Any] = config.get("content") or {}
    return content


def _bare(value: Any) -> Any:
    """Leave out what changes without meaning anything."""
    if isinstance(value, Mapping):
        return {name: _bare(each) for name, each in value.items() if name not in CHANGES_ALONE}
    if isinstance(value, list):
        return [_bare(each) for each in value]
    return value


def lags_behind(service: Record) -> bool:
    """Return whether production runs something else there than staging."""
    running, staged = (content_of(service, each) for each in ("production", "sandbox"))
    return bool(running) and _bare(running) != _bare(staged)


def as_in_production(tenant: Tenant, behind: set[str]) -> Tenant:
    """Tell a tenant as it was when these services, by their ids, went to production."""
    services = [
        _as_deployed(each) if str(each["id"]) in behind else each for each in tenant.services
    ]
    return replace(tenant, services=services)


def _as_deployed(service: Record) -> Record:
    content = content_of(service, "production")
    deployed: Mapping[str, Any] = content.get("proxy") or {}
    own = service.get("proxy") or {}
    proxy = {**own, **{name: deployed[name] for name in own if name in deployed}}
    if "policy_chain" in deployed:
        routed = any(link.get("name") == "routing" for link in own.get("policies_config") or ())
        proxy["policies_config"] = [
            link
            for link in deployed["policy_chain"]
            if routed or link.get("name") != "routing"  # made of the backends when it is deployed
        ]
    rules = [
        rule
        for rule in deployed.get("proxy_rules", ())
        if rule.get("owner_type", "Proxy") == "Proxy"
    ]
    told = {name: content[name] for name in ("backend_version",) if name in content}
    return {**service, **told, "proxy": proxy, "mapping_rules": rules}


class Settling:
    """Settles services once their configuration is here."""

    def __init__(self, move: Move) -> None:
        self.move = move

    def settle(self, work: Work, service: Record) -> None:
        """Have tokens and state of a service as they are there."""
        service_id = self.move.link("service", service["id"])
        if service_id is None:
            return
        proxy = service.get("proxy") or {}
        token, secret = service.get("service_token") or "", proxy.get("secret_token") or ""
        values = {
            "state": service.get("state"),
            "service_token": mark_of(work, token),
            "secret_token": mark_of(work, secret),
        }
        name = ("service_state", str(service["id"]))
        if is_same(find_moved(work, self.move.origin, *name), values):
            return
        what = f"service {service.get('system_name')}"
        if token:
            with self.move.trying(work, f"{what}, its service token"):
                take_service_token(work, service_id, token)
                self.move.report.did("kept", "service token", f"= {what}: its service token")
        else:
            told = "its service token is not told there: it has a new one here."
            way_out = "Read it in the portal there, or give gateways and plug-ins the new one."
            self.move.report.miss(f"{what}, its service token", told, way_out)
        if secret:
            with self.move.trying(work, f"{what}, its secret token"):
                update_proxy(work, service_id, {"secret_token": secret})
        elif proxy:
            told = (
                "the token that its gateway sends to your API is not told there: it is a new one."
            )
            way_out = "Give your API the new one, if it looks at it."
            self.move.report.miss(f"{what}, its secret token", told, way_out)
        self._to_state(work, service_id, str(values["state"] or ""), what)
        self.move.keep(work, name, service_id, digest=digest_of(values))

    def _to_state(self, work: Work, service_id: int, state: str, what: str) -> None:
        service = work.db.exec(select(Service).where(Service.id == service_id)).one()
        for event in STEPS.get(service.state, {}).get(state, ()):
            with self.move.trying(work, f"{what}, state {state}"):
                move_service(work, service_id, event)
                self.move.report.did("changed", "service", f"~ {what}: {event}")
        if state and state != service.state and (service.state, state) not in SAME:
            told = f"its state there is {state}: here it is {service.state}."
            self.move.report.miss(f"{what}, state", told, "Set it by hand.")

    def needs_production(self, work: Work, service: Record) -> bool:
        """Return whether production runs something there that it was not given here yet."""
        content = content_of(service, "production")
        noted = find_moved(work, self.move.origin, "production", str(service["id"]))
        return bool(content) and not is_same(noted, _bare(content))

    def promote(self, work: Work, service: Record) -> None:
        """Have production run what it runs there: staging is as it is there by now."""
        service_id = self.move.link("service", service["id"])
        if service_id is None:
            return
        what = f"service {service.get('system_name')}, production"
        content = content_of(service, "production")
        with self.move.trying(work, what, "Promote it by hand when it is ready."):
            staged = find_current_config(work.db, service_id, "staging")
            running = find_current_config(work.db, service_id, "production")
            if staged is None:
                self.move.report.miss(what, "nothing could be deployed to staging.")
                return
            if running is None or running.version != staged.version:
                promote(work, service_id)
                self.move.report.did("promoted", "service", f"^ {what}: version {staged.version}")
            name = ("production", str(service["id"]))
            self.move.keep(work, name, service_id, digest=digest_of(_bare(content)))
