"""Fuzzed operations of both GraphQL schemas get a GraphQL answer over HTTP, never a fault.

`GATEHOUSE_EXAMPLES=60 pytest …` draws more of each.
"""

import os
from collections import Counter
from collections.abc import Iterator
from itertools import cycle
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.graphql import nodes

from tests.server.graphql.faces import Face, fault_of, open_faces

EXAMPLES = int(os.environ.get("GATEHOUSE_EXAMPLES", "6"))
# Not drawn: who takes his own token away, or his own rights, gets through to nothing any more.
OWN_KEYS = {"AccessToken", "User"}
JSON = st.one_of(
    st.text().map(nodes.String),
    st.integers(-(2**31), 2**31 - 1).map(nodes.Int),
    st.booleans().map(nodes.Boolean),
    st.just(nodes.List([])),
    st.just(nodes.Object([])),
)
# Who calls, and how many operations must come through. The first of each is sent all that is
# drawn, the others take turns: drawing an operation takes twice as long as answering it.
WHO = {
    "staff": {"admin": 50, "member": 15, "reader": 15, "stranger": 15},
    "developer": {"developer": 15},
    "visitor": {"visitor": 5},
}


@pytest.fixture(scope="module", params=WHO)
def who(request: pytest.FixtureRequest) -> str:
    """Name callers; they have a database of their own, which their fuzzing changes."""
    return str(request.param)


@pytest.fixture(scope="module")
def callers(who: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Face]]:
    """Open their faces, and have real ids of Acme and foreign ones drawn as well."""
    with open_faces(tmp_path_factory.mktemp("fuzz")) as faces:
        face = faces[next(iter(WHO[who]))]
        ids = [number for name, number in face.own.items() if number and name not in OWN_KEYS]
        known = st.sampled_from([*ids, *face.foreign.values(), faces["developer"].known["user"]])
        amounts = st.decimals(allow_nan=True).map(str)
        schemathesis.graphql.scalar("ID", (known | known | st.text()).map(nodes.String))
        schemathesis.graphql.scalar("Decimal", amounts.map(nodes.String))
        schemathesis.graphql.scalar("JSON", JSON)
        yield {name: faces[name] for name in WHO[who]}


@pytest.mark.slow
@pytest.mark.parametrize("mode", GenerationMode)
def test_fuzzed_operations_make_no_fault_and_reach_nothing_of_others(
    callers: dict[str, Face], who: str, mode: GenerationMode
) -> None:
    face = next(iter(callers.values()))
    document: Any = schemathesis.graphql.from_file(face.schema.as_str())
    operations: list[Any] = [result.ok() for result in document.get_all_operations()]
    came_through: Counter[str] = Counter()

    for operation in operations:
        came_through.update(fuzz(callers, operation, mode))

    assert len(operations) == roots_of(face)
    if mode is GenerationMode.POSITIVE:
        assert {n for n, most in WHO[who].items() if came_through[n] < most} == set(), came_through


def roots_of(face: Face) -> int:
    """Count the fields of both roots."""
    schema = face.schema._schema
    return len(schema.query_type.fields) + len(schema.mutation_type.fields)


def fuzz(callers: dict[str, Face], operation: Any, mode: GenerationMode) -> set[str]:
    """Send examples of an operation; tell for whom one was carried out."""
    done = set()
    first, *others = callers
    turns = cycle(others if mode is GenerationMode.POSITIVE and others else callers)

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
        database=None,
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def send(case: Any) -> None:
        # What is no operation at all is refused before it is asked who sends it.
        names = {first, next(turns)} if mode is GenerationMode.POSITIVE else {next(turns)}
        for name in sorted(names):
            face = callers[name]
            since = face.newest_event()
            answer = face.client.http.post(face.client.path, json={"query": case.body})

            assert fault_of(answer) == "", (name, case.body)
            wrong = face.wronged(answer, since, may_write=name != "reader")
            assert wrong == "", (name, case.body)
            if "errors" not in answer.json():
                done.add(name)

    send()
    return done
