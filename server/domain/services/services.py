"""APIs that a provider offers."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from sqlalchemy import Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from server.domain.accounts.users import clean_email
from server.domain.attributes import (
    FIXED,
    Description,
    Flag,
    MadeFrom,
    Name,
    ShortText,
    Text,
    given_system_name,
)
from server.domain.drafts import Draft
from server.domain.errors import Invalid
from server.domain.fields import clean_system_name, created_at, sealed, updated_at
from server.domain.messages.alerts import EVERY_LEVEL, clean_levels
from server.domain.permissions import Permission
from server.domain.plans.changes import PlanChange, PlanChangePermission


class DeploymentOption(StrEnum):
    """Which gateways stand before a service, as the reference calls them: it is told, no more."""

    HOSTED = "hosted"
    SELF_MANAGED = "self_managed"
    PLUGIN_RUBY = "plugin_ruby"
    PLUGIN_JAVA = "plugin_java"
    PLUGIN_PYTHON = "plugin_python"
    PLUGIN_NODEJS = "plugin_nodejs"
    PLUGIN_PHP = "plugin_php"
    PLUGIN_REST = "plugin_rest"
    PLUGIN_CSHARP = "plugin_csharp"
    SERVICE_MESH_ISTIO = "service_mesh_istio"


class ServiceEvent(StrEnum):
    """What may happen to a service's state, but for its deletion."""

    COMPLETE = "complete"
    PUBLISH = "publish"
    HIDE = "hide"
    TAKE_OFFLINE = "take_offline"
    DEPRECATE = "deprecate"


BACKEND_VERSIONS = ("1", "2", "oauth")  # user_key; app_id and app_key; OpenID Connect


class Service(SQLModel, table=True):
    """An API of a provider, with its metrics, plans and proxy. Source: reference-portal 4.3."""

    __tablename__ = "services"
    __table_args__ = (
        UniqueConstraint("provider_id", "system_name"),
        Index("ix_services_provider_id_id", "provider_id", "id"),
    )

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    name: str
    system_name: str
    host_label: str = ""  # first label of its gateways' hosts, whose names `hosts` keeps apart
    production_domain: str = ""  # primary custom domains of its gateways: see `settle_primary`
    staging_domain: str = ""
    description: str = ""
    support_email: str = ""
    state: str = "published"  # see states.SERVICE
    is_default: bool = False
    backend_version: str = "1"
    deployment_option: str = "hosted"
    service_token_digest: bytes = Field(sa_type=LargeBinary)
    service_token_sealed: bytes = sealed(Permission.SERVICES_SECRETS)
    buyers_manage_apps: bool = True
    buyers_manage_keys: bool = True
    custom_keys_enabled: bool = True
    buyer_key_regenerate_enabled: bool = True
    mandatory_app_key: bool = True
    referrer_filters_required: bool = False
    intentions_required: bool = False
    buyer_can_select_plan: bool = True
    buyer_plan_change_permission: str = "request"  # see PlanChangePermission
    managed_by: str = ""  # the program that keeps it, as it says itself
    staging_offered: bool = False  # to developers, until it is in production
    # From which shares of a limit on whom is told, and where: see alerts.LEVELS.
    web_provider_levels: str = EVERY_LEVEL
    email_provider_levels: str = "100"
    web_buyer_levels: str = EVERY_LEVEL
    email_buyer_levels: str = "80 100"
    created_at: datetime = created_at()
    updated_at: datetime = updated_at()


def clean_backend_version(text: str, field: str = "backend_version") -> str:
    """Check an authentication mode. Raises: Invalid."""
    mode = "oauth" if text == "oidc" else text  # as the reference stores it
    if mode not in BACKEND_VERSIONS:
        told = "must be '1' (user_key), '2' (app_id and app_key) or 'oauth' (OpenID Connect)."
        raise Invalid(told, field=field)
    return mode


def _support_email(text: str, field: str) -> str:
    """Check a mail address, blaming this field. Raises: Invalid."""
    try:
        return clean_email(text) if text.strip() else ""
    except Invalid as error:
        raise Invalid(error.message, field=field) from error


def _system_name(value: str, name: str) -> str:
    return clean_system_name(value, name, separator="-")


Levels = Annotated[str, Text(clean_levels)]
BackendVersion = Annotated[str, Text(clean_backend_version, least=1)]


class ServiceDraft(Draft):
    """What a service is made of."""

    name: Name
    system_name: Annotated[str, Text(given_system_name), FIXED, MadeFrom("name", _system_name)] = ""
    description: Description = ""
    support_email: Annotated[str, Text(_support_email)] = ""
    backend_version: BackendVersion = "1"
    deployment_option: DeploymentOption = DeploymentOption.HOSTED
    buyers_manage_apps: Flag = True
    buyers_manage_keys: Flag = True
    custom_keys_enabled: Flag = True
    buyer_key_regenerate_enabled: Flag = True
    mandatory_app_key: Flag = True
    referrer_filters_required: Flag = False
    intentions_required: Flag = False
    buyer_can_select_plan: Flag = True
    managed_by: ShortText = ""
    staging_offered: Flag = False
    buyer_plan_change_permission: PlanChange = PlanChangePermission.REQUEST
    web_provider_levels: Levels = EVERY_LEVEL
    email_provider_levels: Levels = "100"
    web_buyer_levels: Levels = EVERY_LEVEL
    email_buyer_levels: Levels = "80 100"
