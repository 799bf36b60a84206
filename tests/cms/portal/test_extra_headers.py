"""Headers of a provider's own, and a login page of his own."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from cms.portal.kept_answers import KeptAnswers
from cms.portal.preview import PortalPreview
from cms.portal.routes import routes
from server.actions.portal.files import add_file
from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.auth.dependencies import Dependencies
from server.domain.errors import Invalid, TooLong
from server.domain.portal.previews import PreviewAsked, Unsaved
from tests.cms.browser import BASE, patient_renderer
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.work import by

OWN, REPORTED = "content-security-policy", "content-security-policy-report-only"
Change = Callable[..., Any]


@pytest.fixture
def change(deps: Dependencies, acme: NewProvider) -> Change:
    """Change settings of the provider."""

    def carry_out(**changes: str) -> Any:
        with deps.database.write() as db:
            return update_settings(by(db, staff(acme), deps.installation), changes)

    return carry_out


def test_headers_are_sent_beside_ours_with_all_that_the_portal_answers(
    deps: Dependencies, acme: NewProvider, change: Change
) -> None:
    with deps.database.write() as db:
        add_file(by(db, staff(acme), deps.installation), {"path": "/notes.txt"}, b"Notes")
    kept = KeptAnswers(Starlette(routes=routes(deps, patient_renderer(deps))), deps)
    browser = Browser(TestClient(kept, base_url=BASE, follow_redirects=False))
    paths = ("/", "/", "/", "/notes.txt", "/none", "/admin", "/search.json", "/es/plans", "/logo")
    before = [browser.get(path) for path in paths]
    change(
        permissions_policy="camera=(), fullscreen=(self)",
        content_security_policy=" img-src 'self'; upgrade-insecure-requests;\n",
        content_security_policy_report_only="default-src 'none'",
    )
    after = [browser.get(path) for path in paths]
    forged = browser.client.post("/login", data={})
    change(content_security_policy="", permissions_policy="")

    for path, old, new in zip(paths, before, after, strict=True):
        assert old.status_code == new.status_code, path
        assert not {"permissions-policy", REPORTED} & set(old.headers)
        [ours] = old.headers.get_list(OWN)
        assert new.headers.get_list(OWN) == [ours, "img-src 'self'; upgrade-insecure-requests;"]
        assert new.headers["permissions-policy"] == "camera=(), fullscreen=(self)"
        assert new.headers[REPORTED] == "default-src 'none'"
    assert forged.status_code == 403
    assert forged.headers[REPORTED] == "default-src 'none'"
    assert browser.get("/").headers.get_list(OWN) == before[0].headers.get_list(OWN)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        (
            "permissions_policy",
            ("camera 'none'", "camera=()\r\nX-Other: 1", "camera=(),", "caméra=()", "x" * 2_001),
        ),
        (
            "content_security_policy",
            ("Content-Security-Policy: img-src 'self'", "img-src a\nb", "img-src é", "a\0b"),
        ),
        ("content_security_policy_report_only", ("img-src\t'self'", "img_src x", "x" * 2_001)),
        (
            "sso_login_url",
            (
                "/login",
                "//www.example.com",
                "javascript://www.example.com/%0aalert(1)",
                "ftp://www.example.com",
                "https://john:secret@www.example.com",
                "https://@www.example.com",
                "https://www.example.com/#top",
                "https://www.example.com/a b",
                "https://www.example.com\r\nX-Other: 1",
                "https://www.exämple.com",
                "https://www.example.com/?return_to=/",
                "https://www.example.com:0/",
                "https://www.example.com/" + "x" * 1_000,
            ),
        ),
    ],
)
def test_what_is_no_header_and_no_address_is_refused(
    change: Change, name: str, values: tuple[str, ...]
) -> None:
    for value in values:
        with pytest.raises((Invalid, TooLong)) as refused:
            change(**{name: value})
        assert refused.value.field == name, value


def test_who_asks_for_a_login_is_sent_to_the_providers_own(
    deps: Dependencies, acme: NewProvider, browser: Browser, change: Change
) -> None:
    change(sso_login_url="https://www.example.com/login?to=portal")

    def leads_to(path: str) -> tuple[int, str]:
        answer = browser.get(path)
        return answer.status_code, answer.headers.get("location", "")

    def address(page: str) -> tuple[int, str]:
        place = quote(f"{BASE}{page}", safe="")
        return 302, f"https://www.example.com/login?to=portal&return_to={place}"

    asked = browser.get("/admin/applications?page=2").headers["location"]
    assert leads_to(asked) == leads_to(f"/es{asked}") == address("/admin/applications?page=2")
    assert leads_to("/login") == address("/admin")
    for evil in ("/%5Cevil.example", "/login", "/logout", "javascript:alert(1)"):
        assert leads_to(f"/login?return_to={evil}") == address("/admin")

    # The portal's own form: asked for, come back to, after a refusal, with something to tell.
    for path in ("/login?with=password", f"/login?return_to={BASE}/admin", "/login?return_to=//x"):
        assert 'name="password"' in browser.page(path)
    wrong = browser.send("/session", {"username": "john"}, page="/login?with=password")
    assert wrong.status_code >= 400
    assert 'name="password"' in wrong.text
    assert leads_to("/session/create?token=used") == (303, "/login")
    told = browser.page("/login")
    assert "This link was used or has expired." in told
    assert 'href="/login">Log in with Acme<' in told
    assert leads_to("/login") == address("/admin")  # told once
    unsaved = Unsaved("page", "login/new", "Our login")
    preview = PortalPreview(deps, patient_renderer(deps))
    assert "Our login" in preview(PreviewAsked(acme.provider.id, "", unsaved=unsaved)).html
    right = {"username": "john", "password": acme.sample.password}
    entered = browser.send("/session", right, page="/login?with=password")
    assert entered.headers["location"] == "/admin"
    assert leads_to("/login") == (303, "/admin")
