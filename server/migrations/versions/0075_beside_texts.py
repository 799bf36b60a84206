"""What stands beside the texts that accounts and applications are found by."""

import sqlalchemy as sa
from alembic import op

revision = "0075_beside_texts"
down_revision = "0073_taken_over"

FIELDS, MANY_PEOPLE = "\x1e", "\x1d"
FOUND_BY = {
    "accounts": ("org_name",),
    "users": ("username", "email", "first_name", "last_name"),
    "applications": ("name", "application_id"),
}
CHUNK = 1_000
Row = sa.RowMapping


def upgrade() -> None:
    """Apply the step."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for name, columns in FOUND_BY.items():
        if is_sqlite:
            for moment in ("added", "gone", "changed"):
                op.execute(f"DROP TRIGGER IF EXISTS {name}_search_{moment}")
            op.execute(f"DROP TABLE IF EXISTS {name}_search_letters")
            op.execute(f"DROP TABLE IF EXISTS {name}_search")
        else:
            op.execute(f"DROP INDEX IF EXISTS ix_{name}_search_text")
        if name != "users":
            beside = sa.Column("beside_text", sa.String(), nullable=False, server_default="")
            op.add_column(name, beside)
            index = f"ix_{name}_provider_id_state"
            op.drop_index(index, name)
            op.create_index(index, name, ["provider_id", "state", "id"])
        _write(name, columns)
    mark = sa.text(f"beside_text = '{MANY_PEOPLE}'")
    op.create_index(
        "ix_accounts_many_people",
        "accounts",
        ["provider_id"],
        sqlite_where=mark,
        postgresql_where=mark,
    )


def _write(name: str, columns: tuple[str, ...]) -> None:
    db = op.get_bind()
    texts: list[sa.ColumnClause[str]] = [sa.column(each) for each in (*columns, "search_text")]
    rows = sa.table(name, sa.column("id"), *texts, sa.column("extra_fields", sa.JSON))
    changed = rows.update().where(rows.c.id == sa.bindparam("row_id"))
    changed = changed.values(search_text=sa.bindparam("text"))
    last = 0
    while True:
        query = sa.select(rows).where(rows.c.id > last).order_by(rows.c.id).limit(CHUNK)
        found = db.execute(query).mappings().all()
        if not found:
            return
        db.execute(changed, [{"row_id": row["id"], "text": _text(row, columns)} for row in found])
        last = found[-1]["id"]


def _text(row: Row, columns: tuple[str, ...]) -> str:
    fields = []
    for name, value in (row["extra_fields"] or {}).items():
        fields += [f"{name}={each}" for each in (value if isinstance(value, list) else [value])]
    return FIELDS.join(_lines(lines) for lines in ([row[each] for each in columns], fields))


def _lines(lines: list[str]) -> str:
    return "".join(f"\n{line.lower()}" for line in lines if line) + "\n\n"
