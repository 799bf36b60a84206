"""Alerts: an application has used so much of a limit. Source: reference-portal 10."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from server.domain.errors import Invalid
from server.domain.fields import created_at
from server.kit.db import UTCDateTime

LEVELS = (50, 80, 90, 100, 120, 150, 200, 300)  # percent
VIOLATION = 100  # from here on the limit is used up
EVERY_LEVEL = " ".join(map(str, LEVELS))
DAY_PERIODS = frozenset({"minute", "hour", "day"})  # told once a day at most, as the reference does


class Alert(SQLModel, table=True):
    """An application that has reached a level of a limit; each side reads it for itself."""

    __tablename__ = "alerts"
    __table_args__ = (
        UniqueConstraint("application_id", "metric_id", "period", "window_start", "level"),
        Index("ix_alerts_provider", "provider_id", "provider_state", "id"),
        Index("ix_alerts_account", "account_id", "state", "id"),
    )

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    account_id: int = Field(foreign_key="accounts.id", ondelete="CASCADE")
    application_id: int = Field(foreign_key="applications.id", ondelete="CASCADE")
    service_id: int = Field(foreign_key="services.id", ondelete="CASCADE")
    metric_id: int = Field(foreign_key="metrics.id", ondelete="CASCADE", index=True)
    metric_name: str
    period: str  # of the limit
    window_start: datetime = Field(sa_type=UTCDateTime)  # at least a day
    level: int  # see LEVELS
    limit_value: int = Field(sa_type=BigInteger)
    used: int = Field(sa_type=BigInteger)
    state: str = "unread"  # of the developers: see states.ALERT; deleted when they are not told
    provider_state: str = "unread"  # of the provider, likewise
    created_at: datetime = created_at()


def reached_of(used: int, limit: int) -> frozenset[int]:
    """List the levels that are reached; none where nothing may be used."""
    return frozenset(level for level in LEVELS if limit > 0 and used * 100 >= level * limit)


def levels_of(text: str) -> frozenset[int]:
    """Read levels as a service keeps them: numbers, one after the other."""
    return frozenset(int(word) for word in text.split())


def clean_levels(text: str, field: str) -> str:
    """Check levels, with spaces or commas between them, and write them in order. Raises: Invalid.

    No level at all tells nobody anything.
    """
    words = text.replace(",", " ").replace("%", " ").split()
    if unknown := [word for word in words if word not in map(str, LEVELS)]:
        raise Invalid(
            f"may hold {EVERY_LEVEL}, with spaces between: {unknown[0][:20]} is none of them.",
            field=field,
        )
    return " ".join(str(level) for level in LEVELS if str(level) in words)


def message_of(alert: Alert) -> str:
    """Say what was used: `hits per day: 5 of 5`."""
    span = "in all" if alert.period == "eternity" else f"per {alert.period}"
    return f"{alert.metric_name} {span}: {alert.used} of {alert.limit_value}"
