"""Usage limits of application plans."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field, SQLModel

from server.domain.attributes import FIXED, Id, Refers, Whole
from server.domain.drafts import Draft
from server.domain.fields import created_at, updated_at
from server.domain.services.metrics import Metric

MOST_VALUE = 2**53 - 1


class LimitPeriod(StrEnum):
    """The windows of usage limits, longest first."""

    ETERNITY = "eternity"
    YEAR = "year"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    HOUR = "hour"
    MINUTE = "minute"


class UsageLimit(SQLModel, table=True):
    """At most `value` units of a metric per period; 0 disables the metric on the plan."""

    __tablename__ = "usage_limits"
    __table_args__ = (UniqueConstraint("plan_id", "metric_id", "period"),)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    plan_id: int = Field(foreign_key="application_plans.id", index=True)
    metric_id: int = Field(foreign_key="metrics.id", index=True)
    period: str  # see LimitPeriod
    value: int = Field(sa_type=BigInteger)
    created_at: datetime = created_at()
    updated_at: datetime = updated_at()


class LimitDraft(Draft):
    """What a limit is made of."""

    metric_id: Annotated[Id, Refers(Metric), FIXED]
    period: Annotated[LimitPeriod, FIXED]
    value: Annotated[int, Whole(0, MOST_VALUE)] = Field(
        description="0 disables the metric on the plan."
    )
