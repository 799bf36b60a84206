"""The content of portals: sections, files, redirects, groups, feeds, versions of templates.

Templates that are there stay as they are: HTML, read by Liquid, at the root of the sections.
"""

import sqlalchemy as sa
from alembic import op

from server.kit.clock import utc_now
from server.kit.db import UTCDateTime

revision = "0020_content"
down_revision = "0019_specification_addresses"

NEW: tuple[sa.Column[object], ...] = (
    sa.Column("content_type", sa.String(), nullable=False, server_default="text/html"),
    sa.Column("liquid_enabled", sa.Boolean(), nullable=False, server_default=sa.true()),
    sa.Column("tags", sa.String(), nullable=False, server_default=""),
    sa.Column("hidden", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column("searchable", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column("portlet", sa.String(), nullable=False, server_default=""),
    sa.Column("feed_url", sa.String(), nullable=False, server_default=""),
    sa.Column("posts", sa.Integer(), nullable=False, server_default="5"),
    sa.Column("lock_version", sa.Integer(), nullable=False, server_default="0"),
    sa.Column("changed_by", sa.String(), nullable=False, server_default=""),
)


def upgrade() -> None:
    """Apply the step."""
    _sections()
    _files()
    _groups()
    op.create_table(
        "redirects",
        *_owned(),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        *_times(),
        sa.UniqueConstraint("provider_id", "source"),
    )
    op.create_table(
        "feeds",
        *_owned(),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("tried_at", UTCDateTime(), nullable=True),
        sa.Column("fetched_at", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.UniqueConstraint("provider_id", "url"),
    )
    _templates()
    _add_roots(op.get_bind())


def _owned() -> tuple[sa.Column[int], ...]:
    return (
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("provider_id", sa.Integer(), sa.ForeignKey("providers.id"), nullable=False),
    )


def _times() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
    )


def _sections() -> None:
    op.create_table(
        "sections",
        *_owned(),
        sa.Column("parent_id", sa.Integer(), sa.ForeignKey("sections.id"), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("system_name", sa.String(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("partial_path", sa.String(), nullable=False),
        sa.Column("is_builtin", sa.Boolean(), nullable=False),
        *_times(),
        sa.UniqueConstraint("provider_id", "system_name"),
    )
    op.create_index("ix_sections_parent_id", "sections", ["parent_id"])


def _files() -> None:
    op.create_table(
        "portal_files",
        *_owned(),
        sa.Column("section_id", sa.Integer(), sa.ForeignKey("sections.id"), nullable=True),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("downloadable", sa.Boolean(), nullable=False),
        sa.Column("content_type", sa.String(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        *_times(),
        sa.UniqueConstraint("provider_id", "path"),
    )
    op.create_index("ix_portal_files_section_id", "portal_files", ["section_id"])
    op.create_table(
        "portal_file_chunks",
        sa.Column("file_id", sa.Integer(), sa.ForeignKey("portal_files.id"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )


def _groups() -> None:
    op.create_table(
        "account_groups",
        *_owned(),
        sa.Column("name", sa.String(), nullable=False),
        *_times(),
        sa.UniqueConstraint("provider_id", "name"),
    )
    group = sa.ForeignKey("account_groups.id")
    op.create_table(
        "account_group_sections",
        sa.Column("group_id", sa.Integer(), group, primary_key=True),
        sa.Column("section_id", sa.Integer(), sa.ForeignKey("sections.id"), primary_key=True),
    )
    op.create_index(
        "ix_account_group_sections_section_id", "account_group_sections", ["section_id"]
    )
    op.create_table(
        "account_group_accounts",
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("accounts.id"), primary_key=True),
        sa.Column("group_id", sa.Integer(), sa.ForeignKey("account_groups.id"), primary_key=True),
    )
    op.create_index("ix_account_group_accounts_group_id", "account_group_accounts", ["group_id"])


def _templates() -> None:
    with op.batch_alter_table("templates", schema=None) as batch_op:
        for column in NEW:
            batch_op.add_column(column)
        batch_op.add_column(sa.Column("system_name", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("section_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("publish_at", UTCDateTime(), nullable=True))
        batch_op.create_foreign_key("fk_templates_section_id", "sections", ["section_id"], ["id"])
        batch_op.create_unique_constraint(
            "uq_templates_system_name", ["provider_id", "kind", "system_name"]
        )
    with op.batch_alter_table("templates", schema=None) as batch_op:
        for column in NEW:
            batch_op.alter_column(column.name, server_default=None)
    op.create_index("ix_templates_section_id", "templates", ["section_id"])
    op.create_index("ix_templates_publish_at", "templates", ["publish_at"])
    op.create_table(
        "template_versions",
        *_owned(),
        sa.Column("template_id", sa.Integer(), sa.ForeignKey("templates.id"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
    )
    op.create_index("ix_template_versions_template_id", "template_versions", ["template_id", "id"])


def _add_roots(connection: sa.Connection) -> None:
    """Give every provider the section that all content is in."""
    providers = sa.table("providers", sa.column("id"))
    names = ("provider_id", "title", "system_name", "public", "partial_path", "is_builtin")
    sections = sa.table(
        "sections",
        *(sa.column(name) for name in names),
        sa.column("created_at", UTCDateTime()),
        sa.column("updated_at", UTCDateTime()),
    )
    now = utc_now()
    rows = [
        {
            "provider_id": provider_id,
            "title": "Root",
            "system_name": "root",
            "public": True,
            "partial_path": "",
            "is_builtin": True,
            "created_at": now,
            "updated_at": now,
        }
        for provider_id in connection.scalars(sa.select(providers.c.id))
    ]
    if rows:
        connection.execute(sa.insert(sections), rows)
