"""The documents of the REST API as they are kept in tests/golden/rest.

`python -m tests.kit.documents` writes them anew; look at the difference before you keep it.
"""

import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from lxml import etree

from server.actions.applications.applications import create_application
from server.actions.plans.plans import APPLICATION_PLANS, create_plan
from server.actions.provider.providers import NewProvider, provider_key_of
from server.actions.services.services import create_service
from server.auth.dependencies import Dependencies
from server.domain.applications.applications import Application
from tests.kit.documents_of_services import ONLY_JSON, calls_of_gateways
from tests.kit.documents_of_tenants import (
    calls_of_master,
    calls_of_staff_logins,
    master_client,
)
from tests.kit.make import make_deps, make_provider, staff
from tests.kit.rest import RestClient, rest_client
from tests.kit.work import by

GOLDEN = Path(__file__).parents[1] / "golden" / "rest"
Calls = Mapping[str, tuple[str, str, Mapping[str, str]]]  # method, path and body by name
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
KEY = re.compile(r"\b(?:[0-9a-f]{32}){1,3}\b")
SHARED = re.compile(r"Shared_secret_sent_from_proxy_to_API_backend_[0-9a-f]{16}")
UNTIL = re.compile(r"expires_at=\d+")
PETER = {
    "org_name": "Initech & <Sons>",
    "username": "peter",
    "email": "peter@initech.example",
    "password": "correct horse battery",
}


def documents() -> Mapping[str, str]:
    """Call a fresh server for each document: file name -> pretty text without times and keys."""
    with tempfile.TemporaryDirectory() as folder:
        deps = make_deps(Path(folder))
        provider = make_provider(deps)
        with rest_client(deps, provider) as client:
            made = dict(_documents(client, _calls(provider)))
            made |= _documents(client, _calls_of_applications(provider, _prepare(deps, provider)))
            made |= _documents(client, _calls_of_staff(provider))
            made |= _documents(client, calls_of_staff_logins())
        with master_client(deps) as client:
            key = provider_key_of(deps.installation, provider.provider)
            made |= _documents(client, calls_of_master(key))
        deps.database.close()
    return made


def _prepare(deps: Dependencies, provider: NewProvider) -> Application:
    """Make an application of an API whose callers bring app_id and app_key."""
    with deps.database.write() as db:
        work = by(db, staff(provider), deps.installation)
        tides = create_service(work, {"name": "Tides", "backend_version": "2"})
        plan = create_plan(work, APPLICATION_PLANS, {"name": "Low"}, tides.id)
        values = {"name": "Buoy", "application_id": "buoy", "application_keys": ("first-key",)}
        account_id = provider.sample.application.account_id
        return create_application(work, account_id, plan.id, values)


def _documents(client: RestClient, calls: Calls) -> Iterator[tuple[str, str]]:
    for name, (method, path, body) in calls.items():
        for language in ("json",) if name in ONLY_JSON else ("xml", "json"):
            given = {key.format(language): value.format(language) for key, value in body.items()}
            where, _, query = path.format(language).partition("?")
            answer = client.call(method, f"{where}.{language}?{query}", data=given)
            if answer.status_code == 406:
                continue  # there is nothing but JSON of it
            yield f"{name}.{language}", _pretty(answer.content, language)


def _calls(provider: NewProvider) -> Calls:
    """Name the calls, in their order; `{}` is the language, so that names differ."""
    sample = provider.sample
    account = f"/accounts/{sample.user.account_id}"
    return {
        "account": ("GET", account, {}),
        "account_updated": ("PUT", account, {"org_name": "Renamed"}),
        "account_missing": ("GET", "/accounts/999999", {}),
        "account_faulty": ("PUT", account, {"org_name": ""}),
        "message": (
            "POST",
            f"{account}/messages",
            {"subject": "Rain & sun", "body": "It <b>is</b>"},
        ),
        "message_faulty": ("POST", f"{account}/messages", {"subject": "Rain"}),
        "notification_preferences": (
            "PATCH",
            "/personal/notification_preferences",
            {"message_received": "false"},
        ),
        "signup": ("POST", "/signup", {**PETER, "username": "peter-{}", "email": "{}@in.example"}),
        "accounts": ("GET", "/accounts", {}),
        "accounts_page": ("GET", "/accounts?per_page=2&page=2", {}),
        "accounts_none": ("GET", "/accounts?state=rejected", {}),
        **_calls_of_logins(provider),
        **_calls_of_fields(account),
        **_calls_of_webhooks(),
        **_calls_of_services(provider),
        "settings": ("GET", "/settings", {}),
        "settings_changed": ("PUT", "/settings", {"settings[public_search]": "true"}),
        "settings_refused": ("PUT", "/settings", {"enforce_sso": "true"}),
        **calls_of_gateways(f"/services/{sample.service.id}"),
    }


