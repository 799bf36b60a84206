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

from server.actions.provider.providers import NewProvider
from tests.kit.make import make_deps, make_provider
from tests.kit.rest import RestClient, rest_client

GOLDEN = Path(__file__).parents[1] / "golden" / "rest"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
KEY = re.compile(r"\b(?:[0-9a-f]{32}){1,2}\b")
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
            made = dict(_documents(client, provider))
        deps.database.close()
    return made


def _documents(client: RestClient, provider: NewProvider) -> Iterator[tuple[str, str]]:
    for name, (method, path, body) in _calls(provider).items():
        for language in ("xml", "json"):
            given = {key.format(language): value.format(language) for key, value in body.items()}
            where, _, query = path.partition("?")
            answer = client.call(method, f"{where}.{language}?{query}", data=given)
            yield f"{name}.{language}", _pretty(answer.content, language)


def _calls(provider: NewProvider) -> Mapping[str, tuple[str, str, Mapping[str, str]]]:
    """Name the calls, in their order; `{}` in a body is the language, so that names differ."""
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
    }


def _calls_of_logins(provider: NewProvider) -> Mapping[str, tuple[str, str, Mapping[str, str]]]:
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


def _calls_of_fields(account: str) -> Mapping[str, tuple[str, str, Mapping[str, str]]]:
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


def _calls_of_webhooks() -> Mapping[str, tuple[str, str, Mapping[str, str]]]:
    return {
        "webhooks_failures": ("GET", "/webhooks/failures", {}),
        "webhooks_failures_deleted": ("DELETE", "/webhooks/failures", {}),
    }


def _calls_of_services(provider: NewProvider) -> Mapping[str, tuple[str, str, Mapping[str, str]]]:
    service, plan = f"/services/{provider.sample.service.id}", "/application_plans/1"
    return {
        "feature_created": (
            "POST",
            f"{service}/features",
            {"name": "Sunshine {}", "description": "All day."},
        ),
        "features": ("GET", f"{service}/features", {}),
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
        **_calls_of_specifications(),
    }


def _calls_of_specifications() -> Mapping[str, tuple[str, str, Mapping[str, str]]]:
    body = '{{"openapi": "3.1.0", "info": {{"title": "{}"}}, "paths": {{}}}}'
    return {
        "api_doc": ("GET", "/active_docs/1", {}),
        "api_doc_created": ("POST", "/active_docs", {"name": "Rain {}", "body": body}),
        "api_doc_updated": ("PUT", "/active_docs/2", {"published": "true", "description": "{}"}),
        "api_doc_faulty": ("POST", "/active_docs", {"name": "Snow {}", "body": "[1,\n{}"}),
        "api_docs": ("GET", "/active_docs", {}),
        "api_doc_deleted": ("DELETE", "/active_docs/3", {}),
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
    text = UNTIL.sub("expires_at=1893456000", text)
    return f"{text}\n"


def write() -> None:
    """Write every document to its file."""
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for name, text in documents().items():
        (GOLDEN / name).write_text(text, "utf-8")


if __name__ == "__main__":
    write()
