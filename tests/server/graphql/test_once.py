"""A mutation with an idempotency key is carried out once, whatever happens meanwhile."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import func, select

from server.actions.provider.idempotency import Once
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain import errors
from server.domain.accounts.accounts import Account
from server.domain.errors import DomainError, LimitReached
from server.domain.provider.idempotency import IdempotencyKey
from server.graphql.errors import UserErrorCode
from server.jobs.cleanup import clean_up
from tests.kit.graphql import Client, open_client
from tests.kit.make import make_deps
from tests.server.graphql.steps import codes_of

TOKEN = {"name": "ci", "scopes": ["STATS"]}
SIGNUP = """mutation($input: SignupInput!) {
  signupExpress(input: $input) { account { id } userErrors { code message } }
}"""


@pytest.fixture
def deps(tmp_path: Path, migrated_url: str) -> Iterator[Dependencies]:
    """Make dependencies on a fresh database; the test runs on SQLite and on PostgreSQL."""
    deps = make_deps(tmp_path, url=migrated_url)
    yield deps
    deps.database.close()


def count_accounts(deps: Dependencies) -> int:
    with deps.database.read() as db:
        return db.exec(select(func.count()).select_from(Account)).one()


def test_the_same_request_again_is_told_the_same_and_does_nothing(
    admin: Client, deps: Dependencies
) -> None:
    given, wanted = {**TOKEN, "idempotencyKey": "k"}, "value accessToken { id }"
    made = [admin.do("accessTokenCreate", given, wanted) for _ in range(2)]
    other = admin.do("accessTokenCreate", {**given, "name": "x"}, "value")
    much = {"scopes": ["ACCOUNT_MANAGEMENT", "STATS"], "permission": "READ_WRITE"}
    token = admin.do("accessTokenCreate", {**TOKEN, **much}, "value")["value"]
    with open_client(deps, admin.path, token) as somebody:
        his = somebody.do("accessTokenCreate", given, "value")
    count = admin.ask("{ accessTokens(first: 9) { totalCount } }")["accessTokens"]["totalCount"]

    assert made[0] == made[1]
    assert made[0]["value"]
    assert codes_of(other) == ["IDEMPOTENCY_KEY_REUSED"]
    assert his["value"] not in {None, made[0]["value"]}, "a key is its caller's own"
    assert count == 4
    with deps.database.read() as db:
        kept = db.exec(select(IdempotencyKey)).all()
    assert all(made[0]["value"].encode() not in (row.answer_sealed or b"") for row in kept)
    later = deps.installation.clock.now() + timedelta(hours=25)
    assert clean_up(deps.database, later) >= len(kept)
    assert admin.do("accessTokenCreate", {**TOKEN, "idempotencyKey": "k"}, "value") != made[0]


def test_what_is_refused_is_told_again_unless_it_may_be_granted_in_a_moment(
    admin: Client, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    blank = {"name": "", "scopes": ["STATS"], "idempotencyKey": "blank"}
    key = "mutation($i: AccessTokenCreateInput!) { a: accessTokenCreate(input: $i) { value } %s }"
    second = "b: accessTokenCreate(input: $i) { userErrors { code } }"
    two = admin.send(key % second, i={**TOKEN, "idempotencyKey": "2"})

    assert [codes_of(admin.do("accessTokenCreate", blank)) for _ in range(2)] == [["BLANK"]] * 2
    assert two.json()["data"] == {"a": {"value": None}, "b": {"userErrors": [{"code": "INVALID"}]}}
    for wrong in ("", "x" * 256, "\n"):
        refused = admin.do("accessTokenCreate", {**TOKEN, "idempotencyKey": wrong})
        assert refused["userErrors"][0]["field"] == ["idempotencyKey"], wrong
    with monkeypatch.context() as patch:
        patch.setattr("server.graphql.tokens.create_token", _refuse)
        waiting = {**TOKEN, "idempotencyKey": "later"}
        assert codes_of(admin.do("accessTokenCreate", waiting)) == ["LIMIT_REACHED"]
    assert admin.do("accessTokenCreate", waiting, "value")["value"], "the key stayed free"
    assert visitor.do("login", {"username": "x", "password": "y", "idempotencyKey": "k"})[
        "userErrors"
    ][0]["field"] == ["idempotencyKey"]


def _refuse(*_: Any) -> Any:
    raise LimitReached("Wait.")


def test_what_ends_midway_leaves_nothing_behind(
    admin: Client, deps: Dependencies, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = count_accounts(deps)
    given = {
        "orgName": "X",
        "username": "milton",
        "email": "x@x.example",
        "idempotencyKey": "crash",
    }

    with monkeypatch.context() as patch:
        patch.setattr(Once, "keep", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            admin.send(SIGNUP, input=given)

    assert count_accounts(deps) == before
    assert admin.ask(SIGNUP, input=given)["signupExpress"]["account"]
    assert count_accounts(deps) == before + 1


def test_sixteen_at_once_are_one(admin: Client, deps: Dependencies, acme: NewProvider) -> None:
    before = count_accounts(deps)
    given = {"orgName": "X", "username": "milton", "email": "x@x.example"}
    admin.http.headers["idempotency-key"] = '"race"'

    with ThreadPoolExecutor(16) as threads:
        answers = [*threads.map(lambda _: admin.send(SIGNUP, input=given).text, range(16))]

    assert len(set(answers)) == 1, set(answers)
    assert '"id"' in answers[0]
    assert count_accounts(deps) == before + 1


def test_every_refusal_of_the_domain_has_its_code() -> None:
    kinds = [errors.DomainError]
    for kind in kinds:
        kinds += kind.__subclasses__()
    codes = {kind.code for kind in kinds if kind is not DomainError}

    assert codes <= {code.value for code in UserErrorCode}
