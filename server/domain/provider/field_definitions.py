"""Which fields accounts, users and applications have, and what each provider says of them.

Source: reference-portal 5.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator
from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from server.domain.attributes import FIXED, Checked, Flag, Name, Position, ShortText, Text
from server.domain.drafts import Draft
from server.domain.errors import Blank, Invalid, TooLong
from server.domain.fields import clean_line, created_at, updated_at

MOST_DEFINITIONS = 50  # of one target
MOST_CHOICES = 100
MOST_FIELD_NAME = 64
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*", re.ASCII)
NAME_RULE = "must start with a letter and hold only letters, digits, '_' and '-'."


class FieldTarget(StrEnum):
    """What a field is of."""

    ACCOUNT = "account"
    USER = "user"
    APPLICATION = "application"


# As the reference calls them, in its API.
REFERENCE_TARGETS: Mapping[FieldTarget, str] = {
    FieldTarget.ACCOUNT: "Account",
    FieldTarget.USER: "User",
    FieldTarget.APPLICATION: "Cinstance",
}


class FieldDefinition(SQLModel, table=True):
    """A field of a provider's accounts, users or applications."""

    __tablename__ = "field_definitions"
    __table_args__ = (UniqueConstraint("provider_id", "target", "name"),)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    target: str  # see FieldTarget
    name: str
    label: str
    hint: str = ""
    required: bool = False
    hidden: bool = False
    read_only: bool = False
    choices: list[str] = Field(default_factory=list, sa_type=JSON)
    position: int = 1
    created_at: datetime = created_at()
    updated_at: datetime = updated_at()

    @property
    def is_needed(self) -> bool:
        """Return whether its target can't do without it: nobody takes it away."""
        return self.name in REQUIRED[FieldTarget(self.target)]

    @property
    def is_builtin(self) -> bool:
        """Return whether the reference has a field of this name in every installation."""
        return self.name in BUILTIN[FieldTarget(self.target)]

    @property
    def is_column(self) -> bool:
        """Return whether its values have a column of their own."""
        return self.name in COLUMNS[FieldTarget(self.target)]

    @property
    def is_shown(self) -> bool:
        """Return whether developers see it."""
        return not self.hidden

    @property
    def is_open(self) -> bool:
        """Return whether developers fill it in."""
        return not (self.hidden or self.read_only or self.name in STAFF_ONLY)


# The fields that a target can't do without.
REQUIRED: Mapping[FieldTarget, tuple[str, ...]] = {
    FieldTarget.ACCOUNT: ("org_name",),
    FieldTarget.USER: ("username", "email"),
    FieldTarget.APPLICATION: ("name",),
}
# Those that a provider may define, with what they are called until he says otherwise.
OPTIONAL: Mapping[FieldTarget, Mapping[str, str]] = {
    FieldTarget.ACCOUNT: {
        "org_legaladdress": "Address",
        "org_legaladdress_cont": "Address, second line",
        "telephone_number": "Telephone number",
        "vat_code": "VAT code",
        "vat_rate": "VAT rate",
        "fiscal_code": "Fiscal code",
        "state_region": "State or region",
        "city": "City",
        "country": "Country",
        "zip": "Postal code",
        "primary_business": "Primary business",
        "business_category": "Business category",
        "po_number": "Purchase order number",
    },
    FieldTarget.USER: {
        "title": "Title",
        "first_name": "First name",
        "last_name": "Last name",
        "job_role": "Job role",
    },
    FieldTarget.APPLICATION: {"description": "Description"},
}
BUILTIN: Mapping[FieldTarget, frozenset[str]] = {
    target: frozenset({*REQUIRED[target], *OPTIONAL[target]}) for target in FieldTarget
}
# Built-in fields whose values have a column; all others are kept together, by name.
COLUMNS: Mapping[FieldTarget, frozenset[str]] = {
    FieldTarget.ACCOUNT: frozenset({"org_name"}),
    FieldTarget.USER: frozenset({"username", "email", "first_name", "last_name"}),
    FieldTarget.APPLICATION: frozenset({"name", "description"}),
}
# What a provider has from the start: (target, name, label).
DEFAULTS: tuple[tuple[FieldTarget, str, str], ...] = (
    (FieldTarget.ACCOUNT, "org_name", "Organisation or project"),
    (FieldTarget.USER, "username", "Username"),
    (FieldTarget.USER, "email", "Mail address"),
    (FieldTarget.USER, "first_name", "First name"),
    (FieldTarget.USER, "last_name", "Last name"),
    (FieldTarget.APPLICATION, "name", "Name"),
    (FieldTarget.APPLICATION, "description", "Description"),
)
STAFF_ONLY = frozenset({"vat_rate"})  # developers are shown it, and never fill it in
VAT_RATE, COUNTRY = "vat_rate", "country"
# Built-in fields that have a rule or choices of their own.
UNCHOSEN = frozenset({"org_name", "username", "email", VAT_RATE, COUNTRY})
# What is a word of ours already: attributes, elements of documents, inputs of forms and methods of
# what templates see.
RESERVED_EVERYWHERE = frozenset(
    {
        *("id", "created_at", "updated_at", "deleted_at", "provider_id", "state", "annotations"),
        *(
            "extra_fields",
            "fields",
            "builtin_fields",
            "links",
            "errors",
            "position",
            "lock_version",
            "search_text",
            "beside_text",
            "sort_name",
        ),
        *("csrf", "form_id", "back", "_method", "authenticity_token", "commit", "format"),
        *("first", "last", "size", "empty", "keys", "values", "items", "get", "class", "method"),
        *("access_token", "provider_key", "client_mutation_id", "token", "page", "per_page"),
        *("account", "user", "application", "signup", "cinstance", "search", "sort", "after"),
        *("before", "plan", "plans", "users", "applications", "service", "billing_address"),
        *("account_plan", "service_plan", "application_plan"),
        *("plan_id", "plan_ids", "account_plan_id", "service_plan_id", "application_plan_id"),
        *("service_id", "account_id", "user_id", "application_id", "password"),
        *("password_confirmation", "current_password", "password_digest", "password_hash"),
    }
)
RESERVED: Mapping[FieldTarget, frozenset[str]] = {
    FieldTarget.ACCOUNT: frozenset(
        {
            *("name", "display_name", "created_by_provider", "deletion_at", "deletion_date"),
            *("monthly_billing_enabled", "monthly_charging_enabled", "credit_card_stored"),
            *("credit_card_partial_number", "credit_card_expires_on", "username", "email"),
            *("role", "application_name", "admin", "edit_url", "wanted_plan_id"),
            *("annotations", "managed_by", "credit_card"),
        }
    ),
    FieldTarget.USER: frozenset(
        {
            *(
                "name",
                "display_name",
                "role",
                "audience",
                "awaits_link",
                "email_is_claimed",
                "org_name",
                "edit_url",
            ),
            *("application_name", "admin", "locale", "sections", "service_ids"),
            *("member_permission_ids", "member_permission_service_ids"),
        }
    ),
    FieldTarget.APPLICATION: frozenset(
        {
            *("client_id", "client_secret"),
            *("user_account_id", "first_traffic_at", "first_daily_traffic_at", "user_key", "key"),
            *("redirect_url", "origin", "application_keys", "application_key", "wanted_plan_id"),
            *("referrer_filter", "referrer_filters", "user_key_digest", "user_key_sealed", "url"),
            *("old_key_digest", "old_key_ends_at", "enabled", "plan_name", "org_name"),
            *(
                "trial_ends_at",
                "trial_due_at",
                "provider_verification_key",
                "oidc_configuration",
                "can",
                "edit_url",
                "service_name",
            ),
        }
    ),
}


