"""Fuzzed operations of both GraphQL schemas get a GraphQL answer over HTTP, never a fault."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.graphql import nodes

from tests.server.graphql.faces import Face, fault_of, open_faces

EXAMPLES = 6
# Not drawn: who takes his own token away, or his own rights, gets through to nothing any more.
OWN_KEYS = {"AccessToken", "User"}
JSON = st.one_of(
    st.text().map(nodes.String),
    st.integers(-(2**31), 2**31 - 1).map(nodes.Int),
    st.booleans().map(nodes.Boolean),
    st.just(nodes.List([])),
    st.just(nodes.Object([])),
)
WHO = {"admin": 50, "developer": 15, "visitor": 5}  # and how many operations must come through


@pytest.fixture(scope="module", params=WHO)
def who(request: pytest.FixtureRequest) -> str:
    """Name a caller; each has a database of his own, which his fuzzing changes."""
    return str(request.param)


@pytest.fixture(scope="module")
def face(who: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Face]:
    """Open a caller's face, and have his real ids and foreign ones drawn as well."""
    with open_faces(tmp_path_factory.mktemp("fuzz")) as faces:
        face = faces[who]
        ids = [number for name, number in face.own.items() if number and name not in OWN_KEYS]
        known = st.sampled_from([*ids, *face.foreign.values(), faces["developer"].known["user"]])
        amounts = st.decimals(allow_nan=True).map(str)
        schemathesis.graphql.scalar("ID", (known | known | st.text()).map(nodes.String))
        schemathesis.graphql.scalar("Decimal", amounts.map(nodes.String))
        schemathesis.graphql.scalar("JSON", JSON)
        yield face


@pytest.mark.slow
@pytest.mark.parametrize("mode", GenerationMode)
def test_fuzzed_operations_make_no_fault(face: Face, who: str, mode: GenerationMode) -> None:
    document: Any = schemathesis.graphql.from_file(face.schema.as_str())
    operations: list[Any] = [result.ok() for result in document.get_all_operations()]

    came_through = [one.label for one in operations if fuzz(face, one, mode)]

    assert len(operations) == roots_of(face)
    assert mode is GenerationMode.NEGATIVE or len(came_through) >= WHO[who], came_through


def roots_of(face: Face) -> int:
    """Count the fields of both roots."""
    schema = face.schema._schema
    return len(schema.query_type.fields) + len(schema.mutation_type.fields)


def fuzz(face: Face, operation: Any, mode: GenerationMode) -> bool:
    """Send examples of an operation; tell whether one was carried out."""
    done = []

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
        answer = face.client.http.post(face.client.path, json={"query": case.body})

        assert fault_of(answer) == "", case.body
        done.append("errors" not in answer.json())

    send()
    return any(done)
