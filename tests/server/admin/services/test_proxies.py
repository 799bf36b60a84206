"""The integration page: settings, test call, staging, production."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from server.actions.provider.providers import NewProvider
from server.admin.routes import routes
from server.auth.dependencies import Dependencies
from server.domain.services.proxies import ProbeResult
from tests.kit.browser import PROVIDERS, Browser


@pytest.fixture
def path(acme: NewProvider) -> str:
    return f"/services/{acme.sample.service.id}"


@pytest.fixture
def unlucky(deps: Dependencies, acme: NewProvider) -> Iterator[Browser]:
    """Log in where the test call finds nobody; it may write, as nothing holds the lock."""

    def probe(_service_id: int) -> ProbeResult:
        with deps.database.write():
            return ProbeResult(False, 502, "Nobody answers at http://down.example.")

    app = Starlette(routes=routes(replace(deps, probe=probe)))
    with TestClient(app, base_url="http://localhost:8000", follow_redirects=False) as client:
        browser = Browser(client, PROVIDERS)
        browser.log_in("admin", acme.admin_password)
        yield browser


def test_update_and_test_deploys_to_staging_and_tells_the_result(path: str, admin: Browser) -> None:
    shown = admin.done(
        f"{path}/integration",
        api_backend="https://api.example.com:443",
        api_test_path="/v1/fast/track",
        error_no_match="Nothing here",
        error_status_no_match="418",
        error_headers_no_match="text/plain",
    )

    assert "The test call reached your API." in shown
    assert 'value="https://api.example.com:443"' in shown
    assert 'value="418"' in shown
    assert "Promote version 2 to production" in shown
    assert "/gateway/staging/api/v1/fast/track?user_key=" in shown


def test_a_failed_test_call_tells_what_came_of_it(path: str, unlucky: Browser) -> None:
    shown = unlucky.done(f"{path}/integration", api_backend="http://down.example")

    assert "The test call failed." in shown
    assert "Nobody answers at http://down.example." in shown


def test_a_result_of_other_settings_is_not_shown_as_this_ones(path: str, admin: Browser) -> None:
    shown = admin.done(f"{path}/integration", api_test_path="/status")
    assert "The test call reached your API." in shown

    changed = admin.done(f"{path}/metrics", friendly_name="Bytes")
    assert "Bytes" in changed
    admin.done(f"{path}/mapping_rules", http_method="PUT", pattern="/", delta="1", metric_id="1")
    stale = admin.page(f"{path}/integration")

    assert "The test call reached your API." not in stale
    assert "Not tested since the last change." in stale
    assert stale.index("Staging does not run these settings yet.") < stale.index(
        ">Update &amp; test staging</button>"
    )


def test_a_refused_form_tells_all_that_is_wrong_by_its_labels_where_it_stands(
    path: str, admin: Browser
) -> None:
    admin.done(f"{path}/integration", api_test_path="/status")

    wrong = {"api_backend": "nowhere", "api_test_path": "status", "error_status_no_match": "99"}
    refused = admin.send(f"{path}/integration", {"form_id": "proxy", **wrong}).text

    form = refused[refused.index('id="proxy"') :]
    assert "Not done." in form
    assert "Not done." not in refused[: refused.index('id="proxy"')]
    assert "Private base URL must be a URL such as" in form
    assert "Path of the test call must start with" in form
    assert "No rule matched, status must be" in form
    assert refused.count('aria-invalid="true"') == 3
    assert refused.count("autofocus") == 1
    assert "The test call reached your API." not in refused


def test_a_bad_field_deploys_nothing(path: str, admin: Browser) -> None:
    refused = admin.send(
        f"{path}/integration", "proxy", api_backend="nowhere", api_test_path="/kept"
    )

    assert refused.status_code == 422
    assert 'id="proxy-api_backend-error"' in refused.text
    assert 'value="/kept"' in refused.text
    assert "Promote version" not in refused.text
    for odd in ({"error_status_no_match": "x"}, {"error_status_no_match": "99"}):
        assert admin.send(f"{path}/integration", "proxy", **odd).status_code == 422
    assert admin.send(f"{path}/integration", "proxy", auth_user_key="ü").status_code == 422


def test_a_page_that_somebody_else_changed_is_refused(path: str, admin: Browser) -> None:
    admin.done(f"{path}/integration", api_test_path="/a", lock_version="0")

    refused = admin.send(f"{path}/integration", "proxy", api_test_path="/b", lock_version="0")

    assert refused.status_code == 409
    assert "Was changed by somebody else." in refused.text


def test_promoting_and_rolling_back(path: str, admin: Browser) -> None:
    admin.done(f"{path}/integration", api_test_path="/new")

    promoted = admin.done(f"{path}/promote")
    assert "Production runs version 2 now." in promoted
    assert "Production runs what staging runs." in promoted
    assert admin.send(f"{path}/promote").status_code == 409

    assert "Production runs version 1 now." in admin.done(f"{path}/promote", version="1")
    assert admin.send(f"{path}/promote", version="77").status_code == 404
    assert admin.send(f"{path}/promote", version="x").status_code == 404


def test_what_differs_is_listed_without_secrets(path: str, admin: Browser) -> None:
    shown = admin.done(f"{path}/integration", api_test_path="/new", secret_token="fresh-secret")

    table = shown.split("What promoting changes")[1]
    assert "<code>proxy.api_test_path</code>" in table
    assert "<ins>(hidden)</ins>" in table
    assert "fresh-secret" not in table
