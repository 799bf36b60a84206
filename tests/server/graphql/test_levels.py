"""What is answered level by level is what the library answers."""

import json
from typing import Any

import pytest

from server.graphql import http
from server.graphql.levels import answer
from tests.kit.graphql import Client

PLAIN = {
    "columns": """{ accounts(first: 9) { nodes { id legacyId orgName state createdAt
        __typename } } }""",
    "pages": """{ a: accounts(last: 2) { totalCount edges { cursor at: node { id users(first: 1) {
        nodes { username email } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        totalCount } } } } services(first: 5) { nodes { name authenticationMode
        metrics(first: 9) { totalCount nodes { systemName service { name }
        parent { id } } } } } }""",
    "secrets": """{ applications(first: 9) { nodes { name userKey keys { value } account { orgName
        plan { name } } firstTrafficAt } } }""",
    "fragments": """query Q($n: Int!, $s: AccountState) { accounts(first: $n, state: $s) { ...P } }
        fragment P on AccountConnection { nodes { ...on Node { id } ...N } nodes { state } }
        fragment N on Account { orgName users(first: $n) { nodes { role state } } }""",
    "versions": "{ services(first: 2) { nodes { objectVersion updatedAt } } viewer { name } }",
    "nothing": """{ accounts(first: 3, state: SUSPENDED) { nodes { id
        users(first: 1) { totalCount } } } }""",
}
OTHERS = {
    "abstract": "{ nodes(ids: []) { id } }",
    "skipped": "{ accounts(first: 1) { nodes { id @skip(if: true) orgName } } }",
    "refused": '{ accounts(first: 1, after: "x") { nodes { id } } provider { name } }',
    "foreign": '{ accounts(first: 1, planId: "x") { nodes { id } } }',
}


def told(client: Client, query: str) -> Any:
    body = {"query": query, "variables": {"n": 2, "s": "APPROVED"}}
    answer_ = json.loads(client.http.post(client.path, json=body).text)
    answer_.pop("extensions", None)
    return json.dumps(answer_)  # with the order of its keys


@pytest.mark.parametrize("name", [*PLAIN, *OTHERS])
def test_both_ways_lead_to_the_same_answer(
    admin: Client, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    query, found = (PLAIN | OTHERS)[name], []

    async def look(*args: Any) -> Any:
        found.append(await answer.find_result(*args))
        return found[-1]

    monkeypatch.setattr(http, "find_result", look)
    quick = [told(admin, query) for _ in range(2)]
    monkeypatch.setattr(http, "find_result", nothing)

    assert quick == [told(admin, query)] * 2
    assert (found[-1] is not None) is (name in PLAIN), "by its second time, at the latest"


async def nothing(*_: Any) -> None:
    return None
