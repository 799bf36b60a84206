"""Which step a database has seen, told without loading the tool that runs the steps."""

from pathlib import Path

from sqlalchemy import Engine, inspect, text

VERSIONS = Path(__file__).parent / "versions"


class UnknownVersion(Exception):
    """The database has seen a step that this version does not have."""


class ForeignDatabase(Exception):
    """The database holds tables of another program."""


class BrokenReference(Exception):
    """A step left rows that point at nothing; none of it is kept."""


def refuse_foreign(engine: Engine) -> None:
    """Refuse a database without steps of ours that is not empty. Raises: ForeignDatabase."""
    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()
    if tables:
        raise ForeignDatabase(
            f"this database holds something else (the table {min(tables)!r}). Name an empty one."
        )


def refuse_unknown(version: str) -> None:
    """Refuse a database of a later version. Raises: UnknownVersion."""
    if version and not (VERSIONS / f"{version}.py").is_file():
        raise UnknownVersion(
            f"a later version has been here (step {version!r}), or another program. "
            "Start that version, bring a backup, or name another database."
        )


def newest() -> str:
    """Name the newest step: each file is named as its step, and they are numbered."""
    return max(file.stem for file in VERSIONS.glob("[0-9]*.py"))


def version_of(engine: Engine) -> str:
    """Name the newest step that the database has seen; empty for a new database."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return ""
        seen = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return str(seen or "")
