"""Documents by their hash, as clients send them."""

from hashlib import sha256
from typing import Any

import pytest

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.graphql.ids import global_id
from tests.kit.graphql import Client, open_client
from tests.kit.rest import rest_client

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


def test_registered_documents_are_known_before_they_were_sent(
    admin: Client, visitor: Client, deps: Dependencies, acme: NewProvider
) -> None:
    text, other = "query Own { provider { name } }", "query Other { provider { name } }"
    digest, wrong = sha256(text.encode()).hexdigest(), sha256(other.encode()).hexdigest()
    bad: Any
    for bad in ({wrong: text}, {"abc": text}, {}, [], {sha256(b"{ x }").hexdigest(): "{ x }"}):
        assert admin.do("registeredDocumentsAdd", {"documents": bad})["userErrors"], bad
    for side, document in (("ADMIN", text), ("DEVELOPER", "{ viewer { __typename } }")):
        given = {sha256(document.encode()).hexdigest(): document}
        for _ in range(2):
            payload = admin.do("registeredDocumentsAdd", {"documents": given, "side": side})
            assert not payload["userErrors"], payload
    made = admin.do(
        "accessTokenCreate",
        {"name": "strict", "scopes": ["ACCOUNT_MANAGEMENT"], "registeredOnly": True},
        "value accessToken { registeredOnly }",
    )
    assert made["accessToken"] == {"registeredOnly": True}
    with rest_client(deps, acme) as rest:
        assert rest.call("GET", "/accounts.json").status_code == 200
        rest.token = made["value"]
        assert rest.call("GET", "/accounts.json").status_code == 403, "what it is for is elsewhere"
    with open_client(deps, admin.path, made["value"]) as strict:
        assert sent(strict, {"documentId": f"sha256:{digest}"})["data"] == FOUND
        assert sent(strict, {"query": text})["data"] == FOUND, "the text is as good"
        refused = sent(strict, {"query": other})
        also = sent(strict, {"query": other, "documentId": digest})
        known = sent(admin, {"query": other, "documentId": wrong})
        still = sent(strict, {"documentId": wrong})

    for answer in (refused, also, still):
        assert answer["errors"][0]["extensions"]["code"] == "DOCUMENT_NOT_REGISTERED"
    assert known["data"] == FOUND
    assert sent(admin, {"documentId": digest})["data"] == FOUND, "by anybody of the provider"
    by_id = {"documentId": sha256(b"{ viewer { __typename } }").hexdigest()}
    assert sent(visitor, by_id)["data"] == {"viewer": None}
