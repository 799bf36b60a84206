"""Signup express, as existing clients call it."""

import base64
from typing import Any
from urllib.parse import urlencode

import pytest
from lxml import etree
from sqlmodel import select
from starlette.testclient import TestClient

from server.actions.plans.plans import APPLICATION_PLANS, create_plan
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.applications.applications import Application
from server.domain.events import EventKind, EventRecord
from server.domain.plans.plans import AccountPlan, ApplicationPlan, ServicePlan
from tests.kit.make import make_provider, staff
from tests.kit.work import by

PASSWORD = "correct horse battery"
PATH = "/admin/api/signup"
FORM = "application/x-www-form-urlencoded"


def person(**over: Any) -> dict[str, Any]:
    return {
        "org_name": "Initech",
        "username": "peter",
        "email": "peter@initech.example",
        "password": PASSWORD,
        **over,
    }


def paid_plan(deps: Dependencies, provider: NewProvider) -> ApplicationPlan:
    with deps.database.write() as db:
        service_id = provider.sample.service.id
        work = by(db, staff(provider))
        return create_plan(work, APPLICATION_PLANS, {"name": "Monthly"}, service_id, published=True)


def number_of_accounts(deps: Dependencies) -> int:
    with deps.database.read() as db:
        return len(db.exec(select(Account)).all())


@pytest.fixture
def plan(deps: Dependencies, acme: NewProvider) -> ApplicationPlan:
    return paid_plan(deps, acme)


@pytest.fixture
def printed(plan: ApplicationPlan, acme: NewProvider, client: TestClient) -> Any:
    """Sign a customer up as the guide's curl does; gives the document."""
    body = (
        f"provider_key={acme.provider_key}&org_name=COMPANY&username=USERNAME"
        f"&email=email%40example.com&password={urlencode({'': PASSWORD})[1:]}"
        f"&application_plan_id={plan.id}"
    )
    answer = client.post(f"{PATH}.xml", content=body, headers={"content-type": FORM})
    assert answer.status_code == 201
    return etree.fromstring(answer.content)


def test_the_guides_curl_makes_an_account_with_a_user(printed: Any) -> None:
    assert printed.tag == "account"
    assert printed.findtext("state") == "approved"
    assert printed.findtext("org_name") == "COMPANY"
    assert printed.findtext("users/user/username") == "USERNAME"
    assert printed.findtext("users/user/state") == "active"
    assert printed.findtext("users/user/role") == "admin"


def test_the_guides_curl_makes_an_application_with_a_key(
    plan: ApplicationPlan, printed: Any
) -> None:
    assert printed.findtext("applications/application/plan/id") == str(plan.id)
    assert printed.findtext("applications/application/name") == "API signup"
    assert printed.findtext("applications/application/description") == "API signup"
    assert len(printed.findtext("applications/application/user_key") or "") == 32
    kinds = [kind.text for kind in printed.findall("plans/plan/type")]
    assert kinds == ["account_plan", "service_plan", "application_plan"]


def test_the_document_has_the_fields_of_the_reference_in_its_order(
    acme: NewProvider, client: TestClient
) -> None:
    answer = client.post(f"{PATH}.xml", data=person(provider_key=acme.provider_key))

    root = etree.fromstring(answer.content)
    assert [child.tag for child in root] == [
        "id",
        "created_at",
        "updated_at",
        "state",
        "annotations",
        "org_name",
        "extra_fields",
        "monthly_billing_enabled",
        "monthly_charging_enabled",
        "credit_card_stored",
        "plans",
        "users",
        "applications",
    ]
    assert (root.findtext("created_at") or "").endswith("Z")
    assert answer.content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')


def test_location_leads_to_the_new_account(acme: NewProvider, client: TestClient) -> None:
    signup = client.post(f"{PATH}.json", data=person(provider_key=acme.provider_key))

    location = signup.headers["location"]
    shown = client.get(
        location.removeprefix("http://localhost:8000"), params={"provider_key": acme.provider_key}
    )

    assert location.endswith(f"/admin/api/accounts/{signup.json()['account']['id']}.json")
    assert shown.status_code == 200
    assert shown.json() == signup.json()


def test_the_application_tells_that_it_came_by_the_api(
    deps: Dependencies, acme: NewProvider, client: TestClient
) -> None:
    answer = client.post(f"{PATH}.json", data=person(provider_key=acme.provider_key))

    account_id = answer.json()["account"]["id"]
    with deps.database.read() as db:
        origins = select(Application.origin).where(Application.account_id == account_id)
        assert db.exec(origins).all() == ["api"]


