"""Publishing drafts whose time has come."""

import structlog

from server.actions.portal.publishing import list_due, publish_due
from server.actions.work import Work
from server.auth.dependencies import Dependencies
from server.domain.actors import Actor
from server.domain.errors import DomainError

ACTOR = "schedule"
log = structlog.get_logger("gatehouse.jobs")


def publish_all_due(deps: Dependencies) -> int:
    """Publish each in a transaction of its own; tell how many. What is refused stays a draft."""
    with deps.database.read() as db:
        due = list_due(db, deps.installation.clock.now())
    published = 0
    for template_id, provider_id in due.items():
        try:
            with deps.database.write() as db:
                work = Work(db, Actor.system(provider_id, ACTOR), deps.installation)
                published += publish_due(work, template_id) is not None
        except DomainError as error:
            log.warning(
                "a draft can't be published at its time",
                provider_id=provider_id,
                template_id=template_id,
                error=error.message,
            )
    return published
