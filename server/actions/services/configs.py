"""Deployed versions of a service's configuration: to staging, promoted to production."""

from typing import Any

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from gateway.config.document import ServiceDocument
from gateway.errors import BadDocument
from server.actions.rows import within_services
from server.actions.services.documents import build_document, document_of, sealed_document
from server.actions.services.lookup import get_proxy, hold_service
from server.actions.work import Work
from server.domain.actors import Actor
from server.domain.errors import Invalid, NotFound, NothingToPromote
from server.domain.events import Event, EventKind
from server.domain.installation import Installation
from server.domain.permissions import Permission
from server.domain.services.configs import ProxyConfig
from server.domain.services.services import Service
from server.kit.ids import MOST_ID
from server.kit.paging import Listing

LISTING = Listing("proxy_configs", ProxyConfig, newest_first=True)


def all_configs_query(actor: Actor) -> SelectOfScalar[ProxyConfig]:
    """Select the versions of all the provider's services."""
    actor.require(Permission.SERVICES_READ)
    query = select(ProxyConfig).where(ProxyConfig.provider_id == actor.provider_id)
    return query.where(*within_services(actor, ProxyConfig))


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


def deploy_to_staging(work: Work, service_id: int) -> ProxyConfig:
    """Make a staging version of the configuration as it is now, if it differs from the last.

    Raises: NotFound, Invalid when no gateway could run it.
    """
    db = work.db
    work.actor.require(Permission.SERVICES_EDIT)
    service = hold_service(work, service_id)
    db.flush()  # the document is read from the tables
    document = build_document(db, work.installation, service)
    last = find_current_config(db, service.id, "staging")
    if last is not None and document_of(work.installation, last) == document:
        return last
    _refuse_unusable(document)
    config = ProxyConfig(
        provider_id=work.actor.provider_id,
        service_id=service.id,
        environment="staging",
        version=last.version + 1 if last else 1,
        content_sealed=sealed_document(work.installation, document),
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

    An older version rolls production back. Raises: NotFound, NothingToPromote, Invalid when no
    gateway could run it.
    """
    work.actor.require(Permission.SERVICES_EDIT)
    service = hold_service(work, service_id)
    staged = _staged(work.db, service, version)
    running = find_current_config(work.db, service.id, "production")
    if running is not None and running.version == staged.version:
        raise NothingToPromote(f"Production runs version {staged.version} already.")
    _refuse_unusable(document_of(work.installation, staged))
    config = ProxyConfig(
        provider_id=work.actor.provider_id,
        service_id=service.id,
        environment="production",
        version=staged.version,
        content_sealed=staged.content_sealed,
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


def _refuse_unusable(content: Any) -> None:
    """Refuse a document that the gateway's own parser does not take. Raises: Invalid."""
    try:
        ServiceDocument.parse(content)
    except BadDocument as error:
        raise Invalid(f"can't be used by a gateway: {error}.", field=error.field) from error


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
    """Return whether staging runs something else than the settings say."""
    last = find_current_config(db, service.id, "staging")
    wanted = build_document(db, installation, service)
    return last is None or document_of(installation, last) != wanted
