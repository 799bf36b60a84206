"""What is counted: metrics, and methods under `hits`."""

import re
from datetime import datetime
from typing import Annotated

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from server.domain.attributes import FIXED, Description, MadeFrom, Name, Text
from server.domain.drafts import Draft
from server.domain.errors import Invalid
from server.domain.fields import clean_system_name, created_at, updated_at

HITS = "hits"
METRIC_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_\-.]*")  # goes into usage[NAME]=1


class Metric(SQLModel, table=True):
    """A metric of a service or of a backend API; one with a parent is a method."""

    __tablename__ = "metrics"
    __table_args__ = (
        UniqueConstraint("service_id", "system_name"),
        UniqueConstraint("backend_api_id", "system_name"),
    )

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    service_id: int | None = Field(default=None, foreign_key="services.id", index=True)
    backend_api_id: int | None = Field(default=None, foreign_key="backend_apis.id", index=True)
    parent_id: int | None = Field(default=None, foreign_key="metrics.id")
    system_name: str
    friendly_name: str
    unit: str = "hit"
    description: str = ""
    created_at: datetime = created_at()
    updated_at: datetime = updated_at()

    @property
    def wire_name(self) -> str:
        """Name it as calls and documents do, where metrics of backend APIs stand beside others."""
        if self.backend_api_id is None:
            return self.system_name
        return f"{self.system_name}.{self.backend_api_id}"


def clean_metric_name(value: str | None, friendly_name: str) -> str:
    """Check a metric's system name, or make one. Raises: Invalid, TooLong."""
    name = clean_system_name(value, friendly_name)
    if not METRIC_NAME.fullmatch(name):
        raise Invalid("must hold only letters, digits, '_', '-' and '.'.", field="system_name")
    return name


def _given_metric_name(value: str, name: str) -> str:
    return clean_metric_name(value, "") if value.strip() else ""


class MetricDraft(Draft):
    """What a metric or method is made of."""

    friendly_name: Name
    system_name: Annotated[
        str, Text(_given_metric_name), FIXED, MadeFrom("friendly_name", clean_metric_name)
    ] = ""
    unit: Name = "hit"
    description: Description = ""
