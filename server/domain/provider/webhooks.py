"""Webhooks: where a provider is told of what happens, and what became of each telling.

Source: reference-portal 7; https://www.standardwebhooks.com.
"""

import base64
import binascii
import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator
from sqlalchemy import JSON, Index, UniqueConstraint
from sqlalchemy import Text as TextColumn
from sqlmodel import Field, SQLModel

from gateway.config.service import Upstream, encoded_url
from server.domain.attributes import FIXED, SECRET, Checked, Flag, Name, Text
from server.domain.drafts import Draft
from server.domain.errors import Blank, Invalid
from server.domain.events import EventKind
from server.domain.fields import HIDDEN, clean_optional_text, created_at, moment, sealed, updated_at
from server.domain.permissions import Permission

MOST_ENDPOINTS = 20  # of a provider: each event may go to all of them
MOST_URL = 2_000
MOST_ANSWER, MOST_ERROR = 2_000, 500  # characters of what came back that are kept
MOST_SECRET_BYTES, LEAST_SECRET_BYTES, SECRET_BYTES = 64, 24, 32  # Source: Standard Webhooks
SECRET_PREFIX = "whsec_"  # noqa: S105 - how all of them begin
OVERLAP = timedelta(hours=24)  # how long an earlier secret signs too
LEASE = timedelta(minutes=2)  # an attempt that nobody tells the end of is made again
TEST = "webhook.test"  # the type of what is only sent to try an endpoint
EVERYTHING = "*"

# When it is tried again after the first, second … failure.
REFERENCE_DELAYS = (timedelta(minutes=1),) * 5
STANDARD_DELAYS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    *(timedelta(hours=hours) for hours in (2, 5, 10, 14, 20, 24)),
)
LONGEST_WISH = timedelta(hours=24)  # of an answer that says when to come again
FAILS_FOR, FAILURES = timedelta(hours=24), 5  # so long and so often, and an endpoint is paused


class WebhookPayload(StrEnum):
    """What is sent."""

    STANDARD = "standard"  # JSON, signed after Standard Webhooks
    REFERENCE = "reference"  # the reference's XML


class DeliveryState(StrEnum):
    """What became of a delivery."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"


class WebhookEndpoint(SQLModel, table=True):
    """An address that is told of events."""

    __tablename__ = "webhook_endpoints"
    __table_args__ = (UniqueConstraint("provider_id", "name"),)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id", ondelete="CASCADE")
    name: str
    payload: str = WebhookPayload.STANDARD  # see WebhookPayload
    url: str
    event_types: list[str] = Field(default_factory=list, sa_type=JSON)
    active: bool = True
    provider_actions: bool = False
    push_application_content_type: bool = True
    secret_sealed: bytes = sealed(Permission.SETTINGS_SECRETS)
    previous_secret_sealed: bytes | None = sealed(Permission.SETTINGS_SECRETS, optional=True)
    previous_secret_until: datetime | None = moment()
    failures: int = 0  # attempts that failed since the last that did not
    failing_since: datetime | None = moment()
    paused_at: datetime | None = moment()
    problem: str = ""  # why the last attempt failed, or it is paused
    created_at: datetime = created_at()
    updated_at: datetime = updated_at()

    @property
    def is_reference(self) -> bool:
        """Whether it is told in the reference's XML."""
        return self.payload == WebhookPayload.REFERENCE

    @property
    def state(self) -> str:
        """Say in a word how it is."""
        if not self.active:
            return "off"
        if self.paused_at is not None:
            return "paused"
        return "failing" if self.failures else "active"

    def wants(self, event_type: str) -> bool:
        """Return whether a type was chosen, by itself or with its like."""
        family = f"{event_type.partition('.')[0]}.{EVERYTHING}"
        return bool({EVERYTHING, family, event_type} & set(self.event_types))


