"""No value in any argument of either GraphQL schema makes a fault, or reaches a foreign object."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count, product
from typing import Any

import httpx2 as httpx
import pytest
from graphql import Undefined, get_named_type, get_nullable_type, is_leaf_type

from server.graphql.ids import parsed
from tests.kit.graphql import Client
from tests.server.graphql.admin.steps import STEPS as ADMIN_STEPS
from tests.server.graphql.developer.steps import OWN, VISITOR
from tests.server.graphql.faces import GRAPHQL_JSON, Face, fault_of, open_faces
from tests.server.graphql.nasties import (
    TEXTS,
    TOO_FLOAT,
    Leaf,
    at,
    is_hard,
    leaves_of,
    nasties_of,
    put,
)
from tests.server.graphql.steps import Step, filled, input_of

PURGED = ("alertDelete",)  # the next step, which purges, counts on it
ECHOED = ("clientMutationId",)  # every mutation has it: tried where there is a name as well
GOOD: Mapping[str, Any] = {
    "first": 1,
    "environment": "STAGING",
    "fromVersion": 1,
    "toVersion": 1,
    "key": "nobodys",
}
GOOD_OF: Mapping[str, Mapping[str, Any]] = {  # field -> its arguments
    "legalTerms": {"kind": "PRIVACY"},
    "fieldDefinitions": {"target": "ACCOUNT"},
}
ASKS: Mapping[str, Any] = {
    "UsageInput!": {"metric": "hits", "granularity": "HOUR"},
    "RefusalsInput!": {"code": "limits_exceeded", "granularity": "HOUR"},
    "ResponseCodesInput!": {"code": "4xx", "granularity": "HOUR"},
}
JSON = {"content-type": "application/json", "accept": GRAPHQL_JSON}
ODD_DOCUMENTS = (
    '{ node(id: "\\ud800") { id } }',
    '{ node(id: "\\u0000") { id } }',
    '{ node(id: "\x00") { id } }',
    "{ node(id: 1e999) { id } }",
    f"{{ node(id: {'9' * 5_000}) {{ id }} }}",
    f"{{ services(first: {'9' * 5_000}) {{ totalCount }} }}",
    "{ services(first: 1.5, after: {}) { totalCount } }",
    "{ services(first: $n) { totalCount } }",
    "query($n: Nothing) { services(first: $n) { totalCount } }",
    'query($n: Int = "x") { services(first: $n) { totalCount } }',
    "subscription { x }",
    "fragment a on Query { __typename }",
    "{ __typename @skip(if: null) @include }",
    "{ " + "a" * 100_000 + " }",
    "query a { __typename } query a { __typename }",
)
PARENT = "p"  # the variable that holds the id of the object whose field is asked for


@pytest.fixture(params=["sqlite", pytest.param("pg", marks=pytest.mark.postgres)])
def faces(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Face]]:
    """Open all faces on one database; PostgreSQL gets what only a database could choke on."""
    is_sqlite = request.param == "sqlite"
    url: str | None = None if is_sqlite else request.getfixturevalue("postgres_emptied")
    with open_faces(tmp_path_factory.mktemp("inputs"), url) as faces:
        for face in faces.values():
            face.only_hard = url is not None
        yield faces


def send(client: Client, query: str, variables: dict[str, Any]) -> httpx.Response:
    """Send an operation whose variables JSON alone could not write."""
    content = json.dumps({"query": query, "variables": variables})
    content = content.replace(json.dumps(TOO_FLOAT), "1e400")
    return client.http.post(client.path, content=content, headers=JSON)


@dataclass(frozen=True)
class Nasty:
    """A value, the place where it goes, and whether it must be refused there."""

    path: tuple[str, ...]
    value: Any
    is_refused: bool

    @property
    def label(self) -> str:
        """Tell it in a line."""
        return f"{'.'.join(self.path)}={self.value!r:.60}"


def nasties_in(face: Face, leaves: Iterable[Leaf], given: dict[str, Any]) -> Iterator[Nasty]:
    """List what to put into a good input, one at a time; an id that is not ours must be refused."""
    for path, leaf in leaves:
        if path == ECHOED and "name" not in given:
            continue
        base = at(given, path)
        is_id = getattr(get_nullable_type(leaf), "name", "") == "ID"
        values = nasties_of(leaf, base)
        for value in filter(is_hard, values) if face.only_hard else values:
            is_good = path[-1] == "accountId" and value == face.own["Account"]
            yield Nasty(path, value, is_id and value is not None and not is_good)
        if is_id and base and (pair := parsed(base)) and pair[0] in face.foreign:
            yield Nasty(path, face.foreign[pair[0]], is_refused=True)


def mutation_faults(face: Face, step: Step, numbers: Iterator[int]) -> Iterator[str]:
    """Send a mutation with each nasty value; tell what went wrong."""
    kind = input_of(face.schema, step.name)
    query = (
        f"mutation($input: {kind}!) {{ {step.name}(input: $input) {{ userErrors {{ code }} }} }}"
    )
    good = filled(step.given, face.known, 1)
    leaves = leaves_of(face.schema._schema.type_map[kind])
    for nasty in nasties_in(face, leaves, good):
        number = next(numbers)  # names are taken once only, and attempts are counted by name
        known = {**face.known, "username": f"nobody{number}"}
        given = put(filled(step.given, known, number), nasty.path, nasty.value)
        answer = send(face.client, query, {"input": given})
        fault = fault_of(answer)
        if not fault and nasty.is_refused and is_done(answer, step.name):
            fault = "was not refused"
        if fault:
            yield f"{step.name} {nasty.label}: {fault}"


def is_done(answer: httpx.Response, name: str) -> bool:
    """Tell whether a mutation did something."""
    body = answer.json()
    payload = (body.get("data") or {}).get(name)
    return "errors" not in body and payload is not None and payload["userErrors"] == []


@pytest.mark.parametrize(
    ("who", "journey", "steps"),
    [
        pytest.param("admin", ADMIN_STEPS, ADMIN_STEPS, marks=pytest.mark.slow),
        ("developer", OWN, OWN),
        ("visitor", (), VISITOR),
    ],
    ids=["admin", "developer", "visitor"],
)
def test_no_input_breaks_a_mutation(
    faces: dict[str, Face], who: str, journey: tuple[Step, ...], steps: tuple[Step, ...]
) -> None:
    face, numbers, faults = faces[who], count(2), list[str]()

    for step in journey:
        if step.name in PURGED or not step.name.endswith("Delete"):
            step.run(face.client, input_of(face.schema, step.name), face.known)
    for step in steps:
        faults += mutation_faults(face, step, numbers)

    assert not faults, "\n".join(faults[:40])


def fields_with_arguments(face: Face) -> Iterator[tuple[str, str, Any]]:
    """List the fields that take arguments: the type they are of, their name, the field."""
    types = face.schema._schema.type_map
    for name in ("Query", *face.own):
        for field_name, field in types[name].fields.items():
            if field.args:
                yield name, field_name, field


def _variable(argument: Any) -> str:
    """Write the type of an argument's variable, which may be left out where it has a default."""
    has_default = argument.default_value is not Undefined
    return str(argument.type).removesuffix("!") if has_default else str(argument.type)


