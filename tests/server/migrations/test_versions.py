"""A database of each released version upgrades with all its rows, and today's code reads it."""

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
from server.actions.secrets import unsealed_value
from server.auth.dependencies import Dependencies
from server.directory import DatabaseDirectory
from server.directory_queries import find_service_by_host
from server.domain.actors import Actor
from server.domain.applications.applications import Application
from server.domain.plans.trials import next_due
from server.domain.provider.hosts import Host
from server.domain.provider.providers import Provider
from server.domain.services.configs import ProxyConfig
from server.domain.services.services import Service
from server.kit.clock import utc_now
from server.kit.db import Database
from server.migrations.run import migrate
from server.migrations.version import BrokenReference, version_of
from tests.kit.logins import logged_in
from tests.kit.make import TEST_VAULT, make_deps

DATA = Path(__file__).parent / "data"
VERSIONS = ("0.1", "0.2", "0.3", "0.4", "0.5")
LAST_STEPS = {
    "0.1": "0003_api_docs",
    "0.2": "0007_policy_chain",
    "0.3": "0011_ambiguous_paths",
    "0.4": "0019_specification_addresses",
    "0.5": "0043_mcp",
}
BEFORE_SEALING = ("0.1", "0.2")  # with secrets in clear
BEFORE_HOSTS = ("0.1", "0.2")  # without a table of hosts: two could be meant by one
BEFORE_WISHES = ("0.1", "0.2", "0.3")  # for a plan, and before tests told which version passed
BEGAN_TO_WORK = ("account_plans_ui_visible", "service_plans_ui_visible", "public_search")
PASSWORD = "a password of the fixture"
USER_KEY = "the-user-key-of-the-fixture"

Rows = dict[str, list[dict[str, Any]]]


def load_old(database_url: str, version: str) -> Database:
    """Load what a version wrote: all its tables, none of them empty."""
    if database_url.startswith("sqlite"):
        with sqlite3.connect(database_url.removeprefix("sqlite:///")) as connection:
            connection.executescript((DATA / f"{version}.sqlite.sql").read_text())
        connection.close()
    else:
        with psycopg.connect(database_url.replace("+psycopg", "")) as server:
            server.execute((DATA / f"{version}.postgresql.sql").read_bytes())
    return Database(database_url)


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    """Name a released version."""
    name: str = request.param
    return name


@pytest.fixture
def old(database_url: str, version: str) -> Iterator[Database]:
    """Open a database as an old version left it."""
    database = load_old(database_url, version)
    yield database
    database.close()


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
    if column == "buyer_can_select_plan":
        return True  # they could, whatever it said
    if column in BEGAN_TO_WORK:
        return False  # they did nothing, whatever they said
    if f"{column}_sealed" not in row:
        value = row[column]
    else:
        value = TEST_VAULT.unseal(bytes(row[f"{column}_sealed"]))
    if column in {"content", "policy_chain", "payload", "scopes"} and isinstance(value, str):
        value = json.loads(value)
    if column == "scopes":  # two of them opened nothing
        value = [scope for scope in value if scope not in {"finance", "policy_registry"}]
    if column == "payload" and "policy_chain" in value:  # told as changed, since it has secrets
        value = value | {"policy_chain": "hidden"}
    return value


def first_provider(db: Session) -> Provider:
    """Find the provider whom the dump is about."""
    return db.exec(select_rows(Provider).where(Provider.is_first)).one()


async def test_every_row_is_kept_and_the_code_of_today_reads_it(
    old: Database, database_url: str, tmp_path: Path
) -> None:
    before = rows_of(old)

    migrate(old.engine, TEST_VAULT)

    assert all(before.values())
    hold_all_rows(before, rows_of(old))
    hold_references(old)
    deps = make_deps(tmp_path, url=database_url)
    list_plans(deps)
    await know_an_application(deps)
    log_people_in(deps)
    deps.database.close()
    with pytest.raises(IntegrityError), old.engine.begin() as connection:
        connection.execute(text("UPDATE applications SET plan_id = 999 WHERE id = 1"))


def hold_all_rows(before: Rows, after: Rows) -> None:
    """Check that each value of before is there."""
    for name, rows in before.items():
        kept = [{column: kept_in(row, column) for column in rows[0]} for row in after[name]]
        old_rows = [{column: kept_in(row, column) for column in row} for row in rows]
        assert sorted(kept, key=str) == sorted(old_rows, key=str), name


