"""What the schema says of itself is written once; who may hear it is asked every time."""

import pytest
from graphql import get_introspection_query

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.graphql import cost
from tests.kit.graphql import Client, open_client

STANDARD = get_introspection_query()
TYPE = "query A($n: String!) { __type(name: $n) { name } } query B { __typename }"


@pytest.fixture
def executions(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """List the operations that are carried out."""
    seen: list[str] = []
    real = cost.Costs.of_operation

    def note(self: cost.Costs, operation: object) -> int:
        seen.append("executed")
        return real(self, operation)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr(cost.Costs, "of_operation", note)
    return seen


def test_the_second_answer_is_the_first(admin: Client, executions: list[str]) -> None:
    query = f"{STANDARD} # the second answer"
    first, second = admin.send(query), admin.send(query)

    assert first.content == second.content
    assert first.headers == second.headers
    assert len(executions) == 1


def test_variables_and_operation_make_another_answer(admin: Client) -> None:
    def ask(name: str, **variables: str) -> object:
        body = {"query": TYPE, "operationName": name, "variables": variables}
        return admin.http.post(admin.path, json=body).json()["data"]

    assert ask("A", n="Query") == {"__type": {"name": "Query"}}
    assert ask("A", n="Mutation") == {"__type": {"name": "Mutation"}}
    assert ask("B") == {"__typename": "Query"}
    assert ask("A", n="Query") == {"__type": {"name": "Query"}}


def test_both_sides_have_answers_of_their_own(admin: Client, visitor: Client) -> None:
    assert admin.ask(STANDARD) != visitor.ask(STANDARD)


@pytest.mark.parametrize(
    "query",
    [
        "{ __typename provider { name } }",
        "{ ... { services(first: 1) { totalCount } } __typename }",
        "{ ...A __schema { queryType { name } } } fragment A on Query { viewer { name } }",
        "{ __typename nothing }",
        "mutation { __typename }",
    ],
)
def test_what_is_more_than_the_schema_is_carried_out_each_time(
    admin: Client, executions: list[str], query: str
) -> None:
    first, second = admin.send(query), admin.send(query)

    assert first.json() == second.json()
    assert len(executions) in {0, 2}


def test_a_kept_answer_is_for_those_who_may_ask(
    deps: Dependencies, acme: NewProvider, admin: Client
) -> None:
    admin.ask(STANDARD)

    with open_client(deps, admin.path, "wrong") as stranger:
        assert stranger.send(STANDARD).status_code == 401
    with open_client(deps, admin.path, acme.access_token, host="nobody-admin.localhost") as lost:
        assert lost.send(STANDARD).status_code == 404
