"""State machines as tables: which event leads from where to where."""

from collections.abc import Mapping
from typing import Protocol

from server.domain.errors import StateConflict

Transitions = Mapping[str, tuple[frozenset[str], str]]  # event -> (from states, to state)


class HasState(Protocol):
    """A row with a state column."""

    state: str


def _any_of(*states: str) -> frozenset[str]:
    return frozenset(states)


ACCOUNT: Transitions = {
    "make_pending": (_any_of("created", "approved", "rejected"), "pending"),
    "approve": (_any_of("created", "pending", "rejected"), "approved"),
    "reject": (_any_of("created", "pending", "approved"), "rejected"),
    "suspend": (
        _any_of("created", "pending", "approved", "rejected", "scheduled_for_deletion"),
        "suspended",
    ),
    "resume": (_any_of("suspended", "scheduled_for_deletion"), "approved"),
    "schedule_for_deletion": (
        _any_of("created", "pending", "approved", "rejected", "suspended"),
        "scheduled_for_deletion",
    ),
}
TENANT = ACCOUNT
USER: Transitions = {
    "activate": (_any_of("pending"), "active"),
    "suspend": (_any_of("pending", "active", "email_unverified"), "suspended"),
    "unsuspend": (_any_of("suspended"), "active"),
    "email_unverify": (_any_of("active"), "email_unverified"),
    "email_verify": (_any_of("email_unverified"), "active"),
}
CONTRACT: Transitions = {
    "accept": (_any_of("pending"), "live"),
    "suspend": (_any_of("pending", "live"), "suspended"),
    "resume": (_any_of("suspended"), "live"),
    "deprecate": (_any_of("live"), "deprecated"),
}
PLAN: Transitions = {
    "publish": (_any_of("hidden"), "published"),
    "hide": (_any_of("published"), "hidden"),
}
SERVICE: Transitions = {
    "complete": (_any_of("incomplete"), "hidden"),
    "publish": (_any_of("incomplete", "hidden", "offline"), "published"),
    "hide": (_any_of("published", "offline"), "hidden"),
    "take_offline": (_any_of("hidden", "published"), "offline"),
    "deprecate": (_any_of("published"), "deprecated"),
    "mark_as_deleted": (
        _any_of("incomplete", "hidden", "offline", "published", "deprecated"),
        "deleted",
    ),
}

MESSAGE: Transitions = {
    "queue": (_any_of("unsent"), "queued"),
    "deliver": (_any_of("unsent", "queued"), "sent"),
}
GALLERY: Transitions = {
    "ask": (_any_of("pending", "approved", "refused"), "pending"),
    "approve": (_any_of("pending", "refused"), "approved"),
    "refuse": (_any_of("pending", "approved"), "refused"),
}
ALERT: Transitions = {
    "read": (_any_of("unread", "read"), "read"),
    "mark_as_deleted": (_any_of("unread", "read"), "deleted"),
}


def move(row: HasState, machine: Transitions, event: str) -> None:
    """Take the row through an event. Raises: StateConflict when its state does not know it."""
    from_states, to_state = machine[event]
    if row.state not in from_states:
        raise StateConflict(row.state, event)
    row.state = to_state


def events_from(machine: Transitions, state: str) -> list[str]:
    """List the events that a state knows."""
    return [event for event, (from_states, _) in machine.items() if state in from_states]


def way_to(machine: Transitions, state: str, wanted: str) -> list[str] | None:
    """Find the fewest events that lead from a state to another; None when nothing does."""
    ways: dict[str, list[str]] = {state: []}
    waiting = [state]
    while waiting and wanted not in ways:
        at = waiting.pop(0)
        for event in events_from(machine, at):
            to_state = machine[event][1]
            if to_state not in ways:
                ways[to_state] = [*ways[at], event]
                waiting.append(to_state)
    return ways.get(wanted)