def _calls_of_logins(provider: NewProvider) -> Calls:
    john = provider.sample.user.username
    login = {"kind": "github", "client_id": "portal", "client_secret": "a secret"}
    where = "/admin/applications"
    return {
        "sso_token": ("POST", "/sso_tokens", {"username": john, "redirect_url": where}),
        "sso_token_faulty": ("POST", "/sso_tokens", {"username": john, "expires_in": "30"}),
        "sso_token_elsewhere": ("POST", "/sso_tokens", {"username": john, "redirect_url": "//x"}),
        "sso_token_of_nobody": ("POST", "/sso_tokens", {"user_id": "999999"}),
        "login_created": ("POST", "/authentication_providers", {"name": "GitHub {}", **login}),
        "login_faulty": ("POST", "/authentication_providers", {"kind": "oidc", "name": "Id"}),
        "logins": ("GET", "/authentication_providers", {}),
    }


def _calls_of_fields(account: str) -> Calls:
    fields = "/fields_definitions"
    colour = {"label": "Colour", "choices[]": "red", "required": "true"}
    return {
        "field_created": (
            "POST",
            fields,
            {"fields_definition[target]": "Account", "name": "colour_{}", **colour},
        ),
        "field_builtin": ("POST", fields, {"target": "User", "name": "job_role", "label": "Role"}),
        "field_country": ("POST", fields, {"target": "Account", "name": "country", "label": "In"}),
        "field_refused": (
            "POST",
            fields,
            {"target": "Cinstance", "name": "state", "label": "", "choices[]": ""},
        ),
        "field_kept": ("DELETE", f"{fields}/1", {}),
        "fields": ("GET", fields, {}),
        "account_with_fields": (
            "PUT",
            account,
            {"colour_{}": "red", "account[extra_fields][country]": "ES"},
        ),
        "account_with_no_choice": ("PUT", account, {"extra_fields[colour_{}]": "green"}),
    }


def _calls_of_webhooks() -> Calls:
    return {
        "webhooks_failures": ("GET", "/webhooks/failures", {}),
        "webhooks_failures_deleted": ("DELETE", "/webhooks/failures", {}),
    }


def _calls_of_services(provider: NewProvider) -> Calls:
    service, plan = f"/services/{provider.sample.service.id}", "/application_plans/1"
    return {
        "feature_created": (
            "POST",
            f"{service}/features",
            {"name": "Sunshine {}", "description": "All day."},
        ),
        "features": ("GET", f"{service}/features", {}),
        "account_feature_created": ("POST", "/features", {"name": "A person to call {}"}),
        "account_features": ("GET", "/features", {}),
        "account_plan_feature": ("POST", "/account_plans/1/features", {"feature_id": "1"}),
        "metric_created": (
            "POST",
            f"{service}/metrics",
            {"friendly_name": "Bytes {}", "unit": "byte", "description": "Sent out."},
        ),
        "metrics": ("GET", f"{service}/metrics", {}),
        "method_created": ("POST", f"{service}/metrics/1/methods", {"friendly_name": "List {}"}),
        "methods": ("GET", f"{service}/metrics/1/methods", {}),
        "plan_created": (
            "POST",
            f"{service}/application_plans",
            {"name": "Gold {}", "setup_fee": "9.9", "state_event": "publish"},
        ),
        "plan_default": ("PUT", f"{service}/application_plans/1/default", {}),
        "plan_in_use": ("DELETE", f"{service}/application_plans/1", {}),
        "plans": ("GET", "/application_plans", {}),
        "account_plans": ("GET", "/account_plans", {}),
        "service_plans": ("GET", "/service_plans", {}),
        "limit_created": (
            "POST",
            f"{plan}/metrics/1/limits",
            {"period": "day", "value": "5"},
        ),
        "limit_taken": (
            "POST",
            f"{plan}/metrics/1/limits",
            {"period": "day", "value": "6"},
        ),
        "limits": ("GET", f"{plan}/limits", {}),
        "plan_features": ("GET", f"{plan}/features", {}),
        **_calls_of_prices(plan, f"/accounts/{provider.sample.user.account_id}"),
        **_calls_of_specifications(),
    }


def _calls_of_prices(plan: str, account: str) -> Calls:
    rules, application = f"{plan}/metrics/1/pricing_rules", f"{account}/applications/1"
    return {
        "price_created": ("POST", rules, {"min": "1", "max": "10", "cost_per_unit": "0.0125"}),
        "price_endless": ("POST", rules, {"min": "11", "cost_per_unit": "2"}),
        "price_empty": ("POST", rules, {"min": "9", "max": "8", "cost_per_unit": "1"}),
        "prices": ("GET", f"{plan}/pricing_rules", {}),
        "plan_customized": ("PUT", f"{application}/customize_plan", {}),
        "plan_custom_kept": ("PUT", "/services/1/application_plans/5/default", {}),
        "plans_without_custom": ("GET", "/services/1/application_plans", {}),
        "plan_decustomized": ("PUT", f"{application}/decustomize_plan", {}),
    }


def _calls_of_specifications() -> Calls:
    body = '{{"openapi": "3.1.0", "info": {{"title": "{}"}}, "paths": {{}}}}'
    return {
        "api_doc": ("GET", "/active_docs/1", {}),
        "api_doc_created": ("POST", "/active_docs", {"name": "Rain {}", "body": body}),
        "api_doc_updated": ("PUT", "/active_docs/2", {"published": "true", "description": "{}"}),
        "api_doc_faulty": ("POST", "/active_docs", {"name": "Snow {}", "body": "[1,\n{}"}),
        "api_docs": ("GET", "/active_docs", {}),
        "api_doc_deleted": ("DELETE", "/active_docs/3", {}),
    }