def hold_references(old: Database) -> None:
    """Check that no row points to one that is not there."""
    now = MetaData()
    now.reflect(old.engine)
    with old.engine.connect() as connection:
        for column in (column for table in now.sorted_tables for column in table.columns):
            for key in column.foreign_keys:
                lost = select(column).where(column.is_not(None), column.not_in(select(key.column)))
                assert connection.execute(lost).all() == [], str(column)


def list_plans(deps: Dependencies) -> None:
    """Read the plans with all that was set of one."""
    with deps.database.read() as db:
        actor = Actor.system(first_provider(db).id)
        found = {plan.system_name: plan for plan in db.exec(APPLICATION_PLANS.query(actor))}
    assert {"gold", "free", "hidden"} <= set(found)
    gold = found["gold"]
    assert [str(gold.setup_fee), str(gold.cost_per_month)] == ["120.50", "9.90"]
    assert (gold.trial_period_days, gold.position, gold.state) == (14, 3, "published")


async def know_an_application(deps: Dependencies) -> None:
    """Find an application by its key, as a gateway does."""
    directory = DatabaseDirectory(deps.database, deps.installation)
    with deps.database.read() as db:
        actor = Actor.system(first_provider(db).id)
        gold = next(p for p in db.exec(APPLICATION_PLANS.query(actor)) if p.system_name == "gold")
        for one in db.exec(select_rows(Application)):
            ends_at = one.trial_ends_at
            days = ends_at and (ends_at - one.created_at).days
            assert days == (14 if one.plan_id == gold.id else None)
            assert one.trial_due_at == (ends_at and next_due(ends_at, utc_now()))

    found = await directory.application_by_user_key(gold.service_id, USER_KEY)

    assert found is not None
    assert found.active
    assert (found.plan_name, len(found.limits)) == ("Gold", 2)


def log_people_in(deps: Dependencies) -> None:
    """Log staff and a developer in with their passwords."""
    for audience, name in (("provider", "admin"), ("developer", "keeper")):
        with deps.database.write() as db:
            login = logged_in(db, deps, (first_provider(db).id, audience), name, PASSWORD)
        assert login.user.username == name


def test_a_database_with_a_broken_reference_stays_as_it_is(old: Database, version: str) -> None:
    if not old.is_sqlite:
        return  # there such a row can't be made
    with old.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys=OFF")
        driver.execute("UPDATE applications SET plan_id = 999 WHERE id = 1")

    with pytest.raises(BrokenReference, match="applications"):
        migrate(old.engine, TEST_VAULT)

    assert version_of(old.engine) == LAST_STEPS[version]


def put(old: Database, table: str, like: int, **columns: Any) -> None:
    """Copy a row of a table, with other values in these columns."""
    source = MetaData()
    source.reflect(old.engine, only=[table])
    rows = source.tables[table]
    with old.engine.begin() as connection:
        row = connection.execute(rows.select().where(rows.c.id == like)).mappings().one()
        connection.execute(rows.insert().values({**row, **columns}))


@pytest.fixture
def crowded(old: Database) -> Database:
    """Add tenants and services whose hosts were one host, or none at all."""
    for number, subdomain in ((11, "zed"), (12, "blue-zed"), (13, "taken-zed")):
        digest = b"digest %d" % number
        put(
            old,
            "providers",
            2,
            id=number,
            subdomain=subdomain,
            provider_key_digest=digest,
        )
    for number, provider_id, name, state in (
        (21, 12, "shop", "published"),
        (22, 11, "shop-blue", "published"),
        (23, 11, "my_api", "published"),
        (24, 11, "my-api", "hidden"),
        (25, 11, "taken", "published"),
        (26, 11, "v1.0", "published"),
        (27, 11, "x" * 255, "published"),
        (28, 11, "gone-deleted-28", "deleted"),
        (29, 11, "my-api-deleted-29", "deleted"),
        (30, 11, "_own", "published"),
    ):
        columns = {"provider_id": provider_id, "system_name": name, "state": state}
        put(old, "services", 2, id=number, **columns, service_token_digest=b"%d" % number)
        label = f"{name.replace('_', '-')}-{ {11: 'zed', 12: 'blue-zed'}[provider_id] }"
        proxy = {
            "hosts": [f"{label}.localhost", f"{label}.staging.localhost"],
            "endpoint": f"https://{label}.localhost:8443",
            "sandbox_endpoint": f"https://{label}.staging.localhost:8443",
            "api_backend": f"https://{label}.example",
        }
        config = {"id": number, "provider_id": provider_id, "service_id": number}
        put(old, "proxy_configs", 1, **config, content={"proxy": proxy})
    return old


