"""Every page of the admin portal, as every kind of visitor."""

import re

import pytest
from sqlmodel import Session, col, select

from server.actions.accounts.authentication_providers import AUTHENTICATION_PROVIDERS
from server.actions.messages.messages import send_message
from server.actions.provider.bulk import start_export
from server.actions.provider.providers import NewProvider
from server.actions.provider.registered_documents import register_documents
from server.actions.provider.webhook_deliveries import start_test
from server.actions.provider.webhooks import ENDPOINTS
from server.actions.services.registry_policies import REGISTRY_POLICIES
from server.admin.routes import OPENED, SHOWN
from server.auth.actors import actor_of_user
from server.auth.dependencies import Dependencies
from server.domain.messages.mails import Mail
from server.domain.messages.messages import MessageCopy
from server.domain.plans.plans import ApplicationPlan
from server.domain.portal.api_docs import ApiDocs
from server.domain.provider.field_definitions import FieldDefinition
from server.domain.provider.registered_documents import GraphQLSide
from server.domain.services.configs import ProxyConfig
from server.domain.services.mapping_rules import MappingRule
from server.domain.services.metrics import Metric
from tests.kit.backend_apis import make_mounted
from tests.kit.browser import Browser
from tests.kit.cases.bulk import DOCUMENTS
from tests.kit.content import make_content, make_forum
from tests.kit.make import TEST_VAULT, staff
from tests.kit.resources import SAMPLES
from tests.kit.work import by

# `user_id` is a developer's on the pages of accounts, and one of the staff's on those of the team.
PATHS = [path.replace("team/{user_id}", "team/{staff_id}") for path, _ in (*SHOWN, *OPENED)]
FOR_ADMINS = {
    "/accounts/new",
    "/accounts/{account_id}/edit",
    "/accounts/{account_id}/applications/new",
    "/accounts/{account_id}/users/new",
    "/accounts/{account_id}/users/{user_id}",
    "/applications/{application_id}/edit",
    "/field_definitions/new",
    "/field_definitions/{field_id}",
    "/services/new",
    "/authentication_providers/new",
    "/api_docs/new",
    "/api_docs/{api_docs_id}/edit",
    "/services/{service_id}/configs/{environment}/{config_id}",
    "/services/{service_id}/mapping_rules/{rule_id}",
    "/services/{service_id}/metrics/{metric_id}",
    "/services/{service_id}/backends/{usage_id}",
    "/backend_apis/new",
    "/registry_policies/new",
    "/backend_apis/{backend_api_id}/metrics/{backend_metric_id}",
    "/backend_apis/{backend_api_id}/mapping_rules/{backend_rule_id}",
    "/services/{service_id}/plans/new",
    "/services/{service_id}/service_plans/new",
    "/account_plans/new",
    "/portal/templates/new",
    "/portal/sections/new",
    "/portal/files/new",
    "/portal/redirects/{redirect_id}",
    "/tokens",
    "/webhooks/new",
    "/bulk_operations/new_export",
    "/bulk_operations/new_import",
    "/registered_documents/new",
    "/audit",
    "/mails",
    "/mails/{mail_id}",
    "/messages/new",
    "/forum/topics/new",
    "/forum/posts/{post_id}",
    "/forum/categories/{category_id}",
}

OF_ONE = "/bulk_operations/{operation_id}"  # who started it sees it


def _firsts(db: Session) -> dict[str, object]:
    """Name the first of what is there from the start."""
    return {
        "metric_id": db.exec(select(Metric.id).order_by(col(Metric.id))).first(),
        "rule_id": db.exec(select(MappingRule.id).order_by(col(MappingRule.id))).first(),
        "plan_id": db.exec(select(ApplicationPlan.id)).first(),
        "api_docs_id": db.exec(select(ApiDocs.id)).first(),
        "field_id": db.exec(
            select(FieldDefinition.id).where(FieldDefinition.name == "first_name")
        ).first(),
        "config_id": db.exec(select(ProxyConfig.id).order_by(col(ProxyConfig.id))).first(),
    }


@pytest.fixture(scope="module")
def ids(deps: Dependencies, acme: NewProvider) -> dict[str, object]:
    """Name an object of the provider for every variable of the table."""
    service_id = acme.sample.service.id
    mail = Mail(
        provider_id=acme.provider.id,
        template="t",
        sender="a@acme.example",
        recipient="b@acme.example",
        subject="Hello",
        body_sealed=TEST_VAULT.seal("<b>Hi</b>"),
    )
    with deps.database.write() as db:
        db.add(mail)
        db.flush()
        work = by(db, actor_of_user(acme.sample.user), deps.installation)
        send_message(work, {"body": "Does it rain?"})
        copy_id = db.exec(select(MessageCopy.id).where(MessageCopy.role == "recipient")).first()
        work = by(db, staff(acme), deps.installation)
        login = AUTHENTICATION_PROVIDERS.create(
            work, SAMPLES["authentication_provider"](db, acme).values
        )
        backend = make_mounted(work, service_id)
        policy = REGISTRY_POLICIES.create(work, SAMPLES["registry_policy"](db, acme).values)
        hook = ENDPOINTS.create(work, SAMPLES["webhook_endpoint"](db, acme).values)
        call = start_test(work, hook.id)
        operation = start_export(by(db, actor_of_user(acme.admin), deps.installation), "{", {})
        (document,) = register_documents(work, GraphQLSide.ADMIN, DOCUMENTS)
        content = {**make_content(work), **make_forum(work, acme)}
        firsts = _firsts(db)
    return {
        **firsts,
        **backend,
        **content,
        "provider_id": login.id,
        "endpoint_id": 1,
        "policy_id": policy.id,
        "operation_id": operation.id,
        "document_id": document.id,
        "delivery_id": call.delivery_id,
        "service_id": service_id,
        "environment": "staging",
        "user_id": acme.sample.user.id,
        "staff_id": acme.admin.id,
        "account_id": acme.sample.application.account_id,
        "application_id": acme.sample.application.id,
        "mail_id": mail.id,
        "copy_id": copy_id,
        "name": "account_approved",
    }