def _calls_of_applications(provider: NewProvider, buoy: Application) -> Calls:
    mine = f"/accounts/{provider.sample.user.account_id}/applications"
    first, keys = f"{mine}/{provider.sample.application.id}", f"{mine}/{buoy.id}/keys"
    given = {
        "plan_id": str(buoy.plan_id),
        "name": "Gauge & {}",
        "description": "Reads <tides>.",
        "application_id": "gauge-{}",
        "application_key": "gauge-key-{}",
        "first_traffic_at": "2029-01-31T12:00:00Z",
    }
    return {
        "application": ("GET", first, {}),
        "application_created": ("POST", mine, given),
        "application_taken": ("POST", mine, given),
        "application_faulty": ("POST", mine, {**given, "name": "", "application_id": "x"}),
        "application_updated": ("PUT", first, {"name": "Named {}", "user_key": "own-{}"}),
        "application_refused": ("PUT", f"{first}/resume", {}),
        "application_plan_changed": ("PUT", f"{first}/change_plan", {"plan_id": "2"}),
        "application_plans_bought": (
            "GET",
            f"/accounts/{provider.sample.user.account_id}/application_plans",
            {},
        ),
        "application_found": ("GET", "/applications/find?app_id=buoy", {}),
        "application_not_found": ("GET", "/applications/find?user_key=buoy", {}),
        "applications": ("GET", "/applications?plan_type=free&name=gauge", {}),
        "applications_page": ("GET", "/applications?per_page=1&page=2", {}),
        "applications_own": ("GET", f"{mine}?state=suspended", {}),
        "application_key_created": ("POST", keys, {"key": "key.of/{}"}),
        "application_keys": ("GET", keys, {}),
        "application_key_deleted": ("DELETE", f"{keys}/key.of/{{}}", {}),
        "application_deleted": ("DELETE", f"{mine}/999999", {}),
    }


def _calls_of_staff(provider: NewProvider) -> Calls:
    account = f"/accounts/{provider.sample.user.account_id}"
    ann = {"username": "ann-{}", "email": "ann-{}@acme.example", "member_permission_ids[]": "plans"}
    card = {
        "credit_card_token": "cus_{}",
        "credit_card_expiration_year": "30",
        "credit_card_expiration_month": "12",
        "credit_card_partial_number": "1234",
        "billing_address_name": "John Doe",
        "billing_address_address": "Main Street 1",
        "billing_address_city": "Springfield",
        "billing_address_country": "US",
    }
    billed = {
        "billing_address[name]": "Acme Inc.",
        "billing_address[address1]": "Main Street 1",
        "billing_address[address2]": "2nd floor",
        "billing_address[city]": "Springfield",
        "billing_address[country]": "US",
        "billing_address[phone]": "555-0100",
    }
    staff = f"/users/{provider.admin.id}"
    return {
        "provider": ("GET", "/provider", {}),
        "provider_updated": ("PUT", "/provider", {"support_email": "{}@acme.example"}),
        "provider_faulty": ("PUT", "/provider", {"account[from_email]": "nobody"}),
        "staff_created": ("POST", "/users", ann),
        "staff_faulty": ("POST", "/users", {"username": "x", "member_permission_ids[]": "all"}),
        "staff": ("GET", "/users", {}),
        "staff_member": ("GET", staff, {}),
        "permissions": ("GET", f"{staff}/permissions", {}),
        "permissions_kept": ("PUT", f"{staff}/permissions", {"allowed_sections[]": "plans"}),
        "card_stored": ("PUT", f"{account}/credit_card", card),
        "card_faulty": ("PUT", f"{account}/credit_card", {"credit_card_token": "cus"}),
        "card_forgotten": ("DELETE", f"{account}/credit_card", {}),
        "account_annotated": ("PUT", account, {"annotations[managed_by]": "operator"}),
        "account_billed": ("PUT", account, billed),
        "account_billed_wrongly": ("PUT", account, {"billing_address[city]": ""}),
        "account_annotated_wrongly": ("PUT", account, {"annotations[owner]": "operator"}),
    }


def _pretty(content: bytes, language: str) -> str:
    if not content:
        return ""
    if language == "json":
        text = json.dumps(json.loads(content), indent=2, ensure_ascii=False)
    else:
        root: Any = etree.fromstring(content)
        etree.indent(root)
        text = etree.tostring(root, encoding="unicode")
    text = KEY.sub("0" * 32, TIME.sub("2030-01-31T12:00:00Z", text))
    text = SHARED.sub("proxy_0", text)
    text = UNTIL.sub("expires_at=1893456000", text)
    return f"{text}\n"


def write() -> None:
    """Write every document to its file."""
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for name, text in documents().items():
        (GOLDEN / name).write_text(text, "utf-8")


if __name__ == "__main__":
    write()
