"""A provider's switches. Source: reference-portal 4.1."""

from datetime import datetime
from typing import Annotated

from sqlmodel import Field, SQLModel

from server.domain.accounts.users import clean_email
from server.domain.attributes import Flag, Name, Text
from server.domain.drafts import Draft
from server.domain.errors import Invalid
from server.domain.fields import updated_at
from server.domain.provider.providers import clean_currency
from server.kit.money import DEFAULT_CURRENCY
from server.kit.zones import DEFAULT_ZONE, zone_names

# Columns of these were offered before anything read them, and stay for when something does.
WITHDRAWN = (
    "account_plans_ui_visible",
    "service_plans_ui_visible",
    "change_account_plan_permission",
    "change_service_plan_permission",
    "public_search",
)


class Setting(SQLModel, table=True):
    """One row a provider. `account_approval_required` lives on the default account plan."""

    __tablename__ = "settings"

    provider_id: int = Field(foreign_key="providers.id", primary_key=True)
    signups_enabled: bool = True
    useraccountarea_enabled: bool = True
    account_plans_ui_visible: bool = False
    service_plans_ui_visible: bool = False
    change_account_plan_permission: str = "request"
    change_service_plan_permission: str = "request"
    public_search: bool = False
    multiple_applications: bool = True
    updated_at: datetime = updated_at()


def _currency(text: str, field: str) -> str:
    return clean_currency(text)


def _mail_address(text: str, field: str) -> str:
    """Check a mail address that may be missing, blaming this field. Raises: Invalid."""
    try:
        return clean_email(text) if text.strip() else ""
    except Invalid as error:
        raise Invalid(error.message, field=field) from error


def _zone(text: str, field: str) -> str:
    if text.strip() not in zone_names():
        raise Invalid("must be a time zone, such as UTC or Europe/Berlin.", field=field)
    return text.strip()


class SettingDraft(Draft):
    """What holds for a whole provider. Approval is kept elsewhere, as is what `Provider` has."""

    name: Name = ""  # what developers read on the portal and in mails
    from_email: Annotated[str, Text(_mail_address)] = Field(
        default="", description="Mails come from it. Without one: no-reply@ the installation."
    )
    support_email: Annotated[str, Text(_mail_address)] = Field(
        default="", description="Where developers write to. The portal shows it."
    )
    timezone: Annotated[str, Text(_zone, least=1)] = Field(
        default=DEFAULT_ZONE, description="In which times are shown on both portals."
    )
    signups_enabled: Flag = True
    useraccountarea_enabled: Flag = True
    multiple_applications: Flag = True
    account_approval_required: Flag = False  # of the default account plan
    currency: Annotated[str, Text(_currency, least=3, most=3)] = DEFAULT_CURRENCY  # of the provider
