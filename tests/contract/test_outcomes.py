"""One use case has one outcome: done through each face, the same is kept and the same is told.

Each face works on a database of its own that begins alike, so that even ids can be compared.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from server.actions.provider.providers import NewProvider
from server.actions.registry import EVERY
from server.actions.resources import Resource
from server.auth.dependencies import Dependencies
from server.domain.attributes import Refers
from server.domain.events import EventRecord
from server.graphql.ids import global_id
from server.graphql.paths import ADMIN_PATH
from server.graphql.resources import pascal
from server.rest.registry import OPERATIONS
from tests.kit.graphql import open_client
from tests.kit.make import make_deps, make_provider, staff
from tests.kit.resources import SAMPLES, Sample
from tests.kit.rest import rest_client
from tests.kit.work import by

Values = Mapping[str, Any]
Do = Callable[[str, Values, int], None]  # verb, what is given, whose id
RESOURCES: Mapping[str, Resource[Any]] = {each.name: each for each in EVERY}
MADE = {each.resource.name for each in OPERATIONS if each.resource and each.method == "POST"}
NAMES = sorted(MADE & set(SAMPLES))
TIMES = {"created_at", "updated_at"}
METHODS = {"create": "POST", "update": "PUT", "delete": "DELETE"}
PLANS = ("account_plan", "application_plan", "service_plan")


IN_REST = {("registry_policy", "definition"): "schema"}  # what the reference calls otherwise


@contextmanager
def by_action(
    deps: Dependencies, acme: NewProvider, resource: Resource[Any], sample: Sample
) -> Iterator[Do]:
    """Call the actions, as every face does in the end."""

    def do(verb: str, values: Values, row_id: int) -> None:
        with deps.database.write() as db:
            work = by(db, staff(acme))
            if verb == "create":
                resource.create(work, values, sample.parent_id)
            elif verb == "update":
                resource.update(work, row_id, values)
            else:
                resource.delete(work, row_id)

    yield do


@contextmanager
def by_rest(
    deps: Dependencies, acme: NewProvider, resource: Resource[Any], sample: Sample
) -> Iterator[Do]:
    """Call the operations whose path names the resource."""
    with rest_client(deps, acme) as client:

        def do(verb: str, values: Values, row_id: int) -> None:
            method = METHODS[verb]
            path = next(
                each.path
                for each in OPERATIONS
                if (each.resource, each.method) == (resource, method)
            )
            place = {**sample.values, "id": row_id}
            if resource.parent is not None:
                place[resource.parent.column] = sample.parent_id
            given = {
                IN_REST.get((resource.name, name), name): each for name, each in values.items()
            }
            answer = client.call(method, f"{path.format_map(place)}.json", json=given)
            assert answer.status_code in {200, 201}, answer.text

        yield do


@contextmanager
def by_graphql(
    deps: Dependencies, acme: NewProvider, resource: Resource[Any], sample: Sample
) -> Iterator[Do]:
    """Send the mutations of the resource."""
    kind = resource.model.__name__
    with open_client(deps, ADMIN_PATH, acme.access_token) as client:

        def do(verb: str, values: Values, row_id: int) -> None:
            word = _word(resource, verb)
            given = {_camel(name): _input(resource, name, each) for name, each in values.items()}
            if verb != "create":
                given["id"] = global_id(kind, row_id)
            elif resource.parent is not None:
                owner = pascal(resource.parent.name)
                given[_camel(resource.parent.column)] = global_id(owner, sample.parent_id or 0)
            of = "IdInput" if verb == "delete" else f"{word}{verb.capitalize()}Input"
            name = f"{word[0].lower()}{word[1:]}{verb.capitalize()}"
            payload = client.do(f"{name}: {of}", given)
            assert payload["userErrors"] == []

        yield do


def _word(resource: Resource[Any], verb: str) -> str:
    is_shared = resource.name in PLANS and verb != "create"
    return "Plan" if is_shared else pascal(resource.name)


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(map(str.capitalize, others))


def _input(resource: Resource[Any], name: str, value: Any) -> Any:
    attribute = next(each for each in resource.attributes if each.name == name)
    refers = attribute.mark(Refers)
    if refers is not None:
        return global_id(refers.model.__name__, value)
    is_word = isinstance(attribute.type, type) and issubclass(attribute.type, Enum)
    return str(value).upper() if is_word else value


FACES = {"action": by_action, "rest": by_rest, "graphql": by_graphql}


def outcome(folder: Path, face: str, name: str) -> list[Any]:
    """Make, change and delete an object through a face; list what was kept and told each time."""
    deps = make_deps(folder)
    acme = make_provider(deps)
    resource, seen = RESOURCES[name], []
    with ExitStack() as stack:
        stack.callback(deps.database.close)
        with deps.database.read() as db:
            sample = SAMPLES[name](db, acme)
        do = stack.enter_context(FACES[face](deps, acme, resource, sample))
        row_id = 0
        for verb, values in (
            ("create", sample.values),
            ("update", sample.changes),
            ("delete", {}),
        ):
            before = _last(deps, EventRecord)
            do(verb, values, row_id)
            row_id = row_id or _last(deps, resource.model)
            seen.append((verb, _kept(deps, resource, row_id), _told(deps, before)))
    return seen


def _last(deps: Dependencies, model: Any) -> int:
    with deps.database.read() as db:
        newest: int = db.exec(select(model.id).order_by(model.id.desc()).limit(1)).one()
    return newest


def _kept(deps: Dependencies, resource: Resource[Any], row_id: int) -> Values | None:
    with deps.database.read() as db:
        row = db.get(resource.model, row_id)
        if row is None:
            return None
        unseal = deps.installation.vault.unseal  # what is sealed differs each time
        values = row.model_dump(exclude=TIMES)
        return {
            name: unseal(value) if value and name.endswith("_sealed") else value
            for name, value in values.items()
        }


def _told(deps: Dependencies, after: int) -> list[Any]:
    with deps.database.read() as db:
        query = select(EventRecord).where(EventRecord.id > after).order_by(col(EventRecord.id))
        return [
            (each.kind, each.subject_id, each.account_id, each.service_id, each.payload, each.facts)
            for each in db.exec(query)
        ]


@pytest.mark.parametrize("face", ["rest", "graphql"])
@pytest.mark.parametrize("name", NAMES)
def test_a_face_keeps_and_tells_what_the_actions_do(tmp_path: Path, name: str, face: str) -> None:
    folders = [tmp_path / each for each in ("action", face)]
    for folder in folders:
        folder.mkdir()

    wanted = outcome(folders[0], "action", name)

    assert outcome(folders[1], face, name) == wanted
    assert [kept is None for _, kept, _ in wanted] == [False, False, True]
    assert all(told for _, _, told in wanted)


def test_every_resource_that_rest_makes_is_compared() -> None:
    # A method is a metric by its table; people and applications are compared in test_both_apis.
    # A service brings others along, and a backend is used where there is one: their own tests.
    by_hand = {"access_token", "application", "backend_usage", "method", "service", "user"}
    assert set(NAMES) == MADE - by_hand
