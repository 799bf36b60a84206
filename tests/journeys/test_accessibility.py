"""Every page of both portals is looked at in a real browser, in light and dark, wide and narrow."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

import httpx2 as httpx
import pytest
from playwright.sync_api import Page
from starlette.routing import Route, compile_path

from cms.content.theme import default_theme
from cms.portal.forum import LEAVE
from cms.portal.previews import ENTRY as PREVIEW
from cms.portal.routes import table
from server.admin.context import HOME
from server.admin.routes import routes
from server.kit.totp import code_at
from tests.journeys.test_prototype_path import Developer, call
from tests.kit.chromium import browsing
from tests.kit.graphql import client_of
from tests.kit.looks import faults_of, with_axe
from tests.kit.make import make_deps
from tests.kit.process import Gatehouse, link_in, running, until
from tests.kit.staff import Staff

PETER = "peter@initech.example"
MILTON = "milton@initech.example"
OF_WRITERS = {"/forum/subscriptions", "/forum/posts/{id}/edit"}
FORGOTTEN = "/admin/account/password/new"
SECURITY = "/admin/account/personal_details/security"
TOKENS = "/admin/account/personal_details/tokens"
SECOND = "/login/second_step"  # of a login that was begun: the developers' tour sees it
WITH_LINK = "/admin/account/password"
JOHN, ADMIN = "admin+test@example.com", "admin@example.com"
FILES = (".json", ".jsonl", ".csv", ".atom", "/swagger/spec", "/logo", "/picture")
ELSEWHERE = ("/auth/{system_name}", "/auth/invitations/{token}/{system_name}", "/logged_out")
DATA = (  # for scripts, by their older addresses
    "/swagger/spec/{id}",
    "/api_docs/services",
    "/api_docs/services/{id}",
    "/api_docs/account_data",
)
FRAMES = ("/html", "/preview")  # mails, which tests/journeys/test_messages.py looks at
UNCHECKED = "all => all.forEach(each => { each.noValidate = true; })"
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def gatehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gatehouse]:
    """Run a Gatehouse with something on every page; the tests of this file only read."""
    with running(tmp_path_factory.mktemp("looks")) as gatehouse:
        staff, start = Staff(gatehouse), gatehouse.first_start
        staff.set_limit("Basic", "hour", 1)
        staff.create_service("Weather")
        staff.mount_backend()
        _register_policy(gatehouse)
        _register_document(gatehouse)
        staff.write_content()
        staff.add_login()
        Developer(gatehouse, staff, "peter").sign_up()
        for subject in ("News", "Rain"):
            _write(gatehouse, subject)
        key = start["sample"]["user_key"]
        staff.invite(MILTON)
        staff.write_in_the_forum()
        staff.add_user("colleague", "three words and a number 7")
        shown = ("account_plans_ui_visible", "service_plans_ui_visible", "public_search")
        legal = ("signup_licence", "privacy_policy", "refund_policy")
        staff.choose(**dict.fromkeys(shown, "yes"), **dict.fromkeys(legal, "## Be nice\n\nAlways."))
        assert [call(start, key).status_code for _ in range(2)] == [200, 429]
        yield gatehouse


@pytest.fixture(scope="module")
def browser(gatehouse: Gatehouse) -> Iterator[Page]:
    """One browser for all pages."""
    with browsing(gatehouse.url) as page:
        yield with_axe(page)


class Tour:
    """Looks at pages and at those that they lead to, one of each kind; notes what is wrong."""

    def __init__(
        self, page: Page, patterns: Sequence[str], not_asked: Collection[str] = ()
    ) -> None:
        page.context.clear_cookies()
        self.unseen = set(patterns) - set(not_asked)
        self.faults: dict[str, list[str]] = {}
        self._page = page
        self._expressions = [(pattern, compile_path(pattern)[0]) for pattern in patterns]

    def open(self, path: str, status: int = 200) -> None:
        """Open a page and look at it."""
        response = self._page.goto(path)
        assert response
        self.look(path)
        if response.status != status:
            self.faults[path] = [f"it answers {response.status}"]

    def look(self, name: str) -> None:
        """Look at what the browser shows, and at kinds of pages not seen yet that it leads to."""
        self.unseen.discard(self._pattern_of(name))
        faults = faults_of(self._page)
        if faults:
            self.faults[name] = faults
        for path in self._links():
            if self._pattern_of(path) in self.unseen:
                self.open(path)

    def send(self, path: str, button: str, fields: Mapping[str, str]) -> None:
        """Open a page, fill in fields by their labels, press a button, look at the answer."""
        self._page.goto(path)
        for label, value in fields.items():
            self._page.get_by_label(label, exact=True).fill(value)
        self._page.locator("form").evaluate_all(UNCHECKED)
        with self._page.expect_navigation():
            self._page.get_by_role("button", name=button, exact=True).first.click()
        self.look(f"{path} after {button}")

    def _links(self) -> list[str]:
        found: list[str] = self._page.locator("a[href^='/']").evaluate_all(
            "all => all.map(each => each.getAttribute('href'))"
        )
        return found

    def _pattern_of(self, name: str) -> str:
        path = urlsplit(name).path
        return next((pattern for pattern, expr in self._expressions if expr.match(path)), "")


def test_the_portal_for_visitors(gatehouse: Gatehouse, browser: Page) -> None:
    private = [path for path in _portal() if _is_private(path)]
    tour = Tour(browser, _portal(), not_asked=[*private, SECOND])
    contents = [name for name in default_theme().names("page") if name.startswith("/")]
    mail = until(lambda: Staff(gatehouse).mail_to(PETER))

    tour.open(link_in(until(lambda: Staff(gatehouse).mail_to(MILTON)), "/signup/"))
    # Who comes by GitHub for the first time: tests/journeys/test_sso.py looks at that page.
    for path in ("/session/create", "/auth/github/callback", "/auth/github/signup"):
        tour.open(path)
    for path in ("/forum", "/gallery", "/search?q=api", "/terms", "/privacy", "/refunds"):
        tour.open(path)
    for path in (*contents, "/access_code", "/signup/success", "/activate", "/logout", FORGOTTEN):
        tour.open(path)
    tour.open("/nothing", status=404)
    tour.send("/signup", "Sign up", {"Username": "x", "Password": "short"})
    tour.send("/login", "Log in", {"Password": "wrong"})
    tour.open(link_in(mail, "/activate/"))
    tour.send(link_in(mail, "/activate/"), "Activate the account", {})
    tour.send(FORGOTTEN, "Send the link", {"Mail address": PETER})
    renewal = link_in(_password_mail(gatehouse), "/admin/account/password")
    tour.send(renewal, "Set the password", {"New password": "short"})
    staff = Staff(gatehouse)
    tour.open(link_in(until(lambda: staff.mail_to(JOHN, "/leave_mail/")), "/leave_mail/"))

    assert not tour.faults, json.dumps(tour.faults, indent=1)
    assert not tour.unseen


def test_the_portal_for_developers(gatehouse: Gatehouse, browser: Page) -> None:
    start = gatehouse.first_start
    tour = Tour(browser, _portal(), not_asked=[path for path in _portal() if not _is_private(path)])
    login = {
        "Username or mail address": start["sample"]["username"],
        "Password": start["sample"]["password"],
    }

    tour.send("/login", "Log in", login)
    tour.open(f"/admin/applications/new?service_id={start['service']['id']}")
    tour.open("/admin/applications/choose_service")
    tour.open("/admin/account/users")
    tour.open("/admin/account/invitations")
    tour.open("/admin/services")
    tour.open("/admin/account/account_plans")
    tour.open("/admin/access_details")
    tour.send("/admin/account/edit", "Save", {"Organisation or project": ""})
    tour.send("/admin/messages/new", "Send message", {"Subject": "Sun", "Message": ""})
    tour.send("/admin/messages/new", "Send message", {"Subject": "Sun", "Message": "It shines."})
    tour.open("/admin/messages/sent")
    tour.send("/admin/messages/received/2", "Move to the trash", {})
    tour.open("/admin/messages/trash")
    tour.send("/forum/topics/new", "Start the topic", {"Title": "Rain", "Text": "`When`?"})
    tour.open("/forum/subscriptions")
    tour.send(TOKENS, "Create the token", {"Name": ""})
    tour.send(TOKENS, "Create the token", {"Name": "my assistant"})
    _tour_factors(tour, browser, login["Password"])
    tour.send("/login", "Log in", login)
    assert browser.url.endswith(SECOND)

    assert not tour.faults, json.dumps(tour.faults, indent=1)
    assert not tour.unseen


def _tour_factors(tour: Tour, browser: Page, password: str) -> None:
    """Set up second factors, look at each step, and leave."""

    def send(form: str, fields: Mapping[str, str], name: str) -> None:
        place = browser.locator(f"form[action$='{form}']").first
        for field, value in fields.items():
            place.locator(f"[name={field}]").fill(value)
        with browser.expect_navigation():
            place.locator("button").click()
        tour.look(name)

    tour.open(SECURITY)
    send("/passkeys", {"name": "x", "current_password": "wrong"}, "a passkey is refused")
    send("/passkeys", {"name": "x", "current_password": password}, "a passkey is made")
    browser.goto(SECURITY)
    send("/authenticator", {"current_password": password}, f"{SECURITY}/authenticator")
    secret = browser.locator(".wide-code").inner_text().replace(" ", "")
    send("/authenticator", {"code": code_at(secret, datetime.now(UTC))}, "recovery codes")
    tour.open(SECURITY)
    with browser.expect_navigation():
        browser.get_by_role("button", name="Log out").click()


def test_the_admin_portal(gatehouse: Gatehouse, browser: Page, admin_patterns: list[str]) -> None:
    tour = Tour(browser, admin_patterns)
    login = gatehouse.first_start["admin"]

    tour.open(f"{HOME}/login")
    tour.send(f"{HOME}/login", "Log in", {"Password": "wrong"})
    who = {"Username or mail": login["username"], "Password": login["password"]}
    tour.send(f"{HOME}/login", "Log in", who)
    tour.open(f"{HOME}/")
    staff = Staff(gatehouse)
    leaving = f"{HOME}/leave_mail/"
    tour.open(link_in(until(lambda: staff.mail_to(ADMIN, leaving)), leaving))
    tour.open(f"{HOME}/nothing", status=404)
    tour.open(f"{HOME}/forum/topics/1")  # which staff may edit
    tour.send(f"{HOME}/accounts/new", "Create the account", {"Username": "x"})
    tour.send(f"{HOME}/tokens", "Create the token", {"Name": ""})
    tour.send(f"{HOME}/portal/templates/new?kind=page", "Make the page", {"Path": "no"})
    tour.send(f"{HOME}/api_docs/new", "Add the specification", {"Body optional": "{}"})

    assert not tour.faults, json.dumps(tour.faults, indent=1)
    assert not tour.unseen


def _portal() -> list[str]:
    """List the addresses of the pages that the portal shows."""
    shown = [path for path, steps in table().items() if "GET" in steps]
    # tests/journeys/test_forum.py has a mail with the last one.
    not_shown = {PREVIEW, *ELSEWHERE, LEAVE, *DATA}
    return [path for path in shown if not path.endswith(FILES) and path not in not_shown]


def _is_private(path: str) -> bool:
    """Tell whether an address of the portal is for who is logged in."""
    if path in OF_WRITERS:
        return True
    return path.startswith(("/admin", "/buyer")) and path not in {FORGOTTEN, WITH_LINK}


@pytest.fixture(scope="module")
def admin_patterns(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """List the addresses that the admin portal shows."""
    deps = make_deps(tmp_path_factory.mktemp("routes"))
    found = [route for route in routes(deps) if isinstance(route, Route)]
    deps.database.close()
    shown = [route.path for route in found if "GET" in (route.methods or ())]
    elsewhere = (f"{HOME}/sso", f"{HOME}/auth/")  # they lead on, and show nothing
    return [
        path
        for path in shown
        if not path.endswith((*FILES, *FRAMES)) and not path.startswith(elsewhere)
    ]


def _register_policy(gatehouse: Gatehouse) -> None:
    """Have the provider register a policy of his own."""
    token = {"Authorization": f"Bearer {gatehouse.first_start['access_token']}"}
    given = {"name": "token_check", "version": "1.0", "schema": {"configuration": {}}}
    path = f"{gatehouse.url}/admin/api/registry/policies.json"
    assert httpx.post(path, headers=token, json=given, timeout=30).status_code == 201


def _register_document(gatehouse: Gatehouse) -> None:
    """Have a document registered, and lines imported, one of which is refused."""
    client = client_of(gatehouse)
    text = "query Names { provider { name } }"
    given: dict[str, Any] = {"documents": {sha256(text.encode()).hexdigest(): text}}
    assert not client.do("registeredDocumentsAdd", given)["userErrors"]
    mutation = "mutation($input: IdInput!) { planDelete(input: $input) { deletedId } }"
    assert not client.do("bulkImport", {"mutation": mutation, "lines": "{}"})["userErrors"]


def _write(gatehouse: Gatehouse, subject: str) -> None:
    """Have the provider write to the sample developer."""
    start = gatehouse.first_start
    path = f"/admin/api/accounts/{start['sample']['account_id']}/messages.json"
    token = {"Authorization": f"Bearer {start['access_token']}"}
    given = {"subject": subject, "body": "It rains."}
    answer = httpx.post(f"{gatehouse.url}{path}", headers=token, json=given, timeout=30)
    assert answer.status_code == 201


def _password_mail(gatehouse: Gatehouse) -> str:
    """Wait for the mail with the link to a new password; the activation mail came before."""
    return str(until(lambda: Staff(gatehouse).mail_to(PETER, "/admin/account/password")))
