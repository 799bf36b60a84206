"""Introspection is counted by the objects that it visits, and counting it is never long."""

from typing import Any
from unittest.mock import Mock

import pytest
from graphql import get_introspection_query, graphql_sync, parse
from graphql.utilities import get_operation_ast

from server.auth import points
from server.graphql.admin.schema import ADMIN
from server.graphql.cost import Costs
from server.graphql.developer.schema import DEVELOPER
from tests.kit.graphql import Client

STANDARD = get_introspection_query()
MOST = 1_000_000
QUERIES = {
    "standard": STANDARD,
    "names": "{ __schema { types { name } } }",
    "fields": "{ __schema { types { fields(includeDeprecated: true) { type { kind } } } } }",
    "one": '{ __type(name: "Query") { fields { args { type { name } } } } }',
    "variable": 'query($n: String! = "Query") { __type(name: $n) { fields { name } } }',
    "nobody": '{ __type(name: "Nobody") { fields { name } } }',
    "enums": "{ __schema { types { enumValues { name } inputFields { type { name } } } } }",
    "abstract": "{ __schema { types { possibleTypes { name } interfaces { name } } } }",
    "directives": "{ __schema { directives { args { type { ofType { name } } } } } }",
    "roots": "{ __schema { queryType { name } mutationType { fields { name } } } }",
    "fragments": "{ __schema { ...S ... { ...S } } } fragment S on __Schema { types { kind } }",
}


def counted(side: Any, query: str, most: int = MOST) -> int:
    document = parse(query)
    operation = get_operation_ast(document, None)
    assert operation is not None
    return Costs(side.schema._schema, document, {}, most).of_operation(operation)


def objects_in(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + sum(map(objects_in, value.values()))
    return sum(map(objects_in, value)) if isinstance(value, list) else 0


@pytest.mark.parametrize("side", [ADMIN, DEVELOPER], ids=["admin", "developer"])
@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
def test_at_least_what_is_answered_is_counted(side: Any, query: str) -> None:
    data = graphql_sync(side.schema._schema, query).data

    objects = objects_in(data) - 1  # the answer itself is none of the schema's

    assert objects <= counted(side, query) <= 3 * objects + 1  # asking for nothing counts too


def test_counting_stops_where_nobody_may_go() -> None:
    loop = "{ fields { type " * 12 + "{ name }" + " } }" * 12
    query = f"{{ __schema {{ types {loop} }} }}"

    assert counted(ADMIN, query, 20_000) == 20_001


def test_kinds_without_kinds_below_cost_what_is_asked() -> None:
    twice = " ".join(
        f"fragment F{i} on __Type {{ ofType {{ ...F{i + 1} }} interfaces {{ ...F{i + 1} }} }}"
        for i in range(50)
    )
    query = f"{{ __schema {{ types {{ ...F0 }} }} }} {twice} fragment F50 on __Type {{ name }}"

    assert counted(ADMIN, query) < 5_000


def test_a_visitor_may_load_graphiql_but_not_for_ever(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(points, "time", Mock(monotonic=lambda: 0.0))  # nothing is restored
    first = visitor.send(STANDARD)
    codes = [visitor.codes(f"{STANDARD} # {number}") for number in range(40)]

    assert first.json()["extensions"]["cost"]["requestedQueryCost"] > 1_000
    assert codes[0] == []
    assert codes[-1] == ["THROTTLED"]
    assert visitor.send(STANDARD).content == first.content  # it is there already


def test_what_is_asked_again_is_nearly_free(visitor: Client) -> None:
    visitor.ask(STANDARD)

    for _ in range(100):
        visitor.ask(STANDARD)

    left = visitor.ask("{ rateLimit { remaining } }")["rateLimit"]["remaining"]
    assert left > 40_000
