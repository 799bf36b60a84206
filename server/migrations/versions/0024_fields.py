"""Fields that providers define; each provider has those that forms asked for until now."""

import sqlalchemy as sa
from alembic import op

from server.kit.clock import utc_now
from server.kit.db import UTCDateTime

revision = "0024_fields"
down_revision = "0023_template_openings"

DEFAULTS = (  # target, name, label, required, position
    ("account", "org_name", "Organisation or project", True, 1),
    ("user", "username", "Username", True, 1),
    ("user", "email", "Mail address", True, 2),
    ("user", "first_name", "First name", False, 3),
    ("user", "last_name", "Last name", False, 4),
    ("application", "name", "Name", True, 1),
    ("application", "description", "Description", False, 2),
)


def upgrade() -> None:
    """Apply the step."""
    definitions = op.create_table(
        "field_definitions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("hint", sa.String(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("read_only", sa.Boolean(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["provider_id"], ["providers.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("provider_id", "target", "name"),
    )
    providers = op.get_bind().execute(sa.text("SELECT id FROM providers ORDER BY id")).scalars()
    now = utc_now()
    rows = [
        {
            "provider_id": provider_id,
            "target": target,
            "name": name,
            "label": label,
            "hint": "",
            "required": required,
            "hidden": False,
            "read_only": False,
            "choices": [],
            "position": position,
            "created_at": now,
            "updated_at": now,
        }
        for provider_id in providers.all()
        for target, name, label, required, position in DEFAULTS
    ]
    if rows:
        op.bulk_insert(definitions, rows)
