"""A buyer's subscription to an API, and the credentials it calls with."""

import re
from datetime import datetime
from typing import Annotated, Any

from sqlalchemy import JSON, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from server.domain.attributes import SECRET, Description, ExtraFields, Name, Text, When
from server.domain.drafts import Draft
from server.domain.errors import Invalid
from server.domain.fields import clean_optional_text, created_at, moment, sealed, updated_at
from server.domain.permissions import Permission
from server.domain.search import keep_search_text

MOST_KEYS = 5
MOST_OVERLAP_HOURS = 720  # both keys hold so long at most
MOST_URL = 2048
USER_KEY = re.compile(r"[\w\-.+/=]{1,256}", re.ASCII)
APPLICATION_ID = re.compile(r"[\x21-\x7e]{4,255}")
APPLICATION_ID_RULE = "must be 4 to 255 printable ASCII characters without spaces."
USER_KEY_RULE = "must be 1 to 256 letters, digits or _-.+/= characters."
APP_KEY = re.compile(r"[\x21-\x7e]{5,255}")


class Application(SQLModel, table=True):
    """An account's use of one service on one plan. Its user_key is sealed and digested."""

    __tablename__ = "applications"
    __table_args__ = (
        UniqueConstraint("service_id", "application_id"),
        UniqueConstraint("service_id", "user_key_digest"),
        Index("ix_applications_provider_id_id", "provider_id", "id"),
        Index("ix_applications_provider_id_state", "provider_id", "state", "id"),
        Index("ix_applications_trial_due_at", "trial_due_at"),
        Index("ix_applications_provider_id_account_id", "provider_id", "account_id"),
        Index("ix_applications_provider_id_plan_id", "provider_id", "plan_id"),
        Index("ix_applications_provider_id_service_id", "provider_id", "service_id"),
        Index("ix_applications_service_id_account_id", "service_id", "account_id"),
        Index("ix_applications_provider_id_created_at", "provider_id", "created_at"),
        Index("ix_applications_provider_id_called_at", "provider_id", "first_daily_traffic_at"),
        Index("ix_applications_provider_id_sort_name", "provider_id", "sort_name", "id"),
    )

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    account_id: int = Field(foreign_key="accounts.id", index=True)
    service_id: int = Field(foreign_key="services.id")
    plan_id: int = Field(foreign_key="application_plans.id", index=True)
    wanted_plan_id: int | None = Field(default=None, index=True)  # waits for the provider's word
    name: str
    description: str = ""
    state: str = "live"  # see states.CONTRACT
    application_id: str  # the wire's app_id
    user_key_digest: bytes = Field(sa_type=LargeBinary)
    user_key_sealed: bytes = sealed(Permission.APPLICATIONS_SECRETS)
    old_key_digest: bytes | None = Field(default=None, sa_type=LargeBinary, index=True)
    old_key_ends_at: datetime | None = moment()  # until then the user_key before holds, too
    redirect_url: str = ""
    origin: str = "provider"  # provider, portal, api
    extra_fields: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    search_text: str = ""  # see search
    beside_text: str = ""  # written by triggers
    sort_name: str = ""
    first_traffic_at: datetime | None = moment()
    first_daily_traffic_at: datetime | None = moment()  # on the newest day that had any
    trial_ends_at: datetime | None = moment()  # until then a plan that costs is free; see trials
    trial_due_at: datetime | None = moment()  # when there is something to tell of it
    created_at: datetime = created_at()
    updated_at: datetime = updated_at()


keep_search_text(Application, "name", "application_id")


class ApplicationKey(SQLModel, table=True):
    """One app_key of an application: sealed to be shown, digested to be compared."""

    __tablename__ = "application_keys"
    __table_args__ = (UniqueConstraint("application_id", "digest"),)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    application_id: int = Field(foreign_key="applications.id", index=True)
    digest: bytes = Field(sa_type=LargeBinary)
    sealed: bytes = sealed(Permission.APPLICATIONS_SECRETS)
    ends_at: datetime | None = moment()  # it was rotated: from then on it opens nothing
    created_at: datetime = created_at()


def clean_credential(text: str, field: str, pattern: re.Pattern[str], rule: str) -> str:
    """Check a chosen credential. Raises: Invalid."""
    if not pattern.fullmatch(text):
        raise Invalid(rule, field=field)
    return text


def _address(text: str, field: str) -> str:
    return clean_optional_text(text, field, most=MOST_URL)


class ApplicationDraft(Draft):
    """What an application is made of, beside its plan and credentials."""

    name: Name
    description: Description = ""
    redirect_url: Annotated[str, Text(_address, most=MOST_URL)] = ""
    extra_fields: ExtraFields = {}


def _application_id(text: str, field: str) -> str:
    return clean_credential(text, field, APPLICATION_ID, APPLICATION_ID_RULE) if text else ""


def _user_key(text: str, field: str) -> str:
    return clean_credential(text, field, USER_KEY, USER_KEY_RULE) if text else ""


UserKey = Annotated[str, Text(_user_key, most=256), SECRET]
ApplicationId = Annotated[str, Text(_application_id)]


class FirstCalls(Draft):
    """When an application that comes from elsewhere called for the first time, ever and a day."""

    first_traffic_at: When | None = None
    first_daily_traffic_at: When | None = None


class NewApplication(ApplicationDraft):
    """What an application is created of; a credential that is not given is made at random."""

    user_key: UserKey = ""
    application_id: ApplicationId = ""
    application_keys: Annotated[tuple[str, ...], SECRET] = ()
    first_traffic_at: When | None = None  # of one that comes from elsewhere
    first_daily_traffic_at: When | None = None
