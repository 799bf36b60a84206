"""A service's gateway: settings, deploys to staging, promotion to production, the test call."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.rows import Rules, change
from server.actions.services.documents import build_document
from server.actions.services.services import get_proxy, get_service
from server.actions.work import Work
from server.domain.actors import Actor
from server.domain.errors import Conflict, NotFound, NothingToPromote
from server.domain.events import HIDDEN, Event, EventKind
from server.domain.fields import clean_optional_text, clean_whole_number
from server.domain.installation import Installation
from server.domain.permissions import Permission
from server.domain.services.configs import ProxyConfig
from server.domain.services.proxies import (
    CONTENT_TYPE,
    CREDENTIALS_LOCATIONS,
    HOST_AND_PORT,
    SECRET_TOKEN,
    ProbeResult,
    Proxy,
    clean_choice,
    clean_credential_name,
    clean_match,
    clean_test_path,
    clean_upstream,
)
from server.domain.services.services import Service, clean_backend_version
from server.kit.ids import MOST_ID
from server.kit.paging import Listing

LISTING = Listing("proxy_configs", ProxyConfig, newest_first=True)
ERRORS = ("auth_failed", "auth_missing", "no_match", "limits_exceeded")
MOST_ERROR_TEXT = 4096


def _error_rules(name: str) -> Rules:
    text, status, headers = f"error_{name}", f"error_status_{name}", f"error_headers_{name}"
    return {
        text: lambda v: clean_optional_text(v, text, most=MOST_ERROR_TEXT),
        status: lambda v: clean_whole_number(v, status, least=200, most=599),
        headers: lambda v: clean_match(
            v, headers, CONTENT_TYPE, "must be a content type such as text/plain; charset=utf-8."
        ),
    }


RULES: Rules = {
    "api_backend": clean_upstream,
    "api_test_path": clean_test_path,
    "hostname_rewrite": lambda v: clean_match(
        v, "hostname_rewrite", HOST_AND_PORT, "must be a host name, with a port if need be."
    ),
    "secret_token": lambda v: clean_match(
        v, "secret_token", SECRET_TOKEN, "must hold only letters, digits, '_' and '-'."
    ),
    "credentials_location": lambda v: clean_choice(
        v, "credentials_location", CREDENTIALS_LOCATIONS
    ),
    "auth_user_key": lambda v: clean_credential_name(v, "auth_user_key"),
    "auth_app_id": lambda v: clean_credential_name(v, "auth_app_id"),
    "auth_app_key": lambda v: clean_credential_name(v, "auth_app_key"),
    **{field: rule for name in ERRORS for field, rule in _error_rules(name).items()},
}
SERVICE_RULES: Rules = {"backend_version": clean_backend_version}


def proxies_query(actor: Actor) -> SelectOfScalar[Proxy]:
    """Select the proxies of all the provider's services."""
    actor.require(Permission.SERVICES_READ)
    return select(Proxy).where(Proxy.provider_id == actor.provider_id)


def all_configs_query(actor: Actor) -> SelectOfScalar[ProxyConfig]:
    """Select the deployed versions of all the provider's services, in both environments."""
    actor.require(Permission.SERVICES_READ)
    return select(ProxyConfig).where(ProxyConfig.provider_id == actor.provider_id)


def configs_query(actor: Actor, service_id: int, environment: str) -> SelectOfScalar[ProxyConfig]:
    """Select a service's versions in an environment."""
    return all_configs_query(actor).where(
        ProxyConfig.service_id == service_id,
        ProxyConfig.environment == environment,
    )


def find_current_config(db: Session, service_id: int, environment: str) -> ProxyConfig | None:
    """Find what the gateway of an environment runs."""
    query = select(ProxyConfig).where(
        ProxyConfig.service_id == service_id, ProxyConfig.environment == environment
    )
    return db.exec(query.order_by(col(ProxyConfig.id).desc()).limit(1)).first()


