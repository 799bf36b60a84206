"""Finding services and their proxies: what the other topics of the area stand on."""

from sqlmodel import Session, select

from server.actions.rows import get_owned, hold, rely_on
from server.actions.work import Work
from server.domain.services.proxies import Proxy
from server.domain.services.services import Service


def get_service(work: Work, service_id: int | None) -> Service:
    """Find a service. Raises: NotFound."""
    service = get_owned(work, Service, service_id)
    if service.state == "deleted":
        get_owned(work, Service, None)
    return service


def hold_service(work: Work, service_id: int | None) -> Service:
    """Find a service and hold it: its parts change one after the other. Raises: NotFound."""
    held = hold(work.db, get_service(work, service_id))
    return get_service(work, held.id)  # who held it before may have deleted it


def rely_on_service(work: Work, service_id: int) -> Service:
    """Find a service that is going to be used, and keep it from being deleted.

    Raises: NotFound, also when it is deleted.
    """
    kept = rely_on(work.db, get_service(work, service_id))
    return get_service(work, kept.id)


def get_proxy(db: Session, service: Service) -> Proxy:
    """Find the service's proxy; every service has one."""
    return db.exec(select(Proxy).where(Proxy.service_id == service.id)).one()
