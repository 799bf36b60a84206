"""What units of a metric cost on an application plan."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from server.domain.attributes import FIXED, Id, Price, Refers, Whole
from server.domain.drafts import Draft
from server.domain.fields import created_at, updated_at
from server.domain.plans.limits import MOST_VALUE
from server.domain.services.metrics import Metric
from server.kit.db import AmountColumn

Units = Annotated[int, Whole(1, MOST_VALUE)]


class PricingRule(SQLModel, table=True):
    """Each unit of a metric in a month, from `min` to `max`, costs so much on the plan.

    The ranges of one plan and metric do not overlap; `max` is None where the range has no end.
    """

    __tablename__ = "pricing_rules"

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    plan_id: int = Field(foreign_key="application_plans.id", index=True)
    metric_id: int = Field(foreign_key="metrics.id", index=True)
    min: int = Field(sa_type=BigInteger)
    max: int | None = Field(default=None, sa_type=BigInteger)
    cost_per_unit: Decimal = Field(sa_type=AmountColumn)
    created_at: datetime = created_at()
    updated_at: datetime = updated_at()


class PricingRuleDraft(Draft):
    """What a pricing rule is made of."""

    metric_id: Annotated[Id, Refers(Metric), FIXED]
    min: Annotated[Units, FIXED] = Field(
        default=1, description="The first unit of a month that it prices."
    )
    max: Units | None = Field(
        default=None, description="The last unit that it prices; without one it has no end."
    )
    cost_per_unit: Price = Field(description="In the provider's currency, with up to 4 decimals.")
