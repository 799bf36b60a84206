"""A provider's switches. Source: reference-portal 4.1."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from server.domain.errors import Invalid
from server.domain.fields import updated_at

PLAN_PERMISSIONS = ("request", "none", "direct", "credit_card", "request_credit_card")


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


def clean_plan_permission(text: str, field: str) -> str:
    """Check how developers may change plans. Raises: Invalid."""
    if text not in PLAN_PERMISSIONS:
        raise Invalid(f"must be one of {', '.join(PLAN_PERMISSIONS)}.", field=field)
    return text
