"""What every test may ask for: databases of its own, on SQLite and on PostgreSQL."""

import gc
import sys
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import settings
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from redis import Redis
from starlette.routing import compile_path

from server.kit.db import Database, _engine
from server.migrations.run import migrate
from server.runtime.memory import settle_memory
from tests.kit.emptied import empty
from tests.kit.engines import sharing_statements
from tests.kit.make import copy_of_migrated
from tests.kit.nursery import one_nursery
from tests.kit.process import loaded
from tests.kit.services import PostgreSQL, RedisServer, running_postgres, running_redis
from tests.kit.zygotes import one_mother

if find_spec("sniffio") is None:  # httpx asks at each request, and each time all folders are read
    sys.modules["sniffio"] = None  # type: ignore[assignment]  # "there is none"
gc.disable()  # nothing of what is loaded to begin with is garbage: tests are collected sooner

# A busy machine makes an example slow, not wrong.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.hookimpl
def pytest_collection_finish() -> None:
    """Look for garbage from now on, and only among what tests make: it took an eighth of a run."""
    settle_memory()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """Look for garbage once at the end; pytest and the interpreter find nothing to look at then."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _cheap_passwords() -> Iterator[None]:
    """Hash with argon2's smallest setting: most tests make a provider, and two users with it."""
    cheap = PasswordHash((Argon2Hasher(memory_cost=8, time_cost=1, parallelism=1),))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("server.kit.passwords._hasher", lambda: cheap)
        yield


@pytest.fixture(scope="session", autouse=True)
def _renderers_loaded_once() -> Iterator[None]:
    """Fork what renders providers' templates from one process: nearly each test has its own."""
    with one_mother() as mother, pytest.MonkeyPatch.context() as patch:
        patch.setattr("server.kit.killable._start_process", mother.start)
        yield


@pytest.fixture(scope="session", autouse=True)
def _servers_loaded_once() -> Iterator[None]:
    """Fork servers of journeys from one process; those about processes run the command."""
    with one_nursery() as nursery:
        loaded.append(nursery)
        yield
        loaded.clear()


@pytest.fixture(scope="session", autouse=True)
def _routes_compiled_once() -> Iterator[None]:
    """Compile each path once: nearly each test of a face makes all of its routes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("starlette.routing.compile_path", cache(compile_path))
        yield


@pytest.fixture(scope="session", autouse=True)
def _statements_compiled_once() -> Iterator[None]:
    """Share what SQLAlchemy compiles among the databases of a run: nearly each test has its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("server.kit.db._engine", sharing_statements(_engine))
        yield


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgreSQL]:
    """One PostgreSQL server for the whole run, started by the first test that asks for it."""
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    """One Redis server for the whole run, started by the first test that asks for it."""
    with running_redis() as server:
        yield server


@pytest.fixture
def redis_url(redis_server: RedisServer) -> str:
    """Give the address of an emptied Redis."""
    with Redis.from_url(redis_server.url) as client:
        client.flushdb()
    return redis_server.url


@pytest.fixture
def postgres_url(postgres_server: PostgreSQL) -> Iterator[str]:
    """Give the address of an empty PostgreSQL database of this test alone."""
    name = postgres_server.create_database()
    yield postgres_server.url(name)
    postgres_server.drop_database(name)


@pytest.fixture(
    params=[
        pytest.param("sqlite"),
        pytest.param("postgresql", marks=pytest.mark.postgres),
    ]
)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of an empty database; the test runs once on each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'gatehouse.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture(scope="session")
def postgres_shared(postgres_server: PostgreSQL) -> str:
    """Give the address of one migrated PostgreSQL database that tests use in turn."""
    url = postgres_server.url(postgres_server.create_database())
    database = Database(url)
    migrate(database.engine)
    database.close()
    return url


@pytest.fixture
def postgres_emptied(postgres_shared: str) -> str:
    """Empty the shared database's tables: much quicker than another database."""
    empty(postgres_shared)
    return postgres_shared


@pytest.fixture(
    params=[
        pytest.param("sqlite"),
        pytest.param("postgresql", marks=pytest.mark.postgres),
    ]
)
def migrated_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of a migrated database; the test runs once on each kind."""
    if request.param == "sqlite":
        file = tmp_path / "migrated.db"
        copy_of_migrated(file)
        return f"sqlite:///{file}"
    url: str = request.getfixturevalue("postgres_emptied")
    return url
