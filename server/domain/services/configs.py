"""Deployed versions of a service's configuration."""

from datetime import datetime

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from server.domain.fields import created_at, sealed
from server.domain.permissions import Permission

ENVIRONMENTS = ("staging", "production")


class ProxyConfig(SQLModel, table=True):
    """One immutable version of a service's configuration document in one environment.

    The newest row of an environment is what its gateway runs; promoting an older version again
    (roll back) adds a row with that version's number.
    """

    __tablename__ = "proxy_configs"
    __table_args__ = (Index("ix_proxy_configs_current", "service_id", "environment", "id"),)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    service_id: int = Field(foreign_key="services.id")
    environment: str  # staging, production
    version: int
    content_sealed: bytes = sealed(Permission.SERVICES_SECRETS)  # JSON
    # Whose metrics calls are counted for: those of the backend APIs that it sends calls to.
    backend_api_ids: list[int] = Field(default_factory=list, sa_type=JSON)
    deployed_by: str
    created_at: datetime = created_at()
