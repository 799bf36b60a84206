"""Pages of the reference that are made from the code: `python -m server.reference` writes them."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from server.domain.events import EventKind, Gateway
from server.domain.permissions import OF_DEVELOPER_ROLE, OF_SCOPE, OF_STAFF_ROLE, Permission

GATEWAY = {Gateway.NOTHING: "", Gateway.APPLICATION: "application", Gateway.PROVIDER: "provider"}
DOCS = Path(__file__).parent.parent / "docs"
EVENTS = """\
# Events

Whatever changes something records an event in its own transaction: a line of the audit log, and
all that follows from it. This page is made from `server/domain/events.py` by
`python -m server.reference`.

- **Gateway**: whose answers the gateway forgets, the application's or all of the provider's.
- **Mails**: the templates of the mails that are written, in order.
- **Webhooks**: what the reference's webhooks call it.

"""
PERMISSIONS = """\
# Permissions

Who may do what. The system itself and a provider key may do everything; a read-only token only
what ends in `read`; a developer everything within his own account only. This page is made from
`server/domain/permissions.py` by `python -m server.reference`.

"""


def events_page() -> str:
    """Write what follows from each kind of event."""
    rows = [
        (f"`{kind}`", GATEWAY[kind.gateway], _codes(kind.mails), _codes(kind.webhooks))
        for kind in EventKind
    ]
    header = ("Event", "Gateway", "Mails", "Webhooks")
    return EVENTS + _table(header, rows)


def permissions_page() -> str:
    """Write which scope and which role grants each permission."""
    columns = {
        **{f"token: `{scope}`": granted for scope, granted in OF_SCOPE.items()},
        **{f"staff: {role}": granted for role, granted in OF_STAFF_ROLE.items()},
        **{f"developer: {role}": granted for role, granted in OF_DEVELOPER_ROLE.items()},
    }
    rows = [
        [f"`{permission}`", *("yes" if permission in each else "" for each in columns.values())]
        for permission in Permission
    ]
    return PERMISSIONS + _table(["Permission", *columns], rows)


PAGES: dict[str, Callable[[], str]] = {
    "events.md": events_page,
    "permissions.md": permissions_page,
}


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def write() -> None:
    """Write each page to its file."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page())


if __name__ == "__main__":
    write()
