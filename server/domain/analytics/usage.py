"""Counted usage: one number for each application, metric, period and window."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from server.domain.fields import created_at
from server.kit.db import UTCDateTime


class UsageTotal(SQLModel, table=True):
    """What an application used of a metric in one calendar window (UTC)."""

    __tablename__ = "usage_totals"
    __table_args__ = (
        Index("ix_usage_totals_service", "service_id", "metric_id", "period", "window_start"),
    )

    application_id: int = Field(primary_key=True)  # no foreign key: usage outlives its application
    metric_id: int = Field(primary_key=True)
    period: str = Field(primary_key=True)
    window_start: datetime = Field(
        primary_key=True,
        sa_type=UTCDateTime,
    )
    service_id: int
    value: int = Field(sa_type=BigInteger)
    # Of `value`: what was used elsewhere before its tenant came here, as much as was ever added.
    taken_over: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": "0"})


class ResponseCodeTotal(SQLModel, table=True):
    """How many calls of an application were answered with a status in one calendar window."""

    __tablename__ = "response_code_totals"
    __table_args__ = (
        Index("ix_response_code_totals_service", "service_id", "period", "window_start"),
    )

    application_id: int = Field(primary_key=True)
    code: int = Field(primary_key=True)  # 100 … 599
    period: str = Field(primary_key=True)  # hour and longer
    window_start: datetime = Field(primary_key=True, sa_type=UTCDateTime)
    service_id: int
    value: int = Field(sa_type=BigInteger)


class RefusalTotal(SQLModel, table=True):
    """How many calls were refused for one reason in one calendar window."""

    __tablename__ = "refusal_totals"
    __table_args__ = (Index("ix_refusal_totals_service", "service_id", "period", "window_start"),)

    service_id: int = Field(primary_key=True)
    application_id: int = Field(primary_key=True)  # 0: the call named none that is known
    code: str = Field(primary_key=True)
    period: str = Field(primary_key=True)  # hour and longer
    window_start: datetime = Field(primary_key=True, sa_type=UTCDateTime)
    value: int = Field(sa_type=BigInteger)


class UsageBatch(SQLModel, table=True):
    """A journal segment that is in the totals already, so that it is never folded twice."""

    __tablename__ = "usage_batches"

    id: str = Field(primary_key=True)
    folded_at: datetime = created_at()
