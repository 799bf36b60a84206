"""Features of services, and which plans include them."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from server.domain.attributes import Description, Name, SystemName
from server.domain.drafts import Draft
from server.domain.fields import created_at


class Feature(SQLModel, table=True):
    """A selling point of a service that plans may include."""

    __tablename__ = "features"
    __table_args__ = (UniqueConstraint("service_id", "system_name"),)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    service_id: int = Field(foreign_key="services.id", index=True)
    name: str
    system_name: str
    description: str = ""
    created_at: datetime = created_at()


class PlanFeature(SQLModel, table=True):
    """A feature that an application plan includes."""

    __tablename__ = "plan_features"

    plan_id: int = Field(foreign_key="application_plans.id", primary_key=True)
    feature_id: int = Field(foreign_key="features.id", primary_key=True)


class FeatureDraft(Draft):
    """What a feature is made of."""

    name: Name
    system_name: SystemName = ""
    description: Description = ""
