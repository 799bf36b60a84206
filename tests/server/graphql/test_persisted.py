"""Documents by their hash, as clients send them."""

from hashlib import sha256
from typing import Any

import pytest

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.graphql.ids import global_id
from tests.kit.graphql import Client, open_client

QUERY = "query Name { provider { name } }"
DIGEST = sha256(QUERY.encode()).hexdigest()
HASH = {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": DIGEST}}}
FOUND = {"provider": {"name": "Acme"}}


def sent(client: Client, body: dict[str, Any]) -> Any:
    return client.http.post(client.path, json=body).json()


@pytest.mark.parametrize("by_id", [False, True], ids=["automatic", "documentId"])
def test_a_document_is_sent_once(admin: Client, by_id: bool) -> None:
    text = f"{QUERY} # {by_id}"
    digest = sha256(text.encode()).hexdigest()
    hashed = {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": digest}}}
    named: dict[str, Any] = {"documentId": f"sha256:{digest}"} if by_id else hashed
    unknown = sent(admin, named)
    first = sent(admin, {"query": text, **named})
    again = sent(admin, {**named, "operationName": "Name"})
    got = admin.http.get(admin.path, params={"documentId": digest}).json()
    wrong = sent(admin, {"query": "{ provider { id } }", **named})

    assert unknown["errors"][0]["message"] == "PersistedQueryNotFound"
    assert unknown["errors"][0]["extensions"]["code"] == "PERSISTED_QUERY_NOT_FOUND"
    assert first["data"] == again["data"] == got["data"] == FOUND
    assert wrong["errors"][0]["extensions"]["code"] == "PERSISTED_QUERY_HASH_MISMATCH"


def test_nobody_uses_what_somebody_else_has_sent(
    admin: Client, visitor: Client, deps: Dependencies, globex: NewProvider
) -> None:
    sent(admin, {"query": QUERY, **HASH})

    with open_client(deps, admin.path, globex.access_token, "globex-admin.localhost") as other:
        assert "errors" in sent(other, HASH), "another provider's"
    assert "errors" in sent(visitor, HASH), "another schema's"
    odd: Any
    for odd in ({}, {"sha256Hash": 1}, {"sha256Hash": "x"}, [], None):
        answer = admin.http.post(admin.path, json={"extensions": {"persistedQuery": odd}})
        assert answer.status_code == 400, odd


def test_a_mutation_by_its_hash_has_its_key(admin: Client, acme: NewProvider) -> None:
    text = "mutation($input: IdInput!) { accountSuspend(input: $input) { account { state } } }"
    digest = sha256(text.encode()).hexdigest()
    account = global_id("Account", acme.sample.user.account_id or 0)
    given = {"variables": {"input": {"id": account, "idempotencyKey": "1"}}, "documentId": digest}

    first = sent(admin, {**given, "query": text})

    assert first["data"]["accountSuspend"]["account"] == {"state": "SUSPENDED"}
    assert sent(admin, given) == first