@pytest.mark.parametrize("version", BEFORE_HOSTS, indirect=True)
def test_who_had_a_host_keeps_it_and_the_later_one_gets_the_next(crowded: Database) -> None:
    migrate(crowded.engine, TEST_VAULT)

    with Session(crowded.engine) as db:
        labels = {row.id: row.host_label for row in db.exec(select_rows(Service))}
        hosts = {row.name: row for row in db.exec(select_rows(Host))}
        proxies = {
            row.id: unsealed_value(TEST_VAULT, row, "content_sealed")["proxy"]
            for row in db.exec(select_rows(ProxyConfig))
        }
    assert [labels[number] for number in (1, 2, 3)] == ["api-acme", "api-globex", "petstore-acme"]
    long = labels.pop(27)
    assert long.startswith("xxx")
    assert len(long) == 63
    assert {number: label for number, label in labels.items() if number > 20} == {
        21: "shop-blue-zed",  # older than 22
        22: "shop-blue-zed-2",
        23: "my-api-zed",
        24: "my-api-zed-2",
        25: "taken-zed-2",  # the first is a portal
        26: "v1-0-zed",  # with a dot it was never found
        28: "gone-zed",  # nobody else's
        29: "",  # taken by others of its own provider
        30: "-own-zed",  # browsers reached it
    }
    assert hosts["taken-zed"].kind == "portal"
    assert hosts["shop-blue-zed.staging"].service_id == 21
    assert hosts["gone-zed"].service_id == 28
    assert proxies[21]["hosts"] == ["shop-blue-zed.localhost", "shop-blue-zed.staging.localhost"]
    assert proxies[22] == {
        "hosts": ["shop-blue-zed-2.localhost", "shop-blue-zed-2.staging.localhost"],
        "endpoint": "https://shop-blue-zed-2.localhost:8443",
        "sandbox_endpoint": "https://shop-blue-zed-2.staging.localhost:8443",
        "api_backend": "https://shop-blue-zed.example",
    }


@pytest.mark.parametrize("version", BEFORE_HOSTS, indirect=True)
def test_hosts_of_before_lead_where_they_led(crowded: Database) -> None:
    migrate(crowded.engine, TEST_VAULT)

    with Session(crowded.engine) as db:
        for host, service_id in (
            ("shop-blue-zed", 21),
            ("my-api-zed", 23),
            ("api-globex", 2),
            ("taken-zed-2", 25),
            ("gone-zed", None),
        ):
            found = find_service_by_host(db, f"{host}.localhost", "localhost")
            assert found == (None if service_id is None else ("production", service_id)), host


def tell(old: Database, number: int, kind: str, application_id: int, plan_id: int) -> None:
    """Write an event about the plan of an application, as the first version did."""
    told = {"kind": kind, "subject_id": application_id, "payload": {"plan_id": [plan_id, plan_id]}}
    put(old, "events", 1, id=number, **told)


@pytest.mark.parametrize("version", BEFORE_WISHES, indirect=True)
def test_wishes_for_plans_that_nobody_answered_are_open(old: Database) -> None:
    asked, changed = "application.plan_change_asked", "application.plan_changed"
    for number, (kind, application_id, plan_id) in enumerate(
        [(asked, 1, 2), (asked, 9, 6), (changed, 9, 5), (asked, 8, 999), (asked, 3, 2)],
        start=90_001,
    ):
        tell(old, number, kind, application_id, plan_id)

    migrate(old.engine, TEST_VAULT)

    with old.engine.connect() as connection:
        wishes = connection.execute(
            text("SELECT id, wanted_plan_id FROM applications WHERE wanted_plan_id IS NOT NULL")
        )
        assert [tuple(row) for row in wishes] == [(1, 2)]


@pytest.mark.parametrize("version", BEFORE_WISHES, indirect=True)
def test_an_api_that_was_tested_stays_tested(old: Database) -> None:
    with old.engine.begin() as connection:
        connection.execute(text("UPDATE proxies SET api_test_success = (service_id = 1)"))

    migrate(old.engine, TEST_VAULT)

    with old.engine.connect() as connection:
        query = "SELECT service_id, api_test_passed_version FROM proxies ORDER BY service_id"
        passed = {row.service_id: row[1] for row in connection.execute(text(query))}
        newest = "SELECT max(version) FROM proxy_configs WHERE service_id = 1"
        staged = text(f"{newest} AND environment = 'staging'")
        assert passed.pop(1) == connection.execute(staged).scalar_one()
        assert set(passed.values()) == {None}
