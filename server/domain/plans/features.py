"""What plans include: features of services, and of accounts."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator
from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from server.domain.attributes import FIXED, Description, Name, SystemName
from server.domain.drafts import Draft
from server.domain.fields import created_at


class FeatureScope(StrEnum):
    """Which plans of a service may include a feature."""

    APPLICATION_PLAN = "application_plan"
    SERVICE_PLAN = "service_plan"


class Feature(SQLModel, table=True):
    """A selling point of a service that plans may include."""

    __tablename__ = "features"
    __table_args__ = (UniqueConstraint("service_id", "system_name"),)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    service_id: int = Field(foreign_key="services.id", index=True)
    scope: str = "application_plan"  # see FeatureScope
    name: str
    system_name: str
    description: str = ""
    created_at: datetime = created_at()


class AccountFeature(SQLModel, table=True):
    """A selling point of the provider's that account plans may include."""

    __tablename__ = "account_features"
    __table_args__ = (UniqueConstraint("provider_id", "system_name"),)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    name: str
    system_name: str
    description: str = ""
    created_at: datetime = created_at()


class PlanFeature(SQLModel, table=True):
    """A feature that an application plan includes."""

    __tablename__ = "plan_features"

    plan_id: int = Field(foreign_key="application_plans.id", primary_key=True)
    feature_id: int = Field(foreign_key="features.id", primary_key=True)


class ServicePlanFeature(SQLModel, table=True):
    """A feature that a service plan includes."""

    __tablename__ = "service_plan_features"

    plan_id: int = Field(foreign_key="service_plans.id", primary_key=True)
    feature_id: int = Field(foreign_key="features.id", primary_key=True)


class AccountPlanFeature(SQLModel, table=True):
    """A feature that an account plan includes."""

    __tablename__ = "account_plan_features"

    plan_id: int = Field(foreign_key="account_plans.id", primary_key=True)
    feature_id: int = Field(foreign_key="account_features.id", primary_key=True)


# As existing clients write them.
OF_REFERENCE = {"ApplicationPlan": "application_plan", "ServicePlan": "service_plan"}


def _scope(value: object) -> object:
    return OF_REFERENCE.get(value, value) if isinstance(value, str) else value


class AccountFeatureDraft(Draft):
    """What a feature of account plans is made of."""

    name: Name
    system_name: SystemName = ""
    description: Description = ""


class FeatureDraft(Draft):
    """What a feature of a service is made of."""

    name: Name
    system_name: SystemName = ""
    description: Description = ""
    scope: Annotated[FeatureScope, BeforeValidator(_scope), FIXED] = Field(
        default=FeatureScope.APPLICATION_PLAN, description="Which plans may include it."
    )