class WebhookDelivery(SQLModel, table=True):
    """One event for one endpoint; it is tried until it is taken, or often enough."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        UniqueConstraint("endpoint_id", "event_id", "event_type"),
        Index("ix_webhook_deliveries_due", "state", "next_attempt_at"),
        Index(
            "ix_webhook_deliveries_subject", "endpoint_id", "subject_kind", "subject_id", "state"
        ),
        Index("ix_webhook_deliveries_provider_id_id", "provider_id", "id"),
        Index("ix_webhook_deliveries_created_at", "created_at"),
    )

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id", ondelete="CASCADE")
    endpoint_id: int = Field(foreign_key="webhook_endpoints.id", ondelete="CASCADE")
    event_id: int | None = None  # None for what only tries the endpoint
    event_type: str
    subject_kind: str = ""  # of what it is about: its deliveries go out one after the other
    subject_id: int | None = None
    message_id: str = Field(default_factory=lambda: f"msg_{secrets.token_hex(16)}")
    body_sealed: bytes = sealed(Permission.SETTINGS_SECRETS)  # the reference's holds keys
    state: str = DeliveryState.PENDING  # see DeliveryState
    attempts: int = 0
    next_attempt_at: datetime | None = moment()
    status: int | None = None  # of the last answer
    error: str = ""  # why the last attempt failed
    finished_at: datetime | None = moment()
    created_at: datetime = created_at()


class WebhookAttempt(SQLModel, table=True):
    """One try: what was sent and what came back."""

    __tablename__ = "webhook_attempts"
    __table_args__ = (Index("ix_webhook_attempts_delivery_id", "delivery_id"),)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id", ondelete="CASCADE")
    delivery_id: int = Field(foreign_key="webhook_deliveries.id", ondelete="CASCADE")
    url: str
    request_headers: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    status: int | None = None
    error: str = ""
    answer: str = Field(default="", sa_type=TextColumn)  # its first characters
    duration_ms: int = 0
    created_at: datetime = created_at()


class LastState(SQLModel, table=True):
    """An object as it was when it was deleted, until its webhooks are written."""

    __tablename__ = "last_states"
    __table_args__ = (Index("ix_last_states_subject", "provider_id", "kind", "subject_id"),)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id", ondelete="CASCADE")
    kind: str  # account, user or application
    subject_id: int
    columns_sealed: bytes = sealed(Permission.APPLICATIONS_SECRETS)
    created_at: datetime = created_at()


@dataclass(frozen=True, slots=True)
class HookCall:
    """One call to make: to whom, with what."""

    provider_id: int
    delivery_id: int
    url: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class HookAnswer:
    """What came of it; without a status nobody answered."""

    status: int | None = None
    error: str = ""
    body: str = ""
    duration_ms: int = 0
    retry_after_s: int | None = None
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def is_taken(self) -> bool:
        """Return whether the receiver has it now."""
        return self.status is not None and 200 <= self.status < 300


# What only watches, and what webhooks tell of themselves, goes to nobody.
UNTOLD = ("webhook_endpoint", "mail", "template.failed", "proxy.tested")
STANDARD_TYPES: tuple[str, ...] = tuple(
    kind.value for kind in EventKind if not kind.startswith(UNTOLD)
)
REFERENCE_TYPES: tuple[str, ...] = tuple(
    dict.fromkeys(name for kind in EventKind for name in kind.webhooks)
)
FAMILIES: tuple[str, ...] = tuple(
    dict.fromkeys(f"{name.partition('.')[0]}.{EVERYTHING}" for name in STANDARD_TYPES)
)


def types_of(payload: str) -> tuple[str, ...]:
    """List what an endpoint of a kind can be told of."""
    return REFERENCE_TYPES if payload == WebhookPayload.REFERENCE else STANDARD_TYPES


def clean_hook_url(text: str, name: str) -> str:
    """Check an address that may be missing, as the gateway's own are. Raises: TooLong, Invalid."""
    url = clean_optional_text(text, name, most=MOST_URL)
    if not url:
        return ""
    wrong = "must be an address such as https://example.com/hooks"
    if not url.lower().startswith(("http://", "https://")):
        raise Invalid(f"{wrong}: http or https.", field=name)
    try:
        Upstream.parse(encoded_url(url))
    except ValueError as error:
        raise Invalid(f"{wrong}: it {error}.", field=name) from error
    if "#" in url:
        raise Invalid(f"{wrong}, without a part behind #.", field=name)
    return url


