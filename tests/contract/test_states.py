"""Every event of every state machine has what is told of it and a control in each face.

The table is the page that people read, `docs/states.md`.
"""

import re
from collections.abc import Mapping

from server.admin.accounts import accounts, subscriptions
from server.admin.applications import applications
from server.admin.plans import plans
from server.admin.routes import SENT
from server.domain import states
from server.domain.event_kinds import EventKind
from server.domain.states import Transitions
from server.graphql.admin.schema import ADMIN
from server.rest.registry import OPERATIONS
from tests.house.tree import text_of

PAGE = "docs/states.md"
NONE = "–"
MACHINES: Mapping[str, Transitions] = {
    "account": states.ACCOUNT,
    "user": states.USER,
    "application": states.CONTRACT,
    "subscription": states.CONTRACT,
    "plan": states.PLAN,
    "service": states.SERVICE,
    "message": states.MESSAGE,
    "gallery entry": states.GALLERY,
    "alert": states.ALERT,
}
BUTTONS: Mapping[str, Mapping[str, object]] = {  # of paths that end in the event
    "account": accounts.MOVES,
    "user": accounts.USER_MOVES,
    "application": applications.MOVES,
    "subscription": subscriptions.MOVES,
    "plan": plans.MOVES,
}


def rows() -> list[list[str]]:
    """Read the table of the page."""
    lines = re.findall(r"^\| (.+) \|$", text_of(PAGE), re.MULTILINE)
    cells = [[cell.strip("`") for cell in line.split(" | ")] for line in lines]
    return [row for row in cells if row[0] in MACHINES]


def test_the_page_tells_every_event_and_where_it_leads() -> None:
    told = {(row[0], row[1]): (row[2].split(", "), row[3]) for row in rows()}

    assert told == {
        (name, event): (sorted(sources), target)
        for name, machine in MACHINES.items()
        for event, (sources, target) in machine.items()
    }


def test_what_the_page_names_is_there() -> None:
    kinds = {kind.value for kind in EventKind}
    sent = {path for path, _, _ in SENT}
    mutation = ADMIN.schema._schema.mutation_type
    assert mutation is not None
    operations = {f"{each.method} {each.path}" for each in OPERATIONS}
    for name, event, _, _, kind, path, field, operation in rows():
        assert kind in {NONE, *kinds}, (name, event)
        wildcard = path.rpartition("/")[0] + "/{event}"
        is_there = path in sent or (wildcard in sent and path.rpartition("/")[2] in BUTTONS[name])
        assert path == NONE or is_there, (name, event)
        assert field == NONE or field in mutation.fields, (name, event)
        assert operation == NONE or operation in operations, (name, event)
        is_entered = kind != NONE or name == "alert"
        assert is_entered or (path, field, operation) == (NONE,) * 3, "a control tells something"
