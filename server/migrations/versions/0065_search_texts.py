"""What accounts, users and applications are found and sorted by, in small letters."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0065_search_texts"
down_revision = "0064_registered_documents"

CHUNK = 1_000
ADDED = ("search_text", "sort_name")
FOUND_BY = {
    "accounts": ("org_name",),
    "users": ("username", "email", "first_name", "last_name"),
    "applications": ("name", "application_id"),
}


def upgrade() -> None:
    """Apply the step."""
    for name, columns in FOUND_BY.items():
        with op.batch_alter_table(name) as batch_op:
            for each in ADDED:
                column = sa.Column(each, sa.String(), nullable=False, server_default="")
                batch_op.add_column(column)
        _fill(name, columns)
        with op.batch_alter_table(name) as batch_op:
            for each in ADDED:
                batch_op.alter_column(each, server_default=None)


def _fill(name: str, columns: tuple[str, ...]) -> None:
    db = op.get_bind()
    texts: list[sa.ColumnClause[str]] = [sa.column(each) for each in (*columns, *ADDED)]
    rows = sa.table(name, sa.column("id"), *texts, sa.column("extra_fields", sa.JSON))
    made: dict[str, sa.BindParameter[str]] = {each: sa.bindparam(f"made_{each}") for each in ADDED}
    changed = rows.update().where(rows.c.id == sa.bindparam("row_id")).values(**made)
    last = 0
    while True:
        query = sa.select(rows).where(rows.c.id > last).order_by(rows.c.id).limit(CHUNK)
        found = db.execute(query).mappings().all()
        if not found:
            return
        filled = [_filled(row, columns) for row in found]
        db.execute(changed, filled)
        last = found[-1]["id"]


def _filled(row: Any, columns: tuple[str, ...]) -> dict[str, Any]:
    made = {"made_search_text": _text(row, columns), "made_sort_name": row[columns[0]].lower()}
    return {"row_id": row["id"], **made}


def _text(row: Any, columns: Iterable[str]) -> str:
    lines = [row[name] for name in columns]
    for name, value in (row["extra_fields"] or {}).items():
        lines.extend(f"{name}={each}" for each in (value if isinstance(value, list) else [value]))
    return "".join(f"\n{line.lower()}" for line in lines if line) + "\n\n"