def clean_field_name(value: str | None, field: str = "name") -> str:
    """Check a field's name as such. Raises: Blank, TooLong, Invalid."""
    name = (value or "").strip()
    if not name:
        raise Blank(field)
    if len(name) > MOST_FIELD_NAME:
        raise TooLong(field, MOST_FIELD_NAME)
    if not NAME.fullmatch(name):
        raise Invalid(NAME_RULE, field=field)
    return name


def _target(value: Any) -> Any:
    """Take the reference's words for targets too."""
    ours = {word.lower(): target.value for target, word in REFERENCE_TARGETS.items()}
    word = value.strip().lower() if isinstance(value, str) else value
    return ours.get(word, word) if isinstance(word, str) else word


def _lines(value: Any) -> Any:
    """Read the text of a form, one choice a line; null is no choices."""
    if value is None:
        return []
    return value.splitlines() if isinstance(value, str) else value


def _choices(values: list[str]) -> list[str]:
    cleaned = [clean_line(value, "choices") for value in values]
    kept = list(dict.fromkeys(filter(None, cleaned)))
    if len(kept) > MOST_CHOICES:
        raise Invalid(f"may be at most {MOST_CHOICES}, one a line.")
    return kept


Choices = Annotated[list[str], BeforeValidator(_lines), Checked(_choices)]


class FieldDefinitionDraft(Draft):
    """What a field definition is made of."""

    target: Annotated[FieldTarget, BeforeValidator(_target), FIXED]
    name: Annotated[str, Text(clean_field_name, least=1, most=MOST_FIELD_NAME), FIXED]
    label: Name
    hint: ShortText = ""
    required: Flag = False
    hidden: Flag = False
    read_only: Flag = False
    choices: Choices = Field(
        default=[], description="What may be chosen; without any, whatever is typed."
    )
    position: Position | None = Field(default=None, description="Without one, it goes to the end.")


def check_definition(definition: FieldDefinition) -> None:
    """Check what the attributes say together. Raises: Invalid."""
    target = FieldTarget(definition.target)
    name, is_builtin = definition.name, definition.is_builtin
    if not is_builtin and name.lower() in RESERVED_EVERYWHERE | RESERVED[target]:
        raise Invalid("is a word that means something here already. Choose another.", field="name")
    if definition.is_needed:
        _check_needed(definition)
    if definition.required and (definition.hidden or definition.read_only):
        raise Invalid(
            "can't go with hidden or read only: who fills a field in has to see it.",
            field="required",
        )
    if definition.choices and name in UNCHOSEN:
        raise Invalid("can't be given for this field: it has a rule of its own.", field="choices")
    if name in STAFF_ONLY and definition.required:
        raise Invalid("can't be: developers never fill this field in.", field="required")


def _check_needed(definition: FieldDefinition) -> None:
    flags = {"required": True, "hidden": False, "read_only": False}
    for flag, needed in flags.items():
        if getattr(definition, flag) is not needed:
            must = "stay required" if needed else "not be set"
            raise Invalid(f"must {must}: there is no {definition.target} without it.", field=flag)