def query_of(type_name: str, field_name: str, field: Any) -> str:
    """Write the query that asks one field, with a variable for each argument."""
    named = get_named_type(field.type)
    inner = "" if is_leaf_type(named) else " { __typename }"
    if "pageInfo" in getattr(named, "fields", {}):
        inner = " { totalCount nodes { __typename } pageInfo { endCursor } }"
    variables = ", ".join(f"${name}: {_variable(each)}" for name, each in field.args.items())
    arguments = ", ".join(f"{name}: ${name}" for name in field.args)
    asked = f"found: {field_name}({arguments}){inner}"
    if type_name == "Query":
        return f"query({variables}) {{ {asked} }}"
    reached = f"parent: node(id: ${PARENT}) {{ ... on {type_name} {{ {asked} }} }}"
    return f"query(${PARENT}: ID!, {variables}) {{ {reached} }}"


def good_arguments(face: Face, field_name: str, field: Any) -> dict[str, Any]:
    """Make arguments that the field answers."""
    good = {name: GOOD[name] for name in field.args if name in GOOD}
    good |= GOOD_OF.get(field_name, {})
    if "ask" in field.args:
        good["ask"] = ASKS[str(field.args["ask"].type)]
    for name in {"id", "serviceId", "applicationId", "ids"} & set(field.args):
        own = name.removesuffix("Id").capitalize() if name.endswith("Id") else field_name
        number = face.own.get(own[0].upper() + own[1:]) or face.own["Service"]
        good[name] = [number] if name == "ids" else number
    return good


def field_faults(face: Face, type_name: str, field_name: str, field: Any) -> Iterator[str]:
    """Ask a field with each nasty value; tell what went wrong."""
    query, good = query_of(type_name, field_name, field), good_arguments(face, field_name, field)
    where = f"{type_name}.{field_name}"
    parent = {PARENT: face.own[type_name]} if type_name != "Query" else {}
    answer = send(face.client, query, {**parent, **good})
    if fault_of(answer) or not (shows(answer) or is_for_users(answer)):
        yield f"{where} {good}: {answer.text}"
    leaves = [leaf for name in field.args for leaf in leaves_of(field.args[name].type, (name,))]
    for nasty in nasties_in(face, leaves, good):
        given = {k: v for k, v in good.items() if k != "first" or nasty.path != ("last",)}
        answer = send(face.client, query, {**parent, **put(given, nasty.path, nasty.value)})
        fault = fault_of(answer)
        is_ours = field_name == "node" and nasty.value not in face.foreign.values()
        if nasty.is_refused and not is_ours and not fault and shows(answer):
            fault = answer.text
        if fault:
            yield f"{where} {nasty.label}: {fault}"


def shows(answer: httpx.Response) -> bool:
    """Tell whether the field that was asked for has a value."""
    body = answer.json()
    data = body.get("data") or {}
    return "errors" not in body and (data.get("parent") or data).get("found") is not None


def is_for_users(answer: httpx.Response) -> bool:
    """Tell whether a visitor was sent to log in."""
    errors = answer.json().get("errors", [])
    return [error["extensions"]["code"] for error in errors] == ["UNAUTHENTICATED"]


@pytest.mark.parametrize("who", ["admin", "developer", "visitor"])
def test_no_argument_breaks_a_query(faces: dict[str, Face], who: str) -> None:
    face, faults, asked = faces[who], list[str](), 0

    for type_name, field_name, field in fields_with_arguments(face):
        if type_name == "Query" or face.own[type_name]:
            faults += field_faults(face, type_name, field_name, field)
            asked += 1

    assert not faults, "\n".join(faults[:40])
    assert asked >= {"admin": 30, "developer": 9, "visitor": 8}[who]


def test_no_document_makes_a_fault(faces: dict[str, Face]) -> None:
    asked = [faces[name] for name in ("admin", "developer", "visitor")]
    for face, text in product(asked, (*TEXTS, *ODD_DOCUMENTS)):
        for body in (
            {"query": text},
            {"query": "{ __typename }", "operationName": text},
            {"query": "query($x: String) { __typename }", "variables": {"x": text, str(text): 1}},
        ):
            answer = face.client.http.post(face.client.path, content=json.dumps(body), headers=JSON)

            assert fault_of(answer) == "", str(body)[:200]
