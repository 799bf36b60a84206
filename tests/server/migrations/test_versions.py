"""A database of version 0.1 upgrades with all its rows, and the code of today answers from it."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import MetaData, inspect, literal_column, select, table, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session
from sqlmodel import select as select_rows

from server.actions.plans.plans import APPLICATION_PLANS
from server.auth.dependencies import Dependencies
from server.auth.sessions import log_in
from server.directory import DatabaseDirectory
from server.domain.actors import Actor
from server.domain.provider.providers import Provider
from server.kit.db import Database
from server.migrations.run import BrokenReference, migrate
from server.migrations.version import version_of
from tests.kit.make import TEST_VAULT, make_deps

DATA = Path(__file__).parent / "data"
PASSWORD = "a password of the fixture"
USER_KEY = "the-user-key-of-the-fixture"

Rows = dict[str, list[dict[str, Any]]]


def load_old(database_url: str) -> Database:
    """Load what version 0.1 wrote: all its tables, none of them empty."""
    if database_url.startswith("sqlite"):
        with sqlite3.connect(database_url.removeprefix("sqlite:///")) as connection:
            connection.executescript((DATA / "0.1.sqlite.sql").read_text())
        connection.close()
    else:
        with psycopg.connect(database_url.replace("+psycopg", "")) as server:
            server.execute((DATA / "0.1.postgresql.sql").read_bytes())
    return Database(database_url)


@pytest.fixture
def old(database_url: str) -> Iterator[Database]:
    """Open a database as version 0.1 left it."""
    database = load_old(database_url)
    yield database
    database.close()


@pytest.fixture
def upgraded(old: Database, database_url: str, tmp_path: Path) -> Iterator[Dependencies]:
    """Upgrade it, and give it to the code of today."""
    migrate(old.engine, TEST_VAULT)
    deps = make_deps(tmp_path, url=database_url)
    yield deps
    deps.database.close()


def rows_of(database: Database) -> Rows:
    """Read all rows of all tables as they are stored."""
    with database.engine.connect() as connection:
        names = set(inspect(connection).get_table_names()) - {"alembic_version"}
        queries: dict[str, Any] = {
            name: select(literal_column("*")).select_from(table(name)) for name in names
        }
        return {
            name: [dict(row) for row in connection.execute(query).mappings()]
            for name, query in queries.items()
        }


def kept_in(row: dict[str, Any], column: str) -> Any:
    """Read what a column of an old version held, also where it is sealed now."""
    if column == "csrf_token":
        return None  # it is made of the session's digest now
    if f"{column}_sealed" not in row:
        value = row[column]
    else:
        value = TEST_VAULT.unseal(bytes(row[f"{column}_sealed"]))
    return json.loads(value) if column == "content" and isinstance(value, str) else value


def first_provider(db: Session) -> Provider:
    """Find the provider whom the dump is about."""
    return db.exec(select_rows(Provider).where(Provider.is_first)).one()


def test_every_row_is_kept_with_its_values(old: Database) -> None:
    before = rows_of(old)

    migrate(old.engine, TEST_VAULT)

    after = rows_of(old)
    assert all(before.values())
    for name, rows in before.items():
        kept = [{column: kept_in(row, column) for column in rows[0]} for row in after[name]]
        old_rows = [{column: kept_in(row, column) for column in row} for row in rows]
        assert sorted(kept, key=str) == sorted(old_rows, key=str), name


def test_foreign_keys_hold(old: Database) -> None:
    migrate(old.engine, TEST_VAULT)

    now = MetaData()
    now.reflect(old.engine)
    with old.engine.connect() as connection:
        for column in (column for table in now.sorted_tables for column in table.columns):
            for key in column.foreign_keys:
                lost = select(column).where(column.not_in(select(key.column)))
                assert connection.execute(lost).all() == [], str(column)


def test_plans_are_listed(upgraded: Dependencies) -> None:
    with upgraded.database.read() as db:
        actor = Actor.system(first_provider(db).id)

        found = {plan.system_name: plan for plan in db.exec(APPLICATION_PLANS.query(actor))}

    assert {"gold", "free", "hidden"} <= set(found)
    gold = found["gold"]
    assert [str(gold.setup_fee), str(gold.cost_per_month)] == ["120.50", "9.90"]
    assert (gold.trial_period_days, gold.position, gold.state) == (14, 3, "published")


async def test_the_directory_knows_an_application(upgraded: Dependencies) -> None:
    directory = DatabaseDirectory(upgraded.database, upgraded.installation)
    with upgraded.database.read() as db:
        actor = Actor.system(first_provider(db).id)
        gold = next(p for p in db.exec(APPLICATION_PLANS.query(actor)) if p.system_name == "gold")

    found = await directory.application_by_user_key(gold.service_id, USER_KEY)

    assert found is not None
    assert found.active
    assert (found.plan_name, len(found.limits)) == ("Gold", 2)


@pytest.mark.parametrize(("audience", "name"), [("provider", "admin"), ("developer", "keeper")])
def test_people_log_in(upgraded: Dependencies, audience: str, name: str) -> None:
    with upgraded.database.write() as db:
        provider_id = first_provider(db).id

        login = log_in(db, upgraded.installation, provider_id, audience, (name, PASSWORD))

    assert login.user.username == name


def test_a_database_with_a_broken_reference_stays_as_it_is(old: Database) -> None:
    if not old.is_sqlite:
        return  # there such a row can't be made
    with old.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys=OFF")
        driver.execute("UPDATE applications SET plan_id = 999 WHERE id = 1")

    with pytest.raises(BrokenReference, match="applications"):
        migrate(old.engine, TEST_VAULT)

    assert version_of(old.engine) == "0003_api_docs"


def test_references_are_checked_again_after_an_upgrade(old: Database) -> None:
    migrate(old.engine, TEST_VAULT)

    with pytest.raises(IntegrityError), old.engine.begin() as connection:
        connection.execute(text("UPDATE applications SET plan_id = 999 WHERE id = 1"))