@pytest.mark.parametrize("where", ["query", "form", "multipart", "json"])
@pytest.mark.parametrize("name", ["provider_key", "access_token"])
def test_credentials_and_fields_are_taken_from_everywhere(
    acme: NewProvider, client: TestClient, where: str, name: str
) -> None:
    secret = {name: getattr(acme, name)}

    if where == "query":
        answer = client.post(f"{PATH}.json", params={**person(), **secret})
    elif where == "form":
        answer = client.post(f"{PATH}.json", data={**person(), **secret})
    elif where == "multipart":
        fields = {key: (None, value) for key, value in {**person(), **secret}.items()}
        answer = client.post(f"{PATH}.json", files=fields)
    else:
        answer = client.post(f"{PATH}.json", json={**person(), **secret})

    assert answer.status_code == 201
    assert answer.json()["account"]["org_name"] == "Initech"


@pytest.mark.parametrize("shown_as", ["user", "password", "key", "bearer"])
def test_credentials_are_taken_from_the_authorization_header(
    acme: NewProvider, client: TestClient, shown_as: str
) -> None:
    authorization = {
        "user": f"Basic {base64.b64encode(f'{acme.access_token}:'.encode()).decode()}",
        "password": f"Basic {base64.b64encode(f':{acme.access_token}'.encode()).decode()}",
        "key": f"Basic {base64.b64encode(f':{acme.provider_key}'.encode()).decode()}",
        "bearer": f"Bearer {acme.access_token}",
    }[shown_as]

    answer = client.post(f"{PATH}.json", data=person(), headers={"authorization": authorization})

    assert answer.status_code == 201


@pytest.mark.parametrize(
    "body",
    [
        {"signup": person()},
        {
            "account": {"org_name": "Initech"},
            "user": {key: value for key, value in person().items() if key != "org_name"},
        },
    ],
)
def test_fields_may_come_wrapped(
    acme: NewProvider, client: TestClient, body: dict[str, Any]
) -> None:
    answer = client.post(f"{PATH}.json", json={**body, "provider_key": acme.provider_key})

    assert answer.status_code == 201


def test_a_form_may_wrap_its_fields_with_brackets(acme: NewProvider, client: TestClient) -> None:
    fields = {f"account[{key}]": value for key, value in person().items()}

    answer = client.post(f"{PATH}.json", data={**fields, "provider_key": acme.provider_key})

    assert answer.status_code == 201


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", "application/xml"),
        ("*/*", "application/xml"),
        ("application/json", "application/json"),
        ("application/xml;q=0.5, application/json", "application/json"),
        ("text/html, application/xml;q=0.9", "application/xml"),
    ],
)
def test_without_a_format_in_the_path_accept_decides(
    acme: NewProvider, client: TestClient, accept: str, kind: str
) -> None:
    answer = client.post(
        PATH, data=person(provider_key=acme.provider_key), headers={"accept": accept}
    )

    assert answer.status_code == 201
    assert answer.headers["content-type"].startswith(kind)


@pytest.mark.parametrize(
    ("path", "accept"), [(f"{PATH}.yaml", "*/*"), (PATH, "text/html"), (PATH, "*/*;q=0")]
)
def test_another_format_is_406(
    deps: Dependencies, acme: NewProvider, client: TestClient, path: str, accept: str
) -> None:
    before = number_of_accounts(deps)

    answer = client.post(
        path, data=person(provider_key=acme.provider_key), headers={"accept": accept}
    )

    assert answer.status_code == 406
    assert number_of_accounts(deps) == before


def test_without_a_password_user_and_account_wait(
    deps: Dependencies, acme: NewProvider, client: TestClient
) -> None:
    fields = person(provider_key=acme.provider_key)
    del fields["password"]

    answer = client.post(f"{PATH}.json", data=fields)

    assert answer.status_code == 201
    assert answer.json()["account"]["state"] == "created"
    with deps.database.read() as db:
        assert db.exec(select(User.state).where(User.username == "peter")).one() == "pending"


def test_on_a_plan_that_wants_approval_the_account_waits(
    deps: Dependencies, acme: NewProvider, client: TestClient
) -> None:
    with deps.database.write() as db:
        for plan in db.exec(select(AccountPlan)):
            plan.approval_required = True

    answer = client.post(f"{PATH}.json", data=person(provider_key=acme.provider_key))

    account = answer.json()["account"]
    assert (answer.status_code, account["state"]) == (201, "pending")
    told = select(EventRecord.kind).where(EventRecord.account_id == account["id"])
    with deps.database.read() as db:
        assert EventKind.ACCOUNT_PENDING in db.exec(told).all()


