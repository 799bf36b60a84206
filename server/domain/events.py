"""What happened: outbox and audit log in one table, written in the action's transaction."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field, Session, SQLModel

from server.domain.actors import Actor
from server.domain.fields import created_at, moment


class EventKind(StrEnum):
    """What can happen: `subject.verb`."""

    PROVIDER_CREATED = "provider.created"
    ACCOUNT_CREATED = "account.created"
    ACCOUNT_UPDATED = "account.updated"
    ACCOUNT_PENDING = "account.pending"
    ACCOUNT_APPROVED = "account.approved"
    ACCOUNT_REJECTED = "account.rejected"
    ACCOUNT_SUSPENDED = "account.suspended"
    ACCOUNT_RESUMED = "account.resumed"
    ACCOUNT_DELETED = "account.deleted"
    USER_SIGNED_UP = "user.signed_up"
    SIGNUP_REPEATED = "user.signup_repeated"
    USER_CREATED = "user.created"
    USER_UPDATED = "user.updated"
    USER_ACTIVATED = "user.activated"
    USER_SUSPENDED = "user.suspended"
    USER_UNSUSPENDED = "user.unsuspended"
    USER_LOGGED_IN = "user.logged_in"
    PASSWORD_RESET_ASKED = "user.password_reset_asked"  # noqa: S105 - a name, not a secret
    PASSWORD_CHANGED = "user.password_changed"  # noqa: S105 - a name, not a secret
    SERVICE_CREATED = "service.created"
    SERVICE_UPDATED = "service.updated"
    METRIC_CREATED = "metric.created"
    METRIC_UPDATED = "metric.updated"
    METRIC_DELETED = "metric.deleted"
    RULE_CREATED = "mapping_rule.created"
    RULE_UPDATED = "mapping_rule.updated"
    RULE_DELETED = "mapping_rule.deleted"
    PROXY_UPDATED = "proxy.updated"
    PROXY_TESTED = "proxy.tested"
    CONFIG_DEPLOYED = "proxy_config.deployed"
    CONFIG_PROMOTED = "proxy_config.promoted"
    PLAN_CREATED = "plan.created"
    PLAN_UPDATED = "plan.updated"
    PLAN_DELETED = "plan.deleted"
    LIMIT_SET = "usage_limit.set"
    LIMIT_DELETED = "usage_limit.deleted"
    FEATURE_CREATED = "feature.created"
    FEATURE_UPDATED = "feature.updated"
    FEATURE_DELETED = "feature.deleted"
    API_DOCS_CREATED = "api_docs.created"
    API_DOCS_UPDATED = "api_docs.updated"
    API_DOCS_DELETED = "api_docs.deleted"
    APPLICATION_CREATED = "application.created"
    APPLICATION_UPDATED = "application.updated"
    APPLICATION_ACCEPTED = "application.accepted"
    APPLICATION_SUSPENDED = "application.suspended"
    APPLICATION_RESUMED = "application.resumed"
    APPLICATION_DELETED = "application.deleted"
    PLAN_CHANGED = "application.plan_changed"
    PLAN_CHANGE_ASKED = "application.plan_change_asked"
    USER_KEY_CHANGED = "application.user_key_updated"
    KEY_CREATED = "application.key_created"
    KEY_DELETED = "application.key_deleted"
    SETTING_UPDATED = "setting.updated"
    TOKEN_CREATED = "access_token.created"  # noqa: S105 - a name, not a secret
    TOKEN_DELETED = "access_token.deleted"  # noqa: S105 - a name, not a secret
    TEMPLATE_UPDATED = "template.updated"


class EventRecord(SQLModel, table=True):
    """One thing that happened. `delivered_at` is empty until its jobs are done."""

    __tablename__ = "events"
    __table_args__ = (
        Index("ix_events_provider_id_id", "provider_id", "id"),
        Index("ix_events_undelivered", "delivered_at", "id"),
    )

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    kind: str
    actor: str
    user_id: int | None = None
    account_id: int | None = None
    service_id: int | None = None
    subject_id: int | None = None  # of what the kind names before the dot
    payload: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)  # field -> [before, after]
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    created_at: datetime = created_at()
    delivered_at: datetime | None = moment()


@dataclass(frozen=True, slots=True)
class Event:
    """What an action tells. `changes` is field -> [before, after], `facts` what helps to read it.

    No secrets in either.
    """

    kind: EventKind
    subject_id: int | None = None
    account_id: int | None = None
    service_id: int | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)


def record(db: Session, actor: Actor, event: Event) -> EventRecord:
    """Write the event into the running transaction, for jobs, caches and the audit log."""
    row = EventRecord(
        provider_id=actor.provider_id,
        kind=event.kind,
        actor=actor.name,
        user_id=actor.user_id,
        account_id=event.account_id,
        service_id=event.service_id,
        subject_id=event.subject_id,
        payload=event.changes,
        facts=event.facts,
    )
    db.add(row)
    db.flush()  # the listeners need its id after the commit
    db.info.setdefault("events", []).append(row)
    return row
