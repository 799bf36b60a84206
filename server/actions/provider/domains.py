"""Custom domains: claimed, proved, looked at again, and lost when the proof is gone.

Nothing here asks the network: faces and the job do that first, outside any transaction, and hand
over what they found.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, inspect, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from server.actions.resources import Lifecycle, Resource
from server.actions.rows import get_owned, hold, hold_provider
from server.actions.services.lookup import get_service
from server.actions.work import Work
from server.domain.errors import Conflict, DomainTaken, Invalid, NotFound
from server.domain.events import EventKind
from server.domain.permissions import Permission
from server.domain.provider.domains import (
    DAILY,
    EAGER,
    FAILURES,
    GRACE,
    LATER,
    MOST_DOMAINS,
    OF_GATEWAYS,
    PATIENT,
    SOON,
    Claim,
    Domain,
    DomainDraft,
    DomainState,
    Proof,
    ProvedBy,
    Serves,
)
from server.domain.provider.hosts import Host
from server.domain.provider.providers import Provider
from server.domain.services.services import Service
from server.kit.paging import Listing

TAKEN = (
    "is in use: another tenant has proved that it is its own. When that proof is gone from your "
    "DNS, the name is free after a week."
)


def claim_of(domain: Domain) -> Claim:
    """Tell what is to be proved of a domain."""
    return Claim(domain.provider_id, domain.name, domain.token, domain.proof)


def _prepare(work: Work, domain: Domain) -> None:
    """Check a new domain as a whole; choose which one of several is primary.

    Raises: Invalid, NotFound, Taken.
    """
    provider = work.db.get_one(Provider, work.actor.provider_id)
    if not inspect(domain).persistent:
        _check_new(work, domain)
        hold(work.db, provider)
        _check_room(work, domain)
        domain.next_check_at = work.now + SOON
    else:
        hold(work.db, provider)
    if domain.is_primary:
        others = update(Domain).where(*_beside(domain), col(Domain.is_primary))
        work.db.execute(others.values(is_primary=False))
    settle_primary(work, domain)


def _check_new(work: Work, domain: Domain) -> None:
    addresses = work.installation.addresses
    is_below = f".{domain.name}".endswith(f".{addresses.domain}")
    if is_below or f"{domain.name}." == addresses.own_name:
        raise Invalid("belongs to this installation. Give a name of your own.", field="name")
    if domain.serves in OF_GATEWAYS:
        if domain.service_id is None:
            raise Invalid("must be given for a gateway: the API that answers.", field="service_id")
        try:
            get_service(work, domain.service_id)
        except NotFound as error:
            raise NotFound(error.message, field="service_id") from error
    elif domain.service_id is not None:
        raise Invalid("must be left out: a portal is of all APIs.", field="service_id")


def _check_room(work: Work, domain: Domain) -> None:
    mine = select(func.count()).where(Domain.provider_id == work.actor.provider_id)
    if work.db.exec(mine).one() >= MOST_DOMAINS:
        raise Invalid(f"may be one of at most {MOST_DOMAINS}. Delete another.", field="name")
    taken = select(Host.provider_id).where(Host.name == f"{domain.name}.")
    if work.db.exec(taken).first() not in {None, work.actor.provider_id}:
        raise DomainTaken(TAKEN, field="name")


def _beside(domain: Domain) -> tuple[Any, ...]:
    """Narrow domains to the others of what a domain serves."""
    return (
        Domain.provider_id == domain.provider_id,
        Domain.serves == domain.serves,
        col(Domain.service_id).is_not_distinct_from(domain.service_id),
        col(Domain.id).is_distinct_from(domain.id),
    )


def settle_primary(work: Work, domain: Domain, *, is_gone: bool = False) -> None:
    """Write down which name links lead to, of what a domain serves; the provider is held."""
    verified = select(Domain.name).where(
        *_beside(domain), col(Domain.is_primary), Domain.state == DomainState.VERIFIED
    )
    name = work.db.exec(verified).first() or ""
    if domain.is_primary and domain.state == DomainState.VERIFIED and not is_gone:
        name = domain.name
    provider = work.db.get_one(Provider, domain.provider_id)
    match domain.serves:
        case Serves.PORTAL:
            provider.portal_domain = name
        case Serves.ADMIN:
            provider.admin_domain = name
        case Serves.PRODUCTION:
            work.db.get_one(Service, domain.service_id).production_domain = name
        case _:
            work.db.get_one(Service, domain.service_id).staging_domain = name


def _release(work: Work, domain: Domain) -> None:
    """Let links lead elsewhere before a domain goes; its host goes with it."""
    hold(work.db, work.db.get_one(Provider, domain.provider_id))
    settle_primary(work, domain, is_gone=True)


DOMAINS = Resource(
    name="domain",
    model=Domain,
    draft=DomainDraft,
    read=Permission.SETTINGS_READ,
    edit=Permission.SETTINGS_EDIT,
    events=Lifecycle(
        created=EventKind.DOMAIN_CREATED,
        updated=EventKind.DOMAIN_UPDATED,
        deleted=EventKind.DOMAIN_DELETED,
    ),
    listing=Listing("domains", Domain),
    unique="name",
    facts=("name", "serves"),
    goes_with=(col(Host.domain_id),),
    prepare=_prepare,
    refuse_delete=_release,
)


def note_check(work: Work, domain_id: int, proof: Proof) -> Domain:
    """Write down what somebody found who looked at a domain, and what follows.

    Raises: Forbidden, NotFound, DomainTaken when another tenant has proved the name.
    """
    work.actor.require(Permission.SETTINGS_EDIT)
    domain = hold(work.db, get_owned(work, Domain, domain_id))
    hold_provider(work)
    if proof.by:
        _take(work, domain, proof)
    else:
        _doubt(work, domain, proof.problem)
    domain.checked_at = work.now
    return domain


def _take(work: Work, domain: Domain, proof: Proof) -> None:
    """Let a domain serve that is proved. Raises: DomainTaken."""
    before = domain.state
    if not domain.is_served:
        _take_host(work, domain)
        domain.verified_at = work.now
    domain.state, domain.proof = DomainState.VERIFIED, proof.by
    domain.problem, domain.failures, domain.failing_since = "", 0, None
    domain.next_check_at = work.now + DAILY
    if before != domain.state:
        settle_primary(work, domain)
        changes = {"state": [before, domain.state]}
        DOMAINS.tell(work, EventKind.DOMAIN_VERIFIED, domain, changes)


def _take_host(work: Work, domain: Domain) -> None:
    """Take a name of the table of hosts, whose constraint decides. Raises: DomainTaken."""
    host = Host(
        name=f"{domain.name}.",
        kind=domain.host_kind,
        environment=domain.environment,
        provider_id=domain.provider_id,
        service_id=domain.service_id,
        domain_id=domain.id,
    )
    try:
        with work.db.begin_nested():
            work.db.add(host)
            work.db.flush()
    except IntegrityError as error:
        raise DomainTaken(TAKEN, field="name") from error


def _doubt(work: Work, domain: Domain, problem: str) -> None:
    """Note that a domain was not proved; what was proved before is lost in steps."""
    domain.problem = problem
    domain.failures += 1
    if domain.proof == ProvedBy.OPERATOR:
        return
    match domain.state:
        case DomainState.PENDING:
            domain.next_check_at = _next_look(domain, work.now)
            return
        case DomainState.VERIFIED if domain.failures >= FAILURES:
            domain.state, domain.failing_since = DomainState.FAILING, work.now
            settle_primary(work, domain)
            changes = {"state": [DomainState.VERIFIED, domain.state]}
            DOMAINS.tell(work, EventKind.DOMAIN_FAILING, domain, changes)
        case DomainState.FAILING if work.now - (domain.failing_since or work.now) >= GRACE:
            _lose(work, domain)
            return
    domain.next_check_at = work.now + LATER


def _next_look(domain: Domain, now: datetime) -> datetime | None:
    """Tell when a claim is looked at again that nobody has proved yet; None for not by itself."""
    age = now - domain.created_at
    if domain.verified_at is not None or age >= PATIENT:
        return None
    return now + (SOON if age < EAGER else LATER)


def _lose(work: Work, domain: Domain) -> None:
    """Give a name up: nothing answers there, and whoever proves it may have it."""
    work.db.execute(delete(Host).where(col(Host.domain_id) == domain.id))
    changes = {"state": [domain.state, DomainState.PENDING]}
    domain.state, domain.proof = DomainState.PENDING, ProvedBy.NOTHING
    domain.failing_since = domain.next_check_at = None
    settle_primary(work, domain)
    DOMAINS.tell(work, EventKind.DOMAIN_LOST, domain, changes)


def note_check_or_conflict(work: Work, domain_id: int, proof: Proof) -> Domain:
    """Do the same where nobody waits for the answer: that a name is taken is a problem of it."""
    try:
        return note_check(work, domain_id, proof)
    except Conflict as refusal:
        return note_check(work, domain_id, Proof(problem=refusal.message))


def drop_domains_of(work: Work, service: Service) -> None:
    """Let the domains of a service's gateways go, since it is going."""
    rows: Sequence[Domain] = work.db.exec(
        select(Domain).where(Domain.service_id == service.id)
    ).all()
    for domain in rows:
        work.db.execute(delete(Host).where(col(Host.domain_id) == domain.id))
        work.db.delete(domain)
        DOMAINS.tell(work, EventKind.DOMAIN_DELETED, domain, name=domain.name)
    service.production_domain = service.staging_domain = ""
