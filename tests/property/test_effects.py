"""After any action: a warm directory answers as a cold one, and what was told is well told."""

import importlib
import inspect
import json
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event as listening
from sqlmodel import Session, SQLModel, select

import server.actions
from server.actions.work import Work
from server.auth import sessions
from server.directory import DatabaseDirectory
from server.domain.events import HIDDEN, EventKind, EventRecord, Gateway
from tests.kit.actions import CASES, NO_CASE, READS
from tests.kit.cases.case import Case
from tests.kit.world import FRESH, World, answers, make_world, questions

EACH_CASE = pytest.mark.parametrize("case", CASES, ids=str)
TOUCHING = [kind for kind in EventKind if kind.gateway is not Gateway.NOTHING]
SECRETS = ("sealed", "digest", "password_hash", "secret_token")  # how columns of secrets end


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Make a world of one test's own."""
    world = make_world(tmp_path)
    yield world
    world.deps.database.close()


def act(world: World, case: Case) -> list[EventRecord]:
    """Do what a case does, and tell the events."""
    with world.deps.database.write() as db:
        case.run(world.work(db), world)
    events: list[EventRecord] = db.info.get("events", [])
    return events


def prepare(world: World, case: Case) -> None:
    """Do what has to be done before."""
    if case.before is not None:
        with world.deps.database.write() as db:
            case.before(world.work(db), world)


async def past_answers(world: World, case: Case, deaf_to: EventKind | None = None) -> list[Any]:
    """List what a warm directory answers differently than a cold one after a case.

    With `deaf_to`, the directory takes this kind of event for one that changes nothing.
    """
    prepare(world, case)
    asked = questions(world)
    warm = DatabaseDirectory(world.deps.database, world.deps.installation)
    await answers(warm, asked)

    warm.forget([event for event in act(world, case) if event.kind != deaf_to])

    cold = DatabaseDirectory(world.deps.database, world.deps.installation)
    said, right = await answers(warm, asked), await answers(cold, asked)
    return [question for question in asked if said[question] != right[question]]


@EACH_CASE
async def test_a_warm_directory_answers_as_a_cold_one(world: World, case: Case) -> None:
    assert await past_answers(world, case) == []


@pytest.mark.parametrize("kind", TOUCHING)
async def test_a_kind_that_touches_the_gateway_can_not_be_called_harmless(
    tmp_path: Path, kind: EventKind
) -> None:
    """What proves the property above: without the kind some warm answer is past."""
    cases = [case for case in CASES if kind in case.tells]
    for number, case in enumerate(sorted(cases, key=lambda case: len(case.tells))):
        folder = tmp_path / str(number)
        folder.mkdir()
        world = make_world(folder)
        past = await past_answers(world, case, deaf_to=kind)
        world.deps.database.close()
        if past:
            return
    pytest.fail("no case needs it: declare that it touches nothing, or add the case")


@EACH_CASE
def test_an_action_tells_what_its_case_says_in_pairs_and_without_secrets(
    world: World, case: Case
) -> None:
    prepare(world, case)

    events = act(world, case)

    assert {event.kind for event in events} == {kind.value for kind in case.tells}
    for event in events:
        for before, after in event.payload.values():
            assert before != after or after == HIDDEN
        assert json.loads(json.dumps([event.payload, event.facts])) == [event.payload, event.facts]
    said = json.dumps([[event.payload, event.facts] for event in events])
    with world.deps.database.read() as db:
        assert [secret for secret in secrets(db, world) if secret in said] == []


def secrets(db: Session, world: World) -> set[str]:
    """Find every secret of the database, and those that the world and the cases know in clear."""
    found = {FRESH, world.acme.admin_password, world.acme.sample.password, world.acme.provider_key}
    for mapper in SQLModel._sa_registry.mappers:
        for row in db.exec(select(mapper.class_)):
            for column in mapper.column_attrs:
                name, value = column.key, getattr(row, column.key)
                if name.endswith(SECRETS) and value:
                    found.add(str(value))
                    if name.endswith("sealed"):
                        found.add(world.deps.installation.vault.unseal(value))
    return {each for each in found if len(each) > len("[]")}  # what is empty is no secret


