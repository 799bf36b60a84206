"""Who gets which host: the name that is wanted, or the next free one when it is somebody's.

The table's unique names decide, in the transaction that makes the provider or the service; so no
two get one host, however many are made at once.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from server.domain.errors import Taken
from server.domain.installation import Addresses
from server.domain.provider.hosts import (
    Host,
    HostKind,
    admin_name_of,
    gateway_label_of,
    gateway_names_of,
    labels_like,
)
from server.domain.provider.providers import RESERVED_SUBDOMAINS, Provider, is_subdomain
from server.domain.services.services import Service

LIKE = 40  # letters: what is taken with such a beginning is read at once
MOST_TRIES = 100_000  # of names like one, most of them without asking the database


def save_with_hosts(db: Session, addresses: Addresses, provider: Provider, wanted: str) -> None:
    """Save a new provider under the first free subdomain, with its portals' hosts.

    Raises: Taken.
    """

    def save(subdomain: str) -> None:
        provider.subdomain = subdomain
        db.add(provider)
        db.flush()  # fills in the id
        names = {HostKind.PORTAL: subdomain, HostKind.ADMIN: admin_name_of(subdomain)}
        for kind, name in names.items():
            db.add(Host(name=name, kind=kind, provider_id=provider.id))

    free = _free(db, addresses, wanted, lambda label: (label, admin_name_of(label)))
    _first_that_holds(db, filter(is_subdomain, free), save)


def give_gateway_hosts(db: Session, addresses: Addresses, service: Service) -> None:
    """Give a new service the first free label for its gateways; its provider's deleted ones count.

    A provider gets back what a deleted service of its own had; nobody else does, since callers may
    still send their keys there. Raises: Taken.
    """
    provider = db.get_one(Provider, service.provider_id)
    wanted = gateway_label_of(service.system_name, provider.subdomain)

    def save(label: str) -> None:
        for environment, name in gateway_names_of(label).items():
            place = Host(
                name=name,
                kind=HostKind.GATEWAY,
                environment=environment,
                provider_id=provider.id,
                service_id=service.id,
            )
            db.add(place)

    if _take_back(db, service, wanted):
        service.host_label = wanted
    else:
        free = _free(db, addresses, wanted, lambda label: gateway_names_of(label).values())
        service.host_label = _first_that_holds(db, free, save)
    db.flush()  # its addresses are read from the row


def _take_back(db: Session, service: Service, label: str) -> bool:
    """Give a service the label of a deleted one of its provider, if it had this one."""
    gone = select(Service.id).where(
        Service.provider_id == service.provider_id, Service.state == "deleted"
    )
    names = gateway_names_of(label).values()
    db.flush()  # a service may have been deleted in this transaction
    taken_back = update(Host).where(col(Host.name).in_(names), col(Host.service_id).in_(gone))
    return bool(db.connection().execute(taken_back.values(service_id=service.id)).rowcount)


def _free(
    db: Session, addresses: Addresses, wanted: str, names_of: Callable[[str], Iterable[str]]
) -> Iterator[str]:
    """Give the labels like the wanted one that are nobody's as far as is known."""
    known = set(db.exec(select(Host.name).where(col(Host.name).startswith(wanted[:LIKE]))))
    known |= RESERVED_SUBDOMAINS | {addresses.own_name}
    for label in islice(labels_like(wanted), MOST_TRIES):
        if known.isdisjoint(names_of(label)):
            yield label


def _first_that_holds(db: Session, labels: Iterator[str], save: Callable[[str], None]) -> str:
    """Save under the first label that nobody else took in the meantime; return it."""
    for label in labels:
        try:
            with db.begin_nested():
                save(label)
                db.flush()  # tells a taken name here
        except IntegrityError:
            continue
        return label
    raise Taken("name")
