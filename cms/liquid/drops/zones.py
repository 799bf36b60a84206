"""Time zones."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cms.liquid.drops.drop import Drop
from server.kit.zones import zone_of


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone at a moment."""

    name: str
    now: datetime

    @property
    def offset(self) -> timedelta:
        """How far it is from UTC."""
        return self.now.astimezone(zone_of(self.name)).utcoffset() or timedelta()


class TimeZoneDrop(Drop[Zone]):
    """A time zone.

    Example: {{ provider.timezone.full_name }}
    """

    shows = ("full_name", "identifier")

    def __str__(self) -> str:
        return self.model.name

    @property
    def full_name(self) -> str:
        """The distance from UTC and the name: `(GMT+01:00) Europe/Berlin`."""
        minutes = int(self.model.offset.total_seconds()) // 60
        hours, rest = divmod(abs(minutes), 60)
        return f"(GMT{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}) {self.model.name}"

    @property
    def identifier(self) -> str:
        """The name that machines know: `Europe/Berlin`."""
        return self.model.name
