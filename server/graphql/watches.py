"""What a subscription waits for, as its field says it when it begins."""

from collections.abc import Set
from dataclasses import dataclass

from server.actions.analytics.live import Counted, Watched
from server.domain.events import EventRecord


@dataclass(frozen=True, slots=True)
class EventWatch:
    """Waits for events of some types; all, when none is named."""

    types: Set[str]

    def wants(self, event: EventRecord) -> bool:
        """Return whether an event is one of those."""
        family = f"{event.kind.partition('.')[0]}.*"
        return not self.types or event.kind in self.types or family in self.types


@dataclass(frozen=True, slots=True)
class UsageWatch:
    """Waits for a number to change."""

    watched: Watched


Watch = EventWatch | UsageWatch
Root = EventRecord | Counted  # what a subscription's operation is carried out with


class Begun(Exception):
    """Ends the first run of a subscription's field: it is allowed, and waits for this."""

    def __init__(self, watch: Watch) -> None:
        super().__init__("A subscription has begun.")
        self.watch = watch


class Passed(Exception):
    """Ends the run for something that the caller is not told of."""
