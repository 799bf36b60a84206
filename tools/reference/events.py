"""The kinds of events as a page."""

from collections.abc import Iterable

from server.domain.events import EventKind, Gateway
from tools.reference.markdown import code, page, table

INTRO = """\
Whatever changes something records an event in its own transaction: a line of the audit log, and
all that follows from it.

- **Gateway**: whose answers the gateway forgets, the application's or all of the provider's.
- **Mails**: the templates of the mails that are written, in order.
- **Webhooks**: what the reference's webhooks call it."""
FORGETS = {Gateway.NOTHING: "", Gateway.APPLICATION: "application", Gateway.PROVIDER: "provider"}


def events() -> str:
    """Write the page of what follows from each kind of event."""
    rows = [
        [code(kind), FORGETS[kind.gateway], _codes(kind.mails), _codes(kind.webhooks)]
        for kind in EventKind
    ]
    return page("Events", INTRO, [table(["Event", "Gateway", "Mails", "Webhooks"], rows)])


def _codes(names: Iterable[str]) -> str:
    return ", ".join(map(code, names))
