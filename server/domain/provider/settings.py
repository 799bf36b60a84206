"""A provider's switches. Source: reference-portal 4.1."""

from datetime import datetime
from typing import Annotated, Any

from sqlalchemy import Text as TextColumn
from sqlmodel import Field, SQLModel

from gateway.config.service import Upstream, encoded_url
from server.domain.accounts.users import clean_email
from server.domain.attributes import LONG, Description, Flag, Name, ShortText, Text
from server.domain.drafts import Draft
from server.domain.errors import Invalid
from server.domain.fields import clean_optional_text, sealed, updated_at
from server.domain.permissions import Permission
from server.domain.plans.changes import PlanChange, PlanChangePermission
from server.domain.provider.headers import (
    MOST_HEADER,
    clean_content_policy,
    clean_permissions_policy,
)
from server.domain.provider.login_address import clean_login_address
from server.domain.provider.providers import clean_currency
from server.domain.provider.spam import SpamProtection, SpamProtectionLevel
from server.kit.money import DEFAULT_CURRENCY
from server.kit.zones import DEFAULT_ZONE, zone_names

ANY_ORIGIN = "*"
MOST_ORIGINS = 50
MOST_ORIGINS_TEXT = 5_000
# Columns of these were offered before anything read them, and stay for when something does.
WITHDRAWN: tuple[str, ...] = ()


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
    forum_enabled: bool = False
    forum_public: bool = False
    anonymous_posts_enabled: bool = False
    app_gallery_enabled: bool = False
    mcp_enabled: bool = True
    site_access_code: str = ""
    spam_protection_level: str = "none"  # see SpamProtection
    multiple_services: bool = True
    multiple_applications: bool = True
    multiple_users: bool = True
    email_all_users: bool = True  # of an account are told; else its admins alone
    allowed_origins: str = Field(default="", sa_type=TextColumn)  # one a line
    sso_login_url: str = ""
    permissions_policy: str = ""  # a header of the portal's pages, as are the next two
    content_security_policy: str = ""
    content_security_policy_report_only: str = ""
    enforce_sso: bool = False  # whether the staff logs in by an account elsewhere alone
    sso_key_sealed: bytes | None = sealed(Permission.SETTINGS_SECRETS, optional=True)
    updated_at: datetime = updated_at()


def clean_origins(text: str, field: str) -> str:
    """Check the origins whose pages may call, and write them one a line. Raises: Invalid, TooLong.

    An origin is a scheme and a host, with a port if it has one of its own; `*` is every origin.
    """
    given = clean_optional_text(" ".join(text.split()), field, most=MOST_ORIGINS_TEXT).split()
    origins = list(
        dict.fromkeys(ANY_ORIGIN if each == ANY_ORIGIN else _origin(each, field) for each in given)
    )
    if len(origins) > MOST_ORIGINS:
        raise Invalid(f"may hold at most {MOST_ORIGINS} origins.", field=field)
    return "\n".join(origins)


def _origin(text: str, field: str) -> str:
    wrong = "must hold origins such as https://app.example.com, one a line, without paths, or *."
    if not text.lower().startswith(("http://", "https://")):
        raise Invalid(wrong, field=field)
    try:
        found = Upstream.parse(encoded_url(text))
    except ValueError as error:
        raise Invalid(f"{wrong[:-1]}: {text[:100]} {error}.", field=field) from error
    if found.path or found.query or text.endswith("?"):
        raise Invalid(wrong, field=field)
    return found.origin


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


_LEGAL: Any = Field(
    default="", description="Markdown. Each change is a version, and acceptances name theirs."
)


class SettingDraft(Draft):
    """What holds for a whole provider. Approval is kept elsewhere, as is what `Provider` has."""

    name: Name = ""  # what developers read on the portal and in mails
    from_email: Annotated[str, Text(_mail_address)] = Field(
        default="", description="Mails come from it. Without one: no-reply@ the installation."
    )
    support_email: Annotated[str, Text(_mail_address)] = Field(
        default="", description="Where developers write to. The portal shows it."
    )
    finance_support_email: Annotated[str, Text(_mail_address)] = Field(
        default="", description="Where developers ask about bills. Without one: where of all else."
    )
    reply_to_email: Annotated[str, Text(_mail_address)] = Field(
        default="", description="Where answers to mails go. Without one: where they come from."
    )
    timezone: Annotated[str, Text(_zone, least=1)] = Field(
        default=DEFAULT_ZONE, description="In which times are shown on both portals."
    )
    signups_enabled: Flag = True
    useraccountarea_enabled: Flag = True
    public_search: Flag = Field(
        default=False, description="Whether visitors may search the portal without logging in."
    )
    forum_enabled: Flag = Field(default=False, description="Whether the portal has a forum.")
    forum_public: Flag = Field(
        default=False, description="Whether visitors may read the forum without logging in."
    )
    anonymous_posts_enabled: Flag = Field(
        default=False, description="Whether visitors may write in a forum that they may read."
    )
    app_gallery_enabled: Flag = Field(
        default=False, description="Whether the portal shows applications that were approved."
    )
    mcp_enabled: Flag = Field(
        default=True, description="Whether programs may read the portal by MCP, at /mcp."
    )
    site_access_code: ShortText = Field(
        default="", description="While it is set, only who knows it sees the developer portal."
    )
    spam_protection_level: SpamProtectionLevel = Field(
        default=SpamProtection.NONE,
        description="What forms for visitors ask of browsers: nothing, or a little work.",
    )
    enforce_sso: Flag = Field(
        default=False,
        description="Whether the staff logs in by an account elsewhere alone: no passwords.",
    )
    multiple_services: Flag = True
    account_plans_ui_visible: Flag = False
    change_account_plan_permission: PlanChange = PlanChangePermission.REQUEST
    service_plans_ui_visible: Flag = False
    change_service_plan_permission: PlanChange = PlanChangePermission.REQUEST
    multiple_applications: Flag = True
    multiple_users: Flag = True
    signup_licence: Annotated[Description, LONG] = _LEGAL
    service_subscription_licence: Annotated[Description, LONG] = _LEGAL
    new_application_licence: Annotated[Description, LONG] = _LEGAL
    privacy_policy: Annotated[Description, LONG] = _LEGAL
    refund_policy: Annotated[Description, LONG] = _LEGAL
    email_all_users: Flag = True
    allowed_origins: Annotated[str, Text(clean_origins, most=MOST_ORIGINS_TEXT)] = ""
    sso_login_url: Annotated[str, Text(clean_login_address)] = Field(
        default="", description="Where developers log in, on a site of yours. Empty: here."
    )
    permissions_policy: Annotated[str, Text(clean_permissions_policy, most=MOST_HEADER)] = Field(
        default="", description="The header Permissions-Policy of the portal's pages."
    )
    content_security_policy: Annotated[str, Text(clean_content_policy, most=MOST_HEADER)] = Field(
        default="", description="A Content-Security-Policy beside the portal's own, which stays."
    )
    content_security_policy_report_only: Annotated[
        str, Text(clean_content_policy, most=MOST_HEADER)
    ] = Field(default="", description="A Content-Security-Policy that browsers only report on.")
    account_approval_required: Flag = False  # of the default account plan
    currency: Annotated[str, Text(_currency, least=3, most=3)] = DEFAULT_CURRENCY  # of the provider
