"""Looks at custom domains when their time has come: new ones soon, proved ones each day."""

from datetime import datetime

import structlog
from sqlmodel import Session, col, select

from server.actions.provider.domains import claim_of, note_check_or_conflict
from server.actions.work import Work
from server.auth.dependencies import Dependencies
from server.domain.actors import Actor
from server.domain.errors import DomainError, NotFound
from server.domain.provider.domains import Claim, Domain

AT_ONCE = 20  # domains in one run of the job
log = structlog.get_logger("gatehouse.jobs")


def check_domains(deps: Dependencies) -> int:
    """Look at the domains that are due; tell how many. Nothing is held while others answer."""
    with deps.database.read() as db:
        due = _due(db, deps.installation.clock.now())
    for domain_id, claim in due:
        try:
            proof = deps.prove(claim)
        except DomainError as refusal:  # somebody looks just now
            log.info("a domain is not checked now", domain=claim.name, error=str(refusal))
            continue
        actor = Actor.system(claim.provider_id)
        with deps.database.write() as db:
            try:
                domain = note_check_or_conflict(
                    Work(db, actor, deps.installation), domain_id, proof
                )
            except NotFound:  # it was deleted meanwhile
                continue
            log.info("a domain was checked", domain=claim.name, state=domain.state, by=proof.by)
    return len(due)


def _due(db: Session, now: datetime) -> list[tuple[int, Claim]]:
    query = select(Domain).where(col(Domain.next_check_at) <= now)
    rows = db.exec(query.order_by(col(Domain.next_check_at)).limit(AT_ONCE)).all()
    return [(domain.id, claim_of(domain)) for domain in rows]