@pytest.mark.parametrize("plan_id", ["999999", "9" * 11, "0", "-1", "x", "9" * 40, "1e3", "٣"])
@pytest.mark.parametrize("name", ["account_plan_id", "service_plan_id", "application_plan_id"])
def test_unknown_plan_ids_are_ignored(
    acme: NewProvider, client: TestClient, name: str, plan_id: str
) -> None:
    answer = client.post(
        f"{PATH}.xml", data=person(provider_key=acme.provider_key, **{name: plan_id})
    )

    assert answer.status_code == 201
    assert etree.fromstring(answer.content).findtext("plans/plan/name") == "Default"


def test_a_plan_of_another_provider_is_ignored_like_an_unknown_one(
    deps: Dependencies, acme: NewProvider, client: TestClient
) -> None:
    foreign = paid_plan(deps, make_provider(deps, "Umbrella"))

    answer = client.post(
        f"{PATH}.xml", data=person(provider_key=acme.provider_key, application_plan_id=foreign.id)
    )

    assert answer.status_code == 201
    assert b"Monthly" not in answer.content


def test_no_account_plan_to_choose_is_404(
    deps: Dependencies, acme: NewProvider, client: TestClient
) -> None:
    with deps.database.write() as db:
        for plan in db.exec(select(AccountPlan)):
            plan.is_default = False

    xml = client.post(f"{PATH}.xml", data=person(provider_key=acme.provider_key))
    as_json = client.post(f"{PATH}.json", data=person(provider_key=acme.provider_key))

    assert (xml.status_code, xml.content) == (404, b"")
    assert (as_json.status_code, as_json.json()) == (404, {"status": "Not found"})


def test_an_application_plan_without_a_service_plan_is_404(
    deps: Dependencies, acme: NewProvider, client: TestClient
) -> None:
    plan = paid_plan(deps, acme)
    with deps.database.write() as db:
        for service_plan in db.exec(select(ServicePlan)):
            service_plan.is_default, service_plan.state = False, "hidden"

    answer = client.post(
        f"{PATH}.json", data=person(provider_key=acme.provider_key, application_plan_id=plan.id)
    )

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"org_name": ""}, "org_name"),
        ({"org_name": " "}, "org_name"),
        ({"org_name": "x" * 256}, "org_name"),
        ({"org_name": "a\x00b"}, "org_name"),
        ({"org_name": ["x"]}, "org_name"),
        ({"username": ""}, "username"),
        ({"username": "no"}, "username"),
        ({"username": "<b>peter</b>"}, "username"),
        ({"username": "john"}, "username"),
        ({"username": {"a": 1}}, "username"),
        ({"email": "nobody"}, "email"),
        ({"email": "a@b.example\r\nBcc: x@y.example"}, "email"),
        ({"email": "ADMIN+test@acme.example"}, "email"),
        ({"password": "short"}, "password"),
        ({"password": "x" * 257}, "password"),
        ({"password": "aaaaaaaaaaaaaaaaaaaa"}, "password"),
        ({"application_plan_id": {}}, "application_plan_id"),
    ],
)
def test_a_bad_input_is_422_at_its_field_and_leaves_nothing(
    deps: Dependencies, acme: NewProvider, client: TestClient, over: dict[str, Any], field: str
) -> None:
    before = number_of_accounts(deps)

    answer = client.post(f"{PATH}.json", json=person(provider_key=acme.provider_key, **over))

    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == [field]
    assert number_of_accounts(deps) == before


def test_a_bad_input_is_a_full_sentence_in_xml(acme: NewProvider, client: TestClient) -> None:
    answer = client.post(f"{PATH}.xml", data=person(provider_key=acme.provider_key, org_name=""))

    assert answer.status_code == 422
    assert etree.fromstring(answer.content).findtext("error") == "Org name can't be blank."


def test_text_is_escaped_in_xml(acme: NewProvider, client: TestClient) -> None:
    nasty = '<script>&"]]>'

    answer = client.post(f"{PATH}.xml", data=person(provider_key=acme.provider_key, org_name=nasty))

    assert etree.fromstring(answer.content).findtext("org_name") == nasty


def test_a_mail_address_and_a_password_may_be_missing(
    acme: NewProvider, client: TestClient
) -> None:
    plan = acme.sample.application.plan_id
    for name in ("one", "two"):
        given = {"org_name": name, "username": f"user-{name}", "application_plan_id": plan}

        answer = client.post(f"{PATH}.json", data={"provider_key": acme.provider_key, **given})

        assert answer.status_code == 201
        assert answer.json()["account"]["state"] == "created"
