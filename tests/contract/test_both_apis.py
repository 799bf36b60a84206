"""REST and GraphQL do the same: each use case, done through both, keeps and tells the same.

Each works on a database of its own that begins alike, so that even ids can be compared. What
every resource has in common is compared in test_outcomes.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from server.auth.dependencies import Dependencies
from server.domain.accounts.accounts import Account, ServiceContract
from server.domain.accounts.credit_cards import CreditCard
from server.domain.accounts.users import User
from server.domain.applications.applications import Application, ApplicationKey
from server.domain.applications.referrer_filters import ReferrerFilter
from server.domain.events import EventRecord
from server.domain.provider.tokens import AccessToken
from server.graphql.ids import global_id
from server.graphql.paths import ADMIN_PATH
from tests.kit.graphql import open_client
from tests.kit.make import make_deps, make_provider
from tests.kit.rest import rest_client

Ids = Mapping[str, int]
MADE_UP = {"created_at", "updated_at", "digest", "hint", "user_key_digest", "origin"}


@dataclass(frozen=True)
class Both:
    """One thing that is done: a call of REST, and a mutation.

    `{name}` in a path stands for an id, `@Kind:name` in an input likewise. What is refused names
    the field that is at fault, as REST calls it.
    """

    rest: tuple[str, str, Mapping[str, Any]]
    graphql: tuple[str, Mapping[str, Any]]
    refused: str = ""


@dataclass(frozen=True)
class Family:
    """Things that are done one after the other, and the tables that they change."""

    tables: Sequence[Any]
    steps: Sequence[Both]
    ids: Mapping[str, int] = field(default_factory=dict)


OWN = "/accounts/{account}/applications"
ONE, IT = f"{OWN}/{{application}}", {"applicationId": "@Application:application"}
APPLICATIONS = Family(
    (Application, ApplicationKey, ReferrerFilter, ServiceContract),
    (
        Both(
            (
                "POST",
                OWN,
                {
                    "plan_id": "{plan}",
                    "name": "Two",
                    "description": "Second.",
                    "user_key": "two",
                    "application_id": "second",
                    "application_key": ["first-key", "other-key"],
                    "first_traffic_at": "2026-01-31T12:00:00Z",
                },
            ),
            (
                "applicationCreate",
                {
                    "accountId": "@Account:account",
                    "planId": "@ApplicationPlan:plan",
                    "name": "Two",
                    "description": "Second.",
                    "userKey": "two",
                    "applicationId": "second",
                    "applicationKeys": ["first-key", "other-key"],
                    "firstTrafficAt": "2026-01-31T12:00:00Z",
                },
            ),
        ),
        Both(
            ("POST", OWN, {"plan_id": "{plan}", "name": "Three", "user_key": "two"}),
            (
                "applicationCreate",
                {
                    "accountId": "@Account:account",
                    "planId": "@ApplicationPlan:plan",
                    "name": "Three",
                    "userKey": "two",
                },
            ),
            refused="user_key",
        ),
        Both(
            ("PUT", ONE, {"name": "Named", "description": ""}),
            (
                "applicationUpdate",
                {"id": "@Application:application", "name": "Named", "description": ""},
            ),
        ),
        Both(
            ("PUT", ONE, {"user_key": "chosen"}),
            (
                "userKeyReplace: KeyInput",
                {**IT, "value": "chosen"},
            ),
        ),
        Both(
            ("PUT", ONE, {"name": ""}),
            ("applicationUpdate", {"id": "@Application:application", "name": ""}),
            refused="name",
        ),
        *(
            Both(
                ("PUT", f"{ONE}/{word}", {}),
                (f"application{word.capitalize()}: IdInput", {"id": "@Application:application"}),
                refused=refused,
            )
            for word, refused in (("suspend", ""), ("accept", "state"), ("resume", ""))
        ),
        Both(
            ("PUT", f"{ONE}/change_plan", {"plan_id": "{other_plan}"}),
            (
                "applicationChangePlan",
                {"id": "@Application:application", "planId": "@ApplicationPlan:other_plan"},
            ),
        ),
        Both(
            ("POST", f"{ONE}/keys", {"key": "a.key/of it"}),
            (
                "keyAdd: KeyInput",
                {**IT, "value": "a.key/of it"},
            ),
            refused="key",
        ),
        Both(
            ("POST", f"{ONE}/keys", {"key": "a.key/of-it"}),
            (
                "keyAdd: KeyInput",
                {**IT, "value": "a.key/of-it"},
            ),
        ),
        Both(
            ("DELETE", f"{ONE}/keys/a.key/of-it", {}),
            (
                "keyDelete",
                {**IT, "keyId": "@ApplicationKey:made_key"},
            ),
        ),
        Both(
            (
                "POST",
                f"{ONE}/referrer_filters",
                {"referrer_filter": "*.ok.example"},
            ),
            (
                "referrerFilterAdd: ReferrerFilterInput",
                {**IT, "referrerFilter": "*.ok.example"},
            ),
        ),
        Both(
            ("DELETE", ONE, {}),
            ("applicationDelete: IdInput", {"id": "@Application:application"}),
        ),
    ),
    {"made_key": 3},  # two came with the application that was made
)
ACCOUNT, THIS = "/accounts/{account}", {"id": "@Account:account"}
CARD = {
    "token": "cus_1",
    "expiration_year": 30,
    "expiration_month": 12,
    "partial_number": "1234",
}
BILLS = {"name": "John", "address": "Main Street 1", "city": "Springfield", "country": "US"}
BILL = {
    "name": "Hooli",
    "address1": "Main Street 1",
    "address2": "2nd floor",
    "city": "Springfield",
    "country": "US",
}
CARD_OF_REST = {
    **{f"credit_card_{name}": value for name, value in CARD.items()},
    **{f"billing_address_{name}": value for name, value in BILLS.items()},
}
CARD_OF_GRAPHQL = {
    **THIS,
    "token": "cus_1",
    "expirationYear": 30,
    "expirationMonth": 12,
    "partialNumber": "1234",
    **BILLS,
}
ACCOUNTS = Family(
    (Account, CreditCard),
    (
        Both(
            (
                "PUT",
                ACCOUNT,
                {
                    "org_name": "Hooli",
                    "monthly_charging_enabled": False,
                    "annotations": {"managed_by": "operator"},
                    "billing_address": BILL,
                },
            ),
            (
                "accountUpdate",
                {
                    **THIS,
                    "orgName": "Hooli",
                    "monthlyChargingEnabled": False,
                    "managedBy": "operator",
                    "billingAddress": BILL,
                },
            ),
        ),
        Both(
            ("PUT", ACCOUNT, {"billing_address": {"phone": "555", "address2": ""}}),
            ("accountUpdate", {**THIS, "billingAddress": {"phone": "555", "address2": None}}),
        ),
        Both(
            ("PUT", ACCOUNT, {"billing_address": {"city": ""}}),
            ("accountUpdate", {**THIS, "billingAddress": {"city": ""}}),
            refused="billing_address_city",
        ),
        Both(
            ("PUT", ACCOUNT, {"billing_address": {}}),
            ("accountUpdate", {**THIS, "billingAddress": None}),
        ),
        Both(
            ("PUT", f"{ACCOUNT}/credit_card", CARD_OF_REST),
            ("accountCreditCardPut", CARD_OF_GRAPHQL),
        ),
        Both(
            ("PUT", f"{ACCOUNT}/credit_card", {**CARD_OF_REST, "billing_address_city": ""}),
            ("accountCreditCardPut", {**CARD_OF_GRAPHQL, "city": ""}),
            refused="billing_address_city",
        ),
        Both(
            ("DELETE", f"{ACCOUNT}/credit_card", {}),
            ("accountCreditCardDelete: IdInput", THIS),
        ),
        *(
            Both(
                ("PUT", f"{ACCOUNT}/{word}", {}),
                (f"account{name}: IdInput", THIS),
                refused=refused,
            )
            for word, name, refused in (
                ("make_pending", "MakePending", ""),
                ("reject", "Reject", ""),
                ("approve", "Approve", ""),
                ("approve", "Approve", "state"),
            )
        ),
    ),
)
ANN = {"username": "ann", "email": "ann@acme.example"}
MEMBER, HER = "/users/{made}", {"id": "@User:made"}
STAFF = Family(
    (User, AccessToken),
    (
        Both(
            ("POST", "/users", {**ANN, "member_permission_ids": ["plans"]}),
            ("userCreate", {**ANN, "sections": ["PLANS"]}),
        ),
        Both(
            ("POST", "/users", {**ANN, "username": "ann2"}),
            ("userCreate", {**ANN, "username": "ann2", "sections": []}),
            refused="email",
        ),
        Both(
            ("PUT", f"{MEMBER}/permissions", {"allowed_sections": ["portal", "monitoring"]}),
            ("userChangeReach", {**HER, "sections": ["PORTAL", "MONITORING"]}),
        ),
        Both(
            ("PUT", f"{MEMBER}/permissions", {"allowed_service_ids": [1]}),
            ("userChangeReach", {**HER, "serviceIds": ["@Service:service"]}),
        ),
        Both(
            ("PUT", MEMBER, {"first_name": "Ann"}),
            ("userUpdate", {**HER, "firstName": "Ann"}),
        ),
        *(
            Both(("PUT", f"{MEMBER}/{word}", {}), (f"user{word.capitalize()}: IdInput", HER))
            for word in ("activate", "suspend", "unsuspend")
        ),
        Both(("PUT", f"{MEMBER}/admin", {}), ("userUpdate", {**HER, "role": "ADMIN"})),
        Both(
            ("PUT", f"{MEMBER}/permissions", {"allowed_sections": ["plans"]}),
            ("userChangeReach", {**HER, "sections": ["PLANS"]}),
            refused="role",
        ),
        Both(
            ("POST", "/personal/access_tokens", {"name": "t", "permission": "ro", "scopes": "cms"}),
            ("accessTokenCreate", {"name": "t", "permission": "READ_ONLY", "scopes": ["CMS"]}),
        ),
        Both(
            ("DELETE", "/personal/access_tokens/{token}", {}),
            ("accessTokenDelete: IdInput", {"id": "@AccessToken:token"}),
        ),
        Both(("DELETE", MEMBER, {}), ("userDelete: IdInput", HER)),
    ),
    {"made": 3, "token": 2},  # after the admin and the developer; and after the first start's
)
FAMILIES = {"accounts": ACCOUNTS, "applications": APPLICATIONS, "staff": STAFF}


def outcome(deps: Dependencies, family: Family, face: str) -> Iterator[Any]:
    """Do what a family does through a face; tell each time what is kept, told or refused."""
    acme = make_provider(deps)
    ids = {
        **family.ids,
        "account": acme.sample.application.account_id,
        "user": acme.sample.user.id,
        "admin": acme.admin.id,
        "application": acme.sample.application.id,
        "service": acme.sample.service.id,
        "plan": acme.sample.application.plan_id,
        "other_plan": 3 - acme.sample.application.plan_id,  # there are two
    }
    do = by_rest if face == "rest" else by_graphql
    for step in family.steps:
        with deps.database.read() as db:
            newest = select(EventRecord.id).order_by(col(EventRecord.id).desc())
            before = db.exec(newest).first() or 0
        refused = do(deps, acme, step, ids)
        yield refused, _told(deps, before), [_kept(deps, table) for table in family.tables]


def by_rest(deps: Dependencies, acme: Any, step: Both, ids: Ids) -> str:
    """Call an operation; give the field that is refused."""
    method, path, values = step.rest
    given = {
        name: value.format_map(ids) if isinstance(value, str) else value
        for name, value in values.items()
    }
    with rest_client(deps, acme) as client:
        answer = client.call(method, f"{path.format_map(ids)}.json", json=given)
    if step.refused:
        assert answer.status_code in {403, 422}, answer.text
        return str(next(iter(answer.json()["errors"])))
    assert answer.status_code in {200, 201}, answer.text
    return ""


def by_graphql(deps: Dependencies, acme: Any, step: Both, ids: Ids) -> str:
    """Send a mutation; give the field that is refused."""
    name, values = step.graphql
    with open_client(deps, ADMIN_PATH, acme.access_token) as client:
        payload = client.do(name, {key: _input(value, ids) for key, value in values.items()})
    if step.refused:
        word = str(payload["userErrors"][0]["field"][-1])
        name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", word).lower()
        return step.refused if step.refused.endswith(f"_{name}") else name  # REST has prefixes
    assert payload["userErrors"] == []
    return ""


def _input(value: Any, ids: Ids) -> Any:
    if isinstance(value, list):
        return [_input(each, ids) for each in value]
    if isinstance(value, str) and value.startswith("@"):
        kind, name = value[1:].split(":")
        return global_id(kind, ids[name])
    return value


def _told(deps: Dependencies, after: int) -> list[Any]:
    with deps.database.read() as db:
        query = select(EventRecord).where(EventRecord.id > after).order_by(col(EventRecord.id))
        return [
            (each.kind, each.subject_id, each.account_id, each.service_id, each.payload, each.facts)
            for each in db.exec(query)
        ]


def _kept(deps: Dependencies, table: Any) -> list[Mapping[str, Any]]:
    """Read a table, but for what is made up or differs each time that it is sealed."""
    unseal = deps.installation.vault.unseal
    with deps.database.read() as db:
        return [
            {
                name: unseal(value) if value and name.endswith("sealed") else value
                for name, value in row.model_dump(exclude=MADE_UP).items()
            }
            for row in db.exec(select(table).order_by(table.id))
        ]


@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_rest_and_graphql_keep_tell_and_refuse_the_same(tmp_path: Path, name: str) -> None:
    outcomes = {}
    for face in ("rest", "graphql"):
        folder = tmp_path / face
        folder.mkdir()
        deps = make_deps(folder)
        outcomes[face] = list(outcome(deps, FAMILIES[name], face))
        deps.database.close()

    steps = FAMILIES[name].steps
    for step, *seen in zip(steps, outcomes["rest"], outcomes["graphql"], strict=True):
        assert seen[0] == seen[1], step
    assert [refused for refused, _, _ in outcomes["rest"]] == [step.refused for step in steps]
    assert all(bool(told) is not bool(refused) for refused, told, _ in outcomes["rest"])