def _lines(value: Any) -> Any:
    """Read the text of a form, one type a line or with commas; null is no types."""
    if value is None:
        return []
    return value.replace(",", "\n").splitlines() if isinstance(value, str) else value


def _clean_types(values: list[str]) -> list[str]:
    kept = list(dict.fromkeys(value.strip() for value in values if value.strip()))
    known = {EVERYTHING, *FAMILIES, *STANDARD_TYPES, *REFERENCE_TYPES}
    for value in kept:
        if value not in known:
            raise Invalid(f"has no such type as {value[:100]}. The catalogue lists them all.")
    return kept


EventTypes = Annotated[list[str], BeforeValidator(_lines), Checked(_clean_types)]


def make_secret() -> str:
    """Make a secret as Standard Webhooks writes them."""
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def key_of(secret: str) -> bytes:
    """Read the key of a secret. Raises: ValueError."""
    try:
        key = base64.b64decode(secret.removeprefix(SECRET_PREFIX), validate=True)
    except binascii.Error as error:
        raise ValueError("is no base64") from error
    if not LEAST_SECRET_BYTES <= len(key) <= MOST_SECRET_BYTES:
        raise ValueError(f"has {len(key)} bytes")
    return key


def clean_secret(text: str, name: str) -> str:
    """Check a secret; empty for one that is made here. Raises: Invalid."""
    secret = clean_optional_text(text, name)
    if not secret:
        return ""
    if secret == HIDDEN:
        raise Invalid("is hidden where you read it: give the secret.", field=name)
    try:
        key_of(secret)
    except ValueError as error:
        raise Invalid(
            f"must be whsec_ and {LEAST_SECRET_BYTES} to {MOST_SECRET_BYTES} bytes in base64: "
            f"it {error}. Leave it empty for a new one.",
            field=name,
        ) from error
    return secret if secret.startswith(SECRET_PREFIX) else SECRET_PREFIX + secret


class WebhookEndpointDraft(Draft):
    """What an endpoint is made of."""

    name: Name
    payload: Annotated[WebhookPayload, FIXED] = WebhookPayload.STANDARD
    url: Annotated[str, Text(clean_hook_url, most=MOST_URL)] = Field(
        default="", description="Where it is called by POST. One that is active needs it."
    )
    event_types: EventTypes = Field(
        default=[],
        description="Which types it is told of: application.created, application.* or *. Of the "
        "reference's kind its switches without _on, such as application_created.",
    )
    active: Flag = True
    provider_actions: Flag = Field(
        default=False,
        description="Whether it is told of what the provider's own people do. Of the reference's "
        "kind; the others are told of everything.",
    )
    push_application_content_type: Flag = Field(
        default=True,
        description="Send XML as application/xml; else in the field `xml` of a form. Of the "
        "reference's kind.",
    )
    secret: Annotated[str, Text(clean_secret), SECRET] = Field(
        default="",
        description="What it is signed by: whsec_ and base64; without one, one is made. An "
        "earlier one signs too for a day.",
    )


def check_endpoint(endpoint: WebhookEndpoint) -> None:
    """Refuse one without an address, or with types of the other kind. Raises: Blank, Invalid."""
    if endpoint.active and not endpoint.url:
        raise Blank("url")
    own = {*types_of(endpoint.payload)}
    if not endpoint.is_reference:
        own |= {*FAMILIES}
    strange = [each for each in endpoint.event_types if each not in {EVERYTHING, *own}]
    if strange:
        told = ", ".join(types_of(endpoint.payload)[:3])
        raise Invalid(
            f"of this kind of payload are such as {told}; {strange[0]} is none of them.",
            field="event_types",
        )


def json_body(content: Any) -> bytes:
    """Write a payload: compact, always the same."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