HURTS = {  # the last part of the address of a verb that is asked about first
    "default",
    "delete",
    "disable",
    "end_old",
    "hide",
    "make_member",
    "promote",
    "refuse_plan_request",
    "reject",
    "rotate",
    "reset",
    "revert",
    "suspend",
    "unsubscribe",
    "user_key",
    "withdraw",
}


@pytest.mark.parametrize("path", PATHS)
def test_whatever_hurts_is_asked_about_first_without_scripts_too(
    path: str, ids: dict[str, object], admin: Browser
) -> None:
    page = admin.open(path.format(**ids))
    verbs = [(form, form.action) for form in page.tree.forms if form.method == "POST"]
    verbs += [(button, button.get("formaction")) for button in page.tree.xpath("//*[@formaction]")]

    hurting = [each for each, action in verbs if action.rpartition("/")[2] in HURTS]
    unasked = [each for each in hurting if not each.xpath("ancestor::details[@class='danger']")]

    assert not unasked, [str(each.attrib) for each in unasked]
    assert all(each.xpath("ancestor::*[@class='sure']//p") for each in hurting)


@pytest.mark.parametrize("path", PATHS)
def test_an_admin_sees_every_page(path: str, ids: dict[str, object], admin: Browser) -> None:
    response = admin.get(path.format(**ids))

    assert response.status_code == 200
    assert response.text.count("<h1>") == 1
    assert "style=" not in response.text
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", PATHS)
def test_a_member_reads_but_finds_no_page_to_change_things(
    path: str, ids: dict[str, object], member: Browser
) -> None:
    response = member.get(path.format(**ids))

    own = 404 if path == OF_ONE else 200
    assert response.status_code == (403 if path in FOR_ADMINS else own)


@pytest.mark.parametrize("path", PATHS)
def test_who_is_not_logged_in_is_sent_to_the_login(
    path: str, ids: dict[str, object], anonymous: Browser
) -> None:
    response = anonymous.get(path.format(**ids))

    assert response.status_code == 303
    assert response.headers["location"].startswith("/p/admin/login")


OF_NOBODY = "/mails/templates/{name}"  # what is shipped is there for every provider


@pytest.mark.parametrize("path", [path for path in PATHS if "{" in path and path != OF_NOBODY])
def test_another_provider_finds_nothing(
    path: str, ids: dict[str, object], stranger: Browser
) -> None:
    assert stranger.get(path.format(**ids)).status_code == 404


@pytest.mark.parametrize("path", [path for path in PATHS if "_id}" in path])
def test_an_id_of_nobodys_is_a_page_of_its_own(
    path: str, ids: dict[str, object], admin: Browser
) -> None:
    last = path.rsplit("{", 1)[1].split("}")[0]

    for odd in ("0", "999999", "9" * 20, "x", "-1", "١", "%00"):
        response = admin.get(path.format(**{**ids, last: odd}))

        assert response.status_code == 404, odd
        assert "There is nothing here" in response.text


def test_a_member_gets_no_secret(
    ids: dict[str, object], acme: NewProvider, member: Browser
) -> None:
    pages = [member.page(path) for path in ("/settings", f"/services/{ids['service_id']}")]
    pages.append(member.page(f"/services/{ids['service_id']}/integration"))

    assert not any(acme.provider_key in page for page in pages)
    assert not any("Shared_secret_sent" in page for page in pages)
    assert not any("Show the service token" in page for page in pages)


def test_a_page_that_is_not_there_says_so(admin: Browser) -> None:
    response = admin.get("/nothing/here")

    assert response.status_code == 404
    assert "To the dashboard" in response.text


def test_style_and_script_are_served_as_what_they_are(anonymous: Browser) -> None:
    for path in ("css/base.css", "css/parts.css", "js/admin.js", "icon.svg"):
        response = anonymous.get(f"/static/{path}")

        assert response.status_code == 200
        assert response.headers["x-content-type-options"] == "nosniff"


def test_a_page_names_files_that_browsers_keep(anonymous: Browser) -> None:
    page = anonymous.get("/login").text
    addresses = re.findall(r'(?:src|href)="[^"]*?(/static/[^"]+)"', page)

    assert len(addresses) >= 4
    for address in addresses:
        assert "immutable" in anonymous.get(address).headers["cache-control"]