def update_proxy(
    work: Work,
    service_id: int,
    changes: Mapping[str, Any],
) -> Proxy:
    """Change gateway settings and deploy them to staging.

    `backend_version` may be among the changes: it belongs to the service.
    Raises: NotFound, Invalid, Conflict when `lock_version` is not the current one.
    """
    work.actor.require(Permission.SERVICES_EDIT)
    service = get_service(work, service_id)
    proxy = get_proxy(work.db, service)
    wanted = dict(changes)
    lock_version = wanted.pop("lock_version", proxy.lock_version)
    if lock_version != proxy.lock_version:
        raise Conflict("was changed by somebody else. Load it again.", field="lock_version")
    version = clean_backend_version(wanted.pop("backend_version", service.backend_version))
    changed = change(proxy, wanted, RULES)
    changed |= change(service, {"backend_version": version}, SERVICE_RULES)
    if "secret_token" in changed:
        changed["secret_token"] = [HIDDEN, HIDDEN]
    if changed:
        proxy.lock_version += 1
        event = Event(EventKind.PROXY_UPDATED, proxy.id, service_id=service.id, changes=changed)
        work.record(event)
    deploy_to_staging(work, service_id)
    return proxy


def deploy_to_staging(work: Work, service_id: int) -> ProxyConfig:
    """Make a staging version of the configuration as it is now, if it differs from the last."""
    db = work.db
    work.actor.require(Permission.SERVICES_EDIT)
    service = get_service(work, service_id)
    db.flush()  # the document is read from the tables
    content = build_document(db, work.installation, service)
    last = find_current_config(db, service.id, "staging")
    if last is not None and last.content == content:
        return last
    config = ProxyConfig(
        provider_id=work.actor.provider_id,
        service_id=service.id,
        environment="staging",
        version=last.version + 1 if last else 1,
        content=content,
        deployed_by=work.actor.name,
    )
    db.add(config)
    get_proxy(db, service).deployed_at = work.now
    db.flush()  # its id is in the event
    event = Event(
        EventKind.CONFIG_DEPLOYED,
        config.id,
        service_id=service.id,
        changes={"version": [last.version if last else None, config.version]},
    )
    work.record(event)
    return config


def promote(work: Work, service_id: int, version: int | None = None) -> ProxyConfig:
    """Copy a staging version (default: the newest) to production, number and all.

    An older version rolls production back. Raises: NotFound, NothingToPromote.
    """
    work.actor.require(Permission.SERVICES_EDIT)
    service = get_service(work, service_id)
    staged = _staged(work.db, service, version)
    running = find_current_config(work.db, service.id, "production")
    if running is not None and running.version == staged.version:
        raise NothingToPromote(f"Production runs version {staged.version} already.")
    config = ProxyConfig(
        provider_id=work.actor.provider_id,
        service_id=service.id,
        environment="production",
        version=staged.version,
        content=staged.content,
        deployed_by=work.actor.name,
    )
    work.db.add(config)
    work.db.flush()  # its id is in the event
    event = Event(
        EventKind.CONFIG_PROMOTED,
        config.id,
        service_id=service.id,
        changes={"version": [running.version if running else None, config.version]},
    )
    work.record(event)
    return config


def _staged(db: Session, service: Service, version: int | None) -> ProxyConfig:
    if version is None:
        config = find_current_config(db, service.id, "staging")
        if config is None:
            raise NothingToPromote("There is nothing in staging yet. Deploy to staging first.")
        return config
    query = select(ProxyConfig).where(
        ProxyConfig.service_id == service.id,
        ProxyConfig.environment == "staging",
        ProxyConfig.version == version,
    )
    found = db.exec(query).first() if 0 < version <= MOST_ID else None
    if found is None:
        raise NotFound("There is no such version in staging.", field="version")
    return found


def has_undeployed_changes(db: Session, installation: Installation, service: Service) -> bool:
    """Tell whether staging runs something else than the settings say."""
    last = find_current_config(db, service.id, "staging")
    return last is None or last.content != build_document(db, installation, service)


def record_test(work: Work, service_id: int, result: ProbeResult) -> Proxy:
    """Keep the result of the test call."""
    work.actor.require(Permission.SERVICES_EDIT)
    service = get_service(work, service_id)
    proxy = get_proxy(work.db, service)
    proxy.api_test_success = result.ok
    proxy.api_test_status = result.status
    proxy.api_test_message = result.message
    proxy.api_tested_at = work.now
    event = Event(
        EventKind.PROXY_TESTED,
        proxy.id,
        service_id=service.id,
        facts={"ok": result.ok, "status": result.status},
    )
    work.record(event)
    return proxy
