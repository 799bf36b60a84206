"""Plans of three kinds."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Numeric, UniqueConstraint
from sqlmodel import Field, SQLModel

from server.domain.errors import Invalid
from server.domain.fields import created_at, updated_at

MOST_COST = Decimal("9999999999.99")


class AccountPlan(SQLModel, table=True):
    """What a developer account as a whole is on."""

    __tablename__ = "account_plans"
    __table_args__ = (UniqueConstraint("provider_id", "system_name"),)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id", index=True)
    name: str
    system_name: str
    state: str = "published"  # see states.PLAN
    is_default: bool = False
    approval_required: bool = False
    created_at: datetime = created_at()
    updated_at: datetime = updated_at()


class ServicePlan(SQLModel, table=True):
    """How an account is subscribed to a service."""

    __tablename__ = "service_plans"
    __table_args__ = (UniqueConstraint("service_id", "system_name"),)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    service_id: int = Field(foreign_key="services.id", index=True)
    name: str
    system_name: str
    state: str = "published"
    is_default: bool = False
    approval_required: bool = False
    created_at: datetime = created_at()
    updated_at: datetime = updated_at()


class ApplicationPlan(SQLModel, table=True):
    """What an application may do: its limits, features and price."""

    __tablename__ = "application_plans"
    __table_args__ = (UniqueConstraint("service_id", "system_name"),)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    service_id: int = Field(foreign_key="services.id", index=True)
    name: str
    system_name: str
    description: str = ""
    state: str = "hidden"
    is_default: bool = False
    approval_required: bool = False
    setup_fee: Decimal = Field(default=Decimal(0), sa_type=Numeric(12, 2))
    cost_per_month: Decimal = Field(default=Decimal(0), sa_type=Numeric(12, 2))
    trial_period_days: int = 0
    position: int = 1
    created_at: datetime = created_at()
    updated_at: datetime = updated_at()

    @property
    def is_free(self) -> bool:
        """Tell whether the plan costs nothing."""
        return self.setup_fee == 0 and self.cost_per_month == 0


Plan = AccountPlan | ServicePlan | ApplicationPlan


def clean_money(value: Decimal, field: str) -> Decimal:
    """Check an amount, and write it with the two decimals it is stored with. Raises: Invalid."""
    finite = value.is_finite() and 0 <= value <= MOST_COST
    if not finite or value != value.quantize(Decimal("0.01")):
        raise Invalid("must be an amount from 0 with at most two decimals.", field=field)
    return value.quantize(Decimal("0.01"))
