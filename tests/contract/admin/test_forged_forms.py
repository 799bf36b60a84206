"""No form of the admin portal works for whoever must not send it, or from anywhere else."""

import re

import pytest
from sqlmodel import select

from server.actions.accounts.authentication_providers import AUTHENTICATION_PROVIDERS
from server.actions.messages.messages import send_message
from server.actions.plans.features import FEATURES, INCLUDES
from server.actions.plans.limits import set_limit
from server.actions.plans.pricing_rules import PRICING_RULES
from server.actions.provider.bulk import start_export
from server.actions.provider.providers import NewProvider
from server.actions.provider.registered_documents import register_documents
from server.actions.provider.webhook_deliveries import start_test
from server.actions.provider.webhooks import ENDPOINTS
from server.actions.services.registry_policies import REGISTRY_POLICIES
from server.admin.routes import SENT
from server.auth.actors import actor_of_user
from server.auth.dependencies import Dependencies
from server.domain.messages.messages import MessageCopy
from server.domain.plans.plans import AccountPlan
from server.domain.provider.registered_documents import GraphQLSide
from tests.kit.backend_apis import make_mounted
from tests.kit.browser import Browser
from tests.kit.cases.bulk import DOCUMENTS
from tests.kit.content import make_content, make_forum
from tests.kit.make import staff
from tests.kit.resources import SAMPLES
from tests.kit.work import by

FORMS = sorted({path for path, _, _ in SENT} | {"/logout", "/services/{service_id}/integration"})
OF_ANYBODY = {"/logout", "/personal", "/personal/password", "/personal/notifications"}
READS = {  # a search: the key stays out of the address; a mail and drafts that are only looked at
    "/applications/by_key",
    "/mails/templates/{name}/preview",
    "/portal/visit",
}


def filled(path: str) -> str:
    """Name the first object of each kind, the sample developer, and an event that there is."""
    is_published = path.startswith(("/api_docs", "/portal/templates/")) or "/plans/" in path
    event = "publish" if is_published else "suspend"
    if "/many/" in path:
        event = "reject"
    event = "trash" if path.startswith("/messages/") else event
    named = {
        "name": "account_approved",
        "event": event,
        "user_id": "1" if path.startswith("/team/") else "2",
        "backend_metric_id": "2",
        "feature_id": "4" if "service_plans" in path else "1",  # behind those of the sample
        "backend_rule_id": "2",
    }
    return re.sub(r"\{(\w+)\}", lambda found: named.get(found[1], "1"), path)


@pytest.fixture(scope="module")
def _firsts(deps: Dependencies, acme: NewProvider) -> None:
    """Make the first content of the portal; have the sample developer write the first message."""
    with deps.database.write() as db:
        work = by(db, staff(acme), deps.installation)
        make_content(work)
        make_forum(work, acme)
        make_mounted(work, acme.sample.service.id)
        start_export(by(db, actor_of_user(acme.admin), deps.installation), "{", {})
        register_documents(work, GraphQLSide.ADMIN, DOCUMENTS)
        start_test(work, ENDPOINTS.create(work, SAMPLES["webhook_endpoint"](db, acme).values).id)
        AUTHENTICATION_PROVIDERS.create(work, SAMPLES["authentication_provider"](db, acme).values)
        REGISTRY_POLICIES.create(work, SAMPLES["registry_policy"](db, acme).values)
        john = by(db, actor_of_user(acme.sample.user), deps.installation)
        send_message(john, {"body": "Rain?"})
        for copy in db.exec(select(MessageCopy)):  # the first copy is the provider's
            copy.account_id = None if copy.role == "sender" else copy.account_id
        plan_id = acme.sample.application.plan_id
        set_limit(work, {"metric_id": 1, "period": "day", "value": 1}, plan_id)
        PRICING_RULES.create(work, {"metric_id": 1, "cost_per_unit": "1"}, plan_id)
        INCLUDES[AccountPlan].features.create(work, {"name": "Help"}, None)
        service_id = acme.sample.service.id
        FEATURES.create(work, {"name": "Phone", "scope": "service_plan"}, service_id)


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.usefixtures("_firsts")
def test_no_form_works_without_its_token(path: str, admin: Browser) -> None:
    for fields in ({}, {"csrf": "wrong"}, {"csrf": "é"}):
        assert admin.post(filled(path), fields).status_code == 403


@pytest.mark.parametrize("path", FORMS)
def test_no_form_works_from_another_site(path: str, admin: Browser) -> None:
    fields = {"csrf": admin.hidden("/personal")["csrf"]}

    for headers in (
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://["},
        {"origin": "http://localhost:9"},
        {"sec-fetch-site": "cross-site"},
    ):
        response = admin.client.post(f"/p/admin{filled(path)}", data=fields, headers=headers)
        assert response.status_code == 403


@pytest.mark.parametrize("path", [*FORMS, "/login"])
def test_no_form_works_from_a_page_beside_the_portal(path: str, admin: Browser) -> None:
    fields = {"csrf": admin.hidden("/personal")["csrf"]}
    ours = str(admin.client.base_url).rstrip("/")

    for headers in (
        {"referer": f"{ours}/plans"},
        {"referer": f"{ours}/"},
        {"referer": f"{ours}/gateway/staging/api/"},
        {"sec-fetch-site": "same-origin", "sec-fetch-dest": "document"},
        {"sec-fetch-site": "same-origin", "sec-fetch-dest": "empty", "referer": f"{ours}/plans"},
    ):
        sent = {"origin": ours, **headers}
        response = admin.client.post(f"/p/admin{filled(path)}", data=fields, headers=sent)
        assert response.status_code == 403
        assert "outside the admin portal" in response.text


@pytest.mark.parametrize("path", FORMS)
def test_no_form_works_for_nobody(path: str, anonymous: Browser) -> None:
    response = anonymous.post(filled(path), {"csrf": ""})

    assert response.headers["location"] == "/p/admin/login"


@pytest.mark.parametrize("path", [path for path in FORMS if path not in OF_ANYBODY | READS])
@pytest.mark.usefixtures("_firsts")
def test_a_member_changes_nothing(path: str, member: Browser) -> None:
    values = {"metric_id": "1", "plan_id": "1", "delta": "1", "value": "1", "direction": "up"}
    values |= {
        "name": "x",
        "period": "day",
        "http_method": "GET",
        "pick_1": "yes",
        "what": "page-1",
    }

    response = member.send(filled(path), **values)

    assert response.status_code == 403
