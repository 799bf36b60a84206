"""Documents that would cost too much are refused before anything runs."""

import time

import pytest

from server.graphql.limits import MOST_ALIASES
from tests.kit.graphql import Client

DEEP = (
    "{ services(first: 1) "
    + "{ nodes { metrics(first: 1) " * 8
    + "{ totalCount }"
    + " } }" * 8
    + " }"
)
CYCLE = "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"
DOUBLING = (
    "{ ...F0 } "
    + " ".join(f"fragment F{i} on Query {{ ...F{i + 1} ...F{i + 1} }}" for i in range(40))
    + " fragment F40 on Query { __typename }"
)
NESTED = "{ __schema { types " + "{ fields { type " * 6 + "{ name }" + " } }" * 6 + " } }"
HOSTILE = {
    "brackets": "{ a " * 5_000,
    "lists": "{ nodes(ids: " + "[" * 5_000 + " ) { id } }",
    "tokens": "{ " + "provider " * 3_000 + "}",
    "depth": DEEP,
    "aliases": "{ " + " ".join(f"a{i}: provider {{ id }}" for i in range(MOST_ALIASES + 1)) + " }",
    "directives": "{ provider { id " + "@skip(if: false) " * 40 + "} }",
    "fragment cycle": CYCLE,
    "introspection": NESTED,
    "cost": "{ accounts(first: 100) { nodes { applications(first: 100) { nodes { account {"
    " applications(first: 100) { nodes { id } } } } } } } }",
    "no window": "{ services { nodes { id } } }",
    "one name": "{ " + "services(first: 1) { totalCount } " * 150 + "}",
    "fragments": "{ "
    + " ".join(f"...F{i}" for i in range(61))
    + " }"
    + " ".join(f"fragment F{i} on Query {{ __typename }}" for i in range(61)),
    "spreads": "{ " + "...F " * 121 + "} fragment F on Query { __typename }",
    "digits": f"{{ services(first: {'9' * 5_000}) {{ totalCount }} }}",
}


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_document_is_refused_at_once(admin: Client, query: str) -> None:
    admin.ask("{ __typename }")

    took_s = []
    for _ in range(3):  # the collector may look through all that the other tests hold
        started_s = time.process_time()
        answer = admin.send(query)
        took_s.append(time.process_time() - started_s)

    assert "errors" in answer.json()
    assert "data" not in answer.json()
    assert min(took_s) < 0.05 * 4, "0.05 s on a machine of its own"


def test_fragments_that_double_are_read_once(admin: Client) -> None:
    started_s = time.process_time()
    answer = admin.send(DOUBLING)

    assert answer.status_code == 200
    assert time.process_time() - started_s < 1


@pytest.mark.parametrize("size", [0, -1, 101, 2**31])
def test_a_page_holds_1_to_100_objects(admin: Client, size: int) -> None:
    query = "query($n: Int) { services(first: $n) { totalCount } }"

    answer = admin.send(query, n=size)

    assert answer.json().get("data") is None
    assert "errors" in answer.json()


def test_first_and_last_together_are_refused(admin: Client) -> None:
    codes = admin.codes("{ services(first: 1, last: 1) { totalCount } }")

    assert codes == ["BAD_USER_INPUT"]


def test_a_foreign_cursor_is_bad_input(admin: Client) -> None:
    assert admin.codes('{ services(first: 1, after: "x") { totalCount } }') == ["BAD_USER_INPUT"]


def test_the_usual_introspection_query_passes(admin: Client) -> None:
    query = """
      { __schema { queryType { name } types { kind name fields(includeDeprecated: true) {
        name args { name type { ...T } } type { ...T } } inputFields { name type { ...T } }
        interfaces { ...T } enumValues { name } possibleTypes { ...T } } } }
      fragment T on __Type { kind name ofType { kind name ofType { kind name ofType {
        kind name ofType { kind name ofType { kind name ofType { name } } } } } } }
    """
    assert admin.ask(query)["__schema"]["queryType"] == {"name": "Query"}
