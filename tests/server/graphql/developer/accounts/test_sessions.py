"""Developers sign up, log in and out, and only see what is theirs or published."""

import pytest

from server.actions.plans.plans import APPLICATION_PLANS, create_plan
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.web.cookies import DEVELOPER
from tests.kit.graphql import Client, open_client
from tests.kit.make import staff
from tests.kit.work import by

PASSWORD = "correct horse battery"


def log_in(client: Client, acme: NewProvider) -> None:
    sample = acme.sample
    given = {"username": sample.user.username, "password": sample.password}
    assert client.do("login", given, "user { username }")["user"] == {"username": "john"}


def test_a_visitor_sees_published_plans_only(
    deps: Dependencies, acme: NewProvider, visitor: Client
) -> None:
    with deps.database.write() as db:
        create_plan(
            by(db, staff(acme)), APPLICATION_PLANS, {"name": "Secret"}, acme.sample.service.id
        )

    answer = visitor.ask(
        "{ viewer { id } plans(first: 9) { nodes { name } }"
        " services(first: 9) { nodes { plans(first: 9) { totalCount nodes { name } } } } }"
    )

    assert answer["viewer"] is None
    assert [plan["name"] for plan in answer["plans"]["nodes"]] == ["Basic", "Unlimited"]
    assert answer["services"]["nodes"][0]["plans"]["totalCount"] == 2


@pytest.mark.parametrize("email", ["new@x.example", "admin+test@acme.example"])
def test_signup_answers_the_same_for_a_known_address(visitor: Client, email: str) -> None:
    given = {"orgName": "New", "username": "newcomer", "email": email, "password": PASSWORD}

    payload = visitor.do("signup", given, "accepted")

    assert payload == {"userErrors": [], "accepted": True}


def test_login_sets_the_cookie_of_the_portal_and_logout_ends_it(
    acme: NewProvider, visitor: Client
) -> None:
    log_in(visitor, acme)
    cookie = visitor.http.cookies[DEVELOPER.session.name]
    seen = visitor.ask("{ account { orgName } applications(first: 9) { nodes { userKey } } }")

    visitor.do("logout:Input", {}, "done")
    visitor.http.cookies.set(DEVELOPER.session.name, cookie)

    assert seen["account"] == {"orgName": "Developer"}
    assert len(seen["applications"]["nodes"]) == 1
    assert visitor.ask("{ viewer { id } }") == {"viewer": None}


def test_a_wrong_password_is_a_user_error(visitor: Client) -> None:
    payload = visitor.do("login", {"username": "john", "password": "wrong"}, "user { id }")

    assert payload["user"] is None
    assert payload["userErrors"][0]["code"] == "BAD_CREDENTIALS"


def test_a_developer_gets_a_key_with_a_personal_token(
    deps: Dependencies, acme: NewProvider, visitor: Client
) -> None:
    log_in(visitor, acme)
    scopes = {"name": "ci", "scopes": ["ACCOUNT_MANAGEMENT"], "permission": "READ_WRITE"}
    token = visitor.do("accessTokenCreate", scopes, "value")["value"]
    plan = visitor.ask("{ plans(first: 1) { nodes { id } } }")["plans"]["nodes"][0]["id"]

    with open_client(deps, "/graphql", token) as client:
        made = client.do(
            "applicationCreate", {"planId": plan, "name": "Mine"}, "application { id userKey }"
        )["application"]
        given = {"applicationId": made["id"]}
        replaced = client.do("userKeyReplace:KeyInput", given, "userKey")["userKey"]

    assert replaced
    assert replaced != made["userKey"]


def test_attempts_to_log_in_are_counted_with_those_of_the_portal(
    deps: Dependencies, acme: NewProvider, visitor: Client
) -> None:
    for number in range(45):
        gate = deps.gates.passwords("developer")
        gate.enter(acme.provider.id, "John", f"10.0.0.{number}")
    codes = [
        visitor.do("login", {"username": "john", "password": "wrong"}, "user { id }")["userErrors"][
            0
        ]["code"]
        for _ in range(6)
    ]

    assert codes[4] != "LIMIT_REACHED"
    assert codes[5] == "LIMIT_REACHED"


def test_a_refused_attempt_is_told_when_to_try_again(
    deps: Dependencies, acme: NewProvider, visitor: Client
) -> None:
    for number in range(50):
        gate = deps.gates.passwords("developer")
        gate.enter(acme.provider.id, "john", f"10.0.0.{number}")

    answer = visitor.send(
        """mutation { login(input: {username: "john", password: "x"}) {
            userErrors { ... on LimitReached { retryAfterS } } } }"""
    )

    retry_after_s = int(answer.headers["retry-after"])
    assert 290 < retry_after_s <= 300
    assert answer.json()["data"]["login"]["userErrors"] == [{"retryAfterS": retry_after_s}]
