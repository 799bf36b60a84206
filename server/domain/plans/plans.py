"""Plans of three kinds."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from pydantic import Field as Described
from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from server.domain.attributes import (
    Description,
    Flag,
    Name,
    Position,
    Price,
    SystemName,
    Whole,
)
from server.domain.drafts import Draft
from server.domain.fields import created_at, updated_at
from server.kit.db import AmountColumn

MOST_TRIAL_DAYS = 3650
TrialDays = Annotated[int, Whole(0, MOST_TRIAL_DAYS)]


class Plan(SQLModel):
    """What all kinds of plans are made of; each kind has a table, and ids, of its own (D25)."""

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    name: str
    system_name: str
    description: str = ""
    state: str = "hidden"  # see states.PLAN
    is_default: bool = False
    approval_required: bool = False
    setup_fee: Decimal = Field(default=Decimal(0), sa_type=AmountColumn)
    cost_per_month: Decimal = Field(default=Decimal(0), sa_type=AmountColumn)
    trial_period_days: int = 0
    position: int = 1
    created_at: datetime = created_at()
    updated_at: datetime = updated_at()

    @property
    def prices(self) -> tuple[Decimal, ...]:
        """What it costs, once and each month."""
        return self.setup_fee, self.cost_per_month

    @property
    def is_free(self) -> bool:
        """Return whether the plan costs nothing."""
        return not any(self.prices)

    @property
    def is_custom(self) -> bool:
        """Return whether it is made for one application, as only application plans are."""
        return False

    @property
    def plan(self) -> str:
        """Which kind it is, as events tell it: ids alone do not say."""
        return type(self).__name__


class AccountPlan(Plan, table=True):
    """What a developer account as a whole is on."""

    __tablename__ = "account_plans"
    __table_args__ = (UniqueConstraint("provider_id", "system_name"),)

    provider_id: int = Field(foreign_key="providers.id", index=True)


class ServicePlan(Plan, table=True):
    """How an account is subscribed to a service."""

    __tablename__ = "service_plans"
    __table_args__ = (UniqueConstraint("service_id", "system_name"),)

    service_id: int = Field(foreign_key="services.id", index=True)


class ApplicationPlan(Plan, table=True):
    """What an application may do: its limits, features and price."""

    __tablename__ = "application_plans"
    __table_args__ = (UniqueConstraint("service_id", "system_name"),)

    service_id: int = Field(foreign_key="services.id", index=True)
    # The plan that it was made from, for one application alone.
    original_id: int | None = Field(
        default=None, foreign_key="application_plans.id", index=True, nullable=True
    )

    @property
    def is_custom(self) -> bool:
        """Return whether it is made for one application."""
        return self.original_id is not None


class PlanDraft(Draft):
    """What a plan of any kind is made of."""

    name: Name
    system_name: SystemName = ""
    approval_required: Flag = False
    description: Description = ""
    setup_fee: Price = Decimal(0)
    cost_per_month: Price = Decimal(0)
    trial_period_days: TrialDays = 0
    position: Position | None = Described(
        default=None, description="Its place among its siblings; behind them when not given."
    )
