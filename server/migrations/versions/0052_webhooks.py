"""Webhooks: endpoints, deliveries, attempts, and objects as they last were."""

import sqlalchemy as sa
from alembic import op

from server.kit.db import UTCDateTime

revision = "0052_webhooks"
down_revision = "0051_openid_connect"


def _owned(*columns: sa.Column) -> tuple[sa.Column, ...]:  # type: ignore[type-arg]  # of any type
    """Begin a table whose rows are a provider's."""
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        *columns,
    )


def _provider() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["provider_id"], ["providers.id"], ondelete="CASCADE")


def _time(name: str, *, optional: bool = False) -> sa.Column:  # type: ignore[type-arg]  # of any type
    return sa.Column(name, UTCDateTime(), nullable=optional)


def _text(name: str) -> sa.Column:  # type: ignore[type-arg]  # of any type
    return sa.Column(name, sa.String(), nullable=False)


def _flag(name: str) -> sa.Column:  # type: ignore[type-arg]  # of any type
    return sa.Column(name, sa.Boolean(), nullable=False)


def _endpoints() -> None:
    columns = _owned(
        _text("name"),
        _text("payload"),
        _text("url"),
        sa.Column("event_types", sa.JSON(), nullable=False),
        _flag("active"),
        _flag("provider_actions"),
        _flag("push_application_content_type"),
        sa.Column("secret_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("previous_secret_sealed", sa.LargeBinary(), nullable=True),
        _time("previous_secret_until", optional=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        _time("failing_since", optional=True),
        _time("paused_at", optional=True),
        _text("problem"),
        _time("created_at"),
        _time("updated_at"),
    )
    op.create_table(
        "webhook_endpoints",
        *columns,
        _provider(),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("provider_id", "name"),
    )


def _deliveries() -> None:
    columns = _owned(
        sa.Column("endpoint_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        _text("event_type"),
        _text("subject_kind"),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        _text("message_id"),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        _text("state"),
        sa.Column("attempts", sa.Integer(), nullable=False),
        _time("next_attempt_at", optional=True),
        sa.Column("status", sa.Integer(), nullable=True),
        _text("error"),
        _time("finished_at", optional=True),
        _time("created_at"),
    )
    name = "webhook_deliveries"
    op.create_table(
        name,
        *columns,
        _provider(),
        sa.ForeignKeyConstraint(["endpoint_id"], ["webhook_endpoints.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("endpoint_id", "event_id", "event_type"),
    )
    subject = ["endpoint_id", "subject_kind", "subject_id", "state"]
    op.create_index("ix_webhook_deliveries_due", name, ["state", "next_attempt_at"])
    op.create_index("ix_webhook_deliveries_subject", name, subject)
    op.create_index("ix_webhook_deliveries_provider_id_id", name, ["provider_id", "id"])
    op.create_index("ix_webhook_deliveries_created_at", name, ["created_at"])


def _attempts() -> None:
    columns = _owned(
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        _text("url"),
        sa.Column("request_headers", sa.JSON(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        _text("error"),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        _time("created_at"),
    )
    op.create_table(
        "webhook_attempts",
        *columns,
        _provider(),
        sa.ForeignKeyConstraint(["delivery_id"], ["webhook_deliveries.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_webhook_attempts_delivery_id", "webhook_attempts", ["delivery_id"])


def _last_states() -> None:
    columns = _owned(
        _text("kind"),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("columns_sealed", sa.LargeBinary(), nullable=False),
        _time("created_at"),
    )
    op.create_table("last_states", *columns, _provider(), sa.PrimaryKeyConstraint("id"))
    subject = ["provider_id", "kind", "subject_id"]
    op.create_index("ix_last_states_subject", "last_states", subject)


def upgrade() -> None:
    """Apply the step."""
    _endpoints()
    _deliveries()
    _attempts()
    _last_states()
