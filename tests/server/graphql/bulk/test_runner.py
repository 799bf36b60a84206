"""Bulk export and import: whole, resumed, refused, canceled, and for nobody else."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, func, select

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.accounts.accounts import Account
from server.domain.provider.bulk import BulkOperation
from server.graphql.bulk import runner
from server.graphql.bulk.runner import BulkRunner
from server.jobs.cleanup import clean_up
from tests.kit.graphql import Client, open_client
from tests.kit.make import make_deps

EXPORT = """query($first: Int!, $after: String) { accounts(first: $first, after: $after) {
  nodes { orgName users(first: 1) { nodes { username } pageInfo { hasNextPage } } }
  pageInfo { hasNextPage endCursor } } }"""
IMPORT = """mutation($input: SignupInput!) { accountCreate(input: $input) {
  userErrors { code field } account { orgName } } }"""
SHOWN = "bulkOperation { id legacyId state objectCount errorCount problem url }"


@pytest.fixture
def deps(tmp_path: Path, migrated_url: str) -> Iterator[Dependencies]:
    """Make dependencies on both databases: a job takes what no other job has."""
    deps = make_deps(tmp_path, url=migrated_url)
    yield deps
    deps.database.close()


def line_of(name: str) -> str:
    given = {"orgName": name, "username": name, "email": f"{name}@acme.example"}
    return json.dumps({"input": {**given, "password": "a long pass-word 12"}})


def started(client: Client, name: str, given: dict[str, Any]) -> Any:
    payload = client.do(name, given, SHOWN)
    assert not payload["userErrors"], payload
    return payload["bulkOperation"]


def seen(client: Client, operation: Any) -> Any:
    query = "query($id: ID!) { node(id: $id) { ... on BulkOperation { %s } } }"
    inner = "state subject objectCount errorCount problem url errorsUrl"
    return client.ask(query % inner, id=operation["id"])["node"]


def lines_at(client: Client, url: str) -> list[Any]:
    answer = client.http.get(url)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("application/jsonl")
    return [json.loads(line) for line in answer.text.splitlines()]


def test_lines_go_in_and_come_out(
    admin: Client, deps: Dependencies, acme: NewProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    bulk = BulkRunner(deps)
    assert bulk.run() is False, "nothing to do"
    text = "\n".join([line_of("ada"), "no json", '{"input": 1}', line_of("ada"), line_of("bob")])
    operation = started(admin, "bulkImport", {"mutation": IMPORT, "lines": text})
    again = admin.do("bulkImport", {"mutation": IMPORT, "lines": text}, SHOWN)
    early = admin.http.get(f"/admin/api/graphql/bulk/{operation['legacyId']}.jsonl")
    monkeypatch.setattr(runner, "bring_on", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):  # as if it was killed behind the lines
        bulk.run()
    monkeypatch.undo()
    with deps.database.write() as db:
        db.get_one(BulkOperation, operation["legacyId"]).claimed_until = None  # its lease is over
    assert bulk.run() is True
    done = seen(admin, operation)
    told = lines_at(admin, done["url"])

    assert (operation["state"], operation["url"], early.status_code) == ("CREATED", None, 404)
    assert again["userErrors"][0]["code"] == "LIMIT_REACHED", "one at a time"
    assert (done["state"], done["objectCount"], done["errorCount"]) == ("COMPLETED", 5, 3)
    assert [each["line"] for each in told] == [1, 2, 3, 4, 5]
    assert told[0]["data"]["accountCreate"]["account"] == {"orgName": "ada"}
    assert told[1]["errors"][0]["message"] == "The line is not JSON."
    assert told[2]["errors"]
    assert (done["subject"], lines_at(admin, done["errorsUrl"])) == ("accountCreate", told[1:4])
    assert told[3]["data"]["accountCreate"]["userErrors"][0]["code"] == "TAKEN"
    with deps.database.read() as db:
        made = select(func.count()).where(col(Account.org_name).in_(["ada", "bob"]))
        assert db.exec(made).one() == 2, "no line was carried out twice"


def test_a_list_comes_out_page_by_page(
    admin: Client, deps: Dependencies, monkeypatch: pytest.MonkeyPatch
) -> None:
    bulk = BulkRunner(deps)
    for name in ("ada", "bob"):
        given = json.loads(line_of(name))["input"]
        assert not admin.do("accountCreate: SignupInput", given)["userErrors"]
    monkeypatch.setattr(runner, "MAX_PAGE", 2)
    operation = started(admin, "bulkExport", {"query": EXPORT})
    monkeypatch.setattr(runner, "SLICE_S", 0.0001)
    while bulk.run():  # a page each time
        pass
    done = seen(admin, operation)
    names = [each["orgName"] for each in lines_at(admin, done["url"])]
    assert (done["state"], done["objectCount"], done["errorCount"]) == ("COMPLETED", 3, 0)
    assert sorted(names)[1:] == ["ada", "bob"]
    assert admin.ask("{ bulkOperations(first: 9) { totalCount } }") == {
        "bulkOperations": {"totalCount": 1}
    }
    assert (done["subject"], done["errorsUrl"]) == ("accounts", None)
    huge = f"/admin/api/graphql/bulk/{'9' * 30}.jsonl"
    assert admin.http.get(huge).status_code == 404
    clean_up(deps.database, deps.installation.clock.now() + timedelta(days=8))
    assert admin.http.get(done["url"]).status_code == 404


def test_what_cannot_be_run_is_refused_at_once(admin: Client) -> None:
    page = "nodes { id } pageInfo { hasNextPage endCursor }"
    head = "query($first: Int!, $after: String)"
    wrong = {
        "{ provider { name } }": "must ask for one list",
        f"{{ accounts(first: 1) {{ {page} }} }}": "must ask for one list",
        f"{head} {{ accounts(first: $first, after: $after) {{ nodes {{ id }} }} }}": "one list",
        f"{head} {{ nothing }}": "is wrong",
        "{": "can't be read",
        f"{head} {{ accounts(first: $first, after: $after) {{ nodes {{ users(first: 5) {{ nodes "
        "{ id } } } pageInfo { hasNextPage endCursor } } }": "hasNextPage } of users",
        IMPORT: "must ask for one list",
    }
    for query, words in wrong.items():
        payload = admin.do("bulkExport", {"query": query})
        assert words in payload["userErrors"][0]["message"], query
    for mutation, lines in (
        (EXPORT, "{}"),
        ("mutation($input: IdInput!) { bulkCancel(input: $input) { clientMutationId } }", "{}"),
        (IMPORT, " \n"),
    ):
        assert admin.do("bulkImport", {"mutation": mutation, "lines": lines})["userErrors"]


def test_it_runs_as_long_as_who_started_it_may(
    admin: Client, deps: Dependencies, acme: NewProvider, globex: NewProvider
) -> None:
    bulk = BulkRunner(deps)
    given = {"name": "bulk", "scopes": ["ACCOUNT_MANAGEMENT"], "permission": "READ_ONLY"}
    reads = admin.do("accessTokenCreate", given, "value")["value"]
    given["permission"] = "READ_WRITE"
    made = admin.do("accessTokenCreate", given, "value accessToken { id }")
    start = "mutation($i: BulkImportInput!) { bulkImport(input: $i) { clientMutationId } }"
    bearer = {"authorization": f"Bearer {reads}"}
    body = {"query": start, "variables": {"i": {"mutation": IMPORT, "lines": line_of("eve")}}}
    answer = admin.http.post(admin.path, json=body, headers=bearer).json()
    refused = [each["extensions"]["code"] for each in answer["errors"]]
    with open_client(deps, admin.path, made["value"]) as writer:
        operation = started(writer, "bulkExport", {"query": EXPORT})
    admin.do("accessTokenDelete: IdInput", {"id": made["accessToken"]["id"]})
    bulk.run()
    failed = seen(admin, operation)
    other = started(admin, "bulkExport", {"query": EXPORT})
    canceled = admin.do("bulkCancel: IdInput", {"id": other["id"]}, SHOWN)["bulkOperation"]
    twice = admin.do("bulkCancel: IdInput", {"id": other["id"]}, SHOWN)
    url = failed["url"]

    assert refused == ["FORBIDDEN"]
    assert (failed["state"], failed["problem"]) == ("FAILED", runner.GONE)
    assert (canceled["state"], bulk.run()) == ("CANCELED", False)
    assert twice["userErrors"][0]["code"] == "STATE_CONFLICT"
    with open_client(deps, admin.path, globex.access_token, "globex-admin.localhost") as foreign:
        assert foreign.http.get(url).status_code == 404
        assert foreign.http.get(url, headers={"authorization": ""}).status_code == 401