def test_every_action_has_a_case() -> None:
    modules = [
        importlib.import_module(found.name)
        for found in pkgutil.walk_packages(server.actions.__path__, "server.actions.")
    ]
    actions = {
        function.__name__: function
        for module in (*modules, sessions)
        for function in vars(module).values()
        if _is_action(function) and function.__module__ == module.__name__
    }

    with_case = {getattr(case.action, "__name__", "") for case in CASES}

    missing = {name for name in actions if not name.startswith(READS)} - with_case - set(NO_CASE)
    assert not missing, "add a case to tests/kit/actions.py"
    assert set(NO_CASE) <= set(actions)


def _is_action(function: object) -> bool:
    """Tell whether it works in a transaction and others may call it."""
    if not inspect.isfunction(function) or function.__name__.startswith("_"):
        return False
    first = next(iter(inspect.signature(function).parameters.values()), None)
    return first is not None and first.annotation in (Work, Session)


def test_every_kind_is_told_by_some_case() -> None:
    assert {kind for case in CASES for kind in case.tells} == set(EventKind)


@contextmanager
def counted(world: World) -> Iterator[Callable[[], int]]:
    """Count the statements that the database gets."""
    seen: list[str] = []

    def note(*args: Any) -> None:
        seen.append(args[2])

    engine = world.deps.database.engine
    listening.listen(engine, "before_cursor_execute", note)
    yield lambda: len(seen)
    listening.remove(engine, "before_cursor_execute", note)


def of_globex(world: World) -> Sequence[Any]:
    """List questions about the second provider, right and wrong credentials among them."""
    globex, service = world.known.globex, world.known.globex.sample.service
    token = world.deps.installation.vault.unseal(service.service_token_sealed)
    key = world.deps.installation.vault.unseal(globex.sample.application.user_key_sealed)
    return [
        ("document_by_host", ("api-globex.localhost",)),
        ("service", (service.id,)),
        ("application_by_user_key", (service.id, key)),
        ("application_by_user_key", (service.id, "wrong")),
        ("application_by_app_id", (service.id, globex.sample.application.application_id)),
        ("provider_by_key", (globex.provider_key,)),
        ("service_token_matches", (service.id, token)),
    ]


@pytest.mark.parametrize("case", [each for each in CASES if each.tells & set(TOUCHING)], ids=str)
async def test_an_event_of_one_provider_empties_nothing_of_another(
    world: World, case: Case
) -> None:
    prepare(world, case)
    directory = DatabaseDirectory(world.deps.database, world.deps.installation)
    asked = of_globex(world)
    before = await answers(directory, asked)

    directory.forget(act(world, case))

    with counted(world) as statements:
        assert await answers(directory, asked) == before
        assert statements() == 0


async def test_a_kind_of_a_newer_version_touches_all_of_its_provider(world: World) -> None:
    directory = DatabaseDirectory(world.deps.database, world.deps.installation)
    host = "api-acme.localhost"
    await directory.document_by_host(host)

    provider_id = world.acme.provider.id
    directory.forget([EventRecord(provider_id=provider_id, kind="weather.changed", actor="a")])

    with counted(world) as statements:
        await directory.document_by_host(host)
        assert statements() > 0


@pytest.mark.parametrize(("provider", "kept"), [("acme", False), ("globex", True)])
async def test_what_was_read_before_its_providers_change_is_not_kept_after_it(
    world: World, provider: str, kept: bool
) -> None:
    directory = DatabaseDirectory(world.deps.database, world.deps.installation)
    provider_id = getattr(world.known, provider).provider.id
    change = EventRecord(provider_id=provider_id, kind=EventKind.SERVICE_UPDATED, actor="a")
    engine = world.deps.database.engine

    def meanwhile(*_args: Any) -> None:
        directory.forget([change])

    listening.listen(engine, "after_cursor_execute", meanwhile)
    await directory.service(world.service_id)
    listening.remove(engine, "after_cursor_execute", meanwhile)

    with counted(world) as statements:
        await directory.service(world.service_id)
        assert (statements() == 0) is kept
