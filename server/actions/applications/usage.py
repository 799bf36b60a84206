"""What an application used elsewhere, before its tenant came here."""

from server.actions.rows import get_owned
from server.actions.work import Work
from server.domain.applications.applications import Application
from server.domain.events import Event, EventKind
from server.domain.permissions import Permission


def note_usage_taken_over(work: Work, application_id: int, counters: int) -> Application:
    """Tell that counters of an application were added to: gateways that count look anew then.

    Raises: NotFound.
    """
    work.actor.require(Permission.SETTINGS_EDIT)
    row: Application = get_owned(work, Application, application_id)
    facts = {"name": row.name, "counters": counters}
    work.record(
        Event(EventKind.USAGE_TAKEN_OVER, row.id, row.account_id, row.service_id, facts=facts)
    )
    return row
