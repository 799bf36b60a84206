"""Every page renders, for visitors and developers, and says what its README row says."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlmodel import select

from cms.liquid.context import EVERYWHERE, LOGGED_IN, OF_EMAIL, OF_PAGE
from server.actions.portal.faults import list_template_faults
from server.actions.portal.pages import TEMPLATES
from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.auth.dependencies import Dependencies
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.applications.applications import Application
from server.domain.events import EventRecord
from server.domain.plans.features import Feature
from server.domain.plans.plans import ApplicationPlan
from server.domain.portal.api_docs import ApiDocs
from server.domain.portal.pages import Template
from server.domain.provider.providers import Provider
from server.domain.services.metrics import Metric
from server.domain.services.services import Service
from server.kit.killable import Busy, KillablePool
from server.kit.themes import THEMES
from server.kit.zones import zone_of
from tests.cms.browser import open_browser
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.publish import publish
from tests.kit.work import by

TAG = re.compile(r"<[a-zA-Z/](?:\"[^\"]*\"|[^\">])*>")
PUBLIC = (
    "/",
    "/docs",
    "/api_docs",
    "/api_docs/specs/echo_api",
    "/api_docs/specs/echo_api/operations/echopath",
    "/api_docs/specs/echo_api/changes",
    "/plans",
    "/signup",
    "/signup/success",
    "/activate",
    "/login",
    "/admin/account/password/new",
)
PRIVATE = (
    "/admin",
    "/admin/applications",
    "/admin/applications/new",
    "/admin/applications/1",
    "/admin/applications/1/edit",
    "/buyer/stats",
    "/admin/account",
    "/admin/account/edit",
    "/admin/account/personal_details",
)


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_renders(browser: Browser, path: str) -> None:
    answer = browser.get(path)

    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    assert "{{" not in answer.text
    assert "{%" not in answer.text


@pytest.mark.parametrize("path", PRIVATE)
def test_a_private_page_renders_for_developers_only(
    acme: NewProvider, browser: Browser, path: str
) -> None:
    anonymous = browser.get(path)
    browser.log_in_john(acme)
    answer = browser.get(path)

    assert anonymous.status_code == 303
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1


@pytest.mark.parametrize("path", ["/css/portal.css", "/javascripts/portal.js", "/favicon.ico"])
def test_the_themes_files_are_served(browser: Browser, path: str) -> None:
    answer = browser.get(path)

    assert answer.status_code == 200


def test_a_page_names_files_that_browsers_keep(browser: Browser) -> None:
    page = browser.get("/").text
    addresses = re.findall(r'(?:src|href)="(/(?:css|javascripts|images)/[^"]+)"', page)

    assert len(addresses) == 4
    for address in addresses:
        assert "immutable" in browser.get(address).headers["cache-control"]


@pytest.mark.parametrize("path", ["/css/../theme.json", "/css/%2e%2e/%2e%2e/theme.json"])
def test_nothing_else_of_the_theme_is_served(browser: Browser, path: str) -> None:
    assert browser.get(path).status_code == 404


def test_a_page_of_the_database_comes_before_the_themes(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    with deps.database.write() as db:
        page = Template(
            provider_id=acme.provider.id,
            kind="page",
            name="/docs",
            title="Our docs",
            published="# Call *{{ provider.name }}*\n\n<script>alert(1)</script>",
            handler="markdown",
        )
        db.add(page)

    first = browser.get("/docs").text
    with deps.database.write() as db:
        db.get_one(Template, page.id).published = "# Changed"
    second = browser.get("/docs").text
    with deps.database.write() as db:
        db.get_one(Template, page.id).published = None
    third = browser.get("/docs").text

    assert "Call <em>Acme</em>" in first
    assert "alert" not in first
    assert "<title>Our docs · Acme</title>" in first
    assert "Changed" in second
    assert "How to get a key" in third


@pytest.mark.parametrize(
    "payload",
    [
        '"><script>alert(1)</script>',
        "'><img src=x onerror=alert(1)>",
        "{{ 7 | times: 700087 }}{% assign a = 1 %}",
        "[a](javascript:alert(1))",
        "`</code><svg onload=alert(1)>",
    ],
)
def test_what_people_type_never_becomes_code(
    deps: Dependencies, acme: NewProvider, browser: Browser, payload: str
) -> None:
    browser.log_in_john(acme)
    with deps.database.write() as db:
        db.get_one(Provider, acme.provider.id).name = payload
        for row in db.exec(select(Service)):
            row.name = row.description = payload
        for plan in db.exec(select(ApplicationPlan)):
            plan.name = plan.description = payload
        for feature in db.exec(select(Feature)):
            feature.name = payload
        for api_docs in db.exec(select(ApiDocs)):
            api_docs.name = api_docs.description = payload
        for application in db.exec(select(Application)):
            application.name = application.description = payload
        for account in db.exec(select(Account)):
            account.org_name = payload
        for user in db.exec(select(User).where(User.audience == "developer")):
            user.first_name = payload
        for metric in db.exec(select(Metric)):
            metric.friendly_name = payload

    for path in (*PUBLIC, *PRIVATE):
        text = browser.get(path).text

        tags = " ".join(TAG.findall(text))
        assert "alert(1)" not in re.sub(r'"[^"]*"', "", tags), path
        assert "<script>" not in text, path
        assert 'href="javascript' not in text, path
        assert "4900609" not in text, path


def test_pages_stay_within_their_queries(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    browser.log_in_john(acme)
    statements: list[str] = []
    event.listen(
        deps.database.engine, "before_cursor_execute", lambda *args: statements.append(args[2])
    )

    counts = {}
    for path in ("/", "/plans", "/admin", "/admin/applications/1"):
        statements.clear()
        browser.get(path)
        counts[path] = len(statements) - 1  # BEGIN

    assert counts["/"] <= 8  # four for the call with one's own key, one for unread messages
    assert counts["/plans"] <= 11
    assert counts["/admin"] <= 13
    assert counts["/admin/applications/1"] <= 20  # one of them for the plan's prices by use


def _documented(heading: str) -> dict[str, set[str]]:
    """Read a table of the README: the name in the first column, variables in the second."""
    text = Path(THEMES / "README.md").read_text(encoding="utf-8")
    section = text.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = re.findall(r"^\| `([^`]+)` \|([^|]*)\|", section, re.MULTILINE)
    return {name: set(re.findall(r"`([^`]+)`", variables)) for name, variables in rows}


def test_the_readme_tells_the_variables_of_every_page() -> None:
    assert _documented("Pages") == {name: set(names) for name, names in OF_PAGE.items()}


def test_the_readme_tells_the_variables_of_every_mail() -> None:
    assert _documented("Mails") == {name: set(names) for name, names in OF_EMAIL.items()}


def test_the_readme_tells_the_variables_of_everywhere() -> None:
    assert set(_documented("Everywhere")) == {*EVERYWHERE, *LOGGED_IN}


def test_a_price_is_shown_in_the_currency_of_the_provider(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    with deps.database.write() as db:
        db.get_one(Provider, acme.provider.id).currency = "KWD"
        db.get_one(ApplicationPlan, acme.sample.application.plan_id).cost_per_month = Decimal(2)

    assert "KWD\xa02.000" in browser.get("/plans").text


BROKEN = {
    "a syntax error": "{% if %}",
    "an unknown filter": "{{ 'canary' | nowhere }}",
    "too slow": "{% for a in (1..9999) %}" + "{{ a }}" * 9_000 + "{% endfor %}",
    "too slow to stop": "{{ a | append: " + "a, " * 80_000 + "a }}",
    "too large": "{% assign a = 'a' %}" + "{% assign a = a | append: a %}" * 40,
}


@pytest.mark.parametrize(("kind", "name"), [("page", "/plans"), ("layout", "main_layout")])
def test_a_broken_template_leaves_the_themes_page(
    deps: Dependencies, acme: NewProvider, browser: Browser, kind: str, name: str
) -> None:
    shipped = browser.get("/plans").text

    for text in BROKEN.values():
        publish(deps, acme.provider, {name: text}, kind)
        answer = browser.get("/plans")

        assert answer.status_code == 200
        assert answer.text == shipped


def test_a_broken_partial_leaves_the_themes_page(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    shipped = browser.get("/plans").text
    publish(deps, acme.provider, {"mine": "{% if %}", "again": "{% include 'mine' %}"}, "partial")
    publish(deps, acme.provider, {"/plans": "{% include 'again' %}"})

    assert browser.get("/plans").text == shipped


def _faults(deps: Dependencies, acme: NewProvider) -> list[tuple[str, int | None]]:
    with deps.database.read() as db:
        work = by(db, staff(acme))
        return [(row.name, row.fault_line) for row in list_template_faults(work)]


def test_a_fault_is_told_once_for_each_text(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    told = select(EventRecord).where(EventRecord.kind == "template.failed")
    fails = "{% content %}\n\n{{ 1 | divided_by: 0 }}"
    writes: list[str] = []

    def note(_db: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith(("UPDATE", "INSERT")):
            writes.append(statement)

    publish(deps, acme.provider, {"main_layout": fails}, "layout")
    shipped = browser.get("/plans").text
    with deps.database.read() as db:
        first = db.exec(told).one()
    event.listen(deps.database.engine, "before_cursor_execute", note)
    for path in ("/plans", "/", "/docs", "/login", "/plans"):
        assert browser.get(path).status_code == 200
    event.remove(deps.database.engine, "before_cursor_execute", note)
    again = open_browser(deps)  # of another process, which knows nothing yet
    again.get("/plans")
    again.client.close()
    with deps.database.read() as db:
        assert db.exec(told).all() == [first]
    with deps.database.write() as db:
        db.exec(select(Template)).one().published = f"\n{fails}"
    browser.get("/plans")

    assert "Acme" in shipped
    assert first.facts["message"] == "divided_by: can't divide by 0"
    assert (first.facts["kind"], first.facts["name"], first.facts["line"]) == (
        "layout",
        "main_layout",
        3,
    )
    assert not writes
    with deps.database.read() as db:
        assert [record.facts["line"] for record in db.exec(told)] == [3, 4]
    assert _faults(deps, acme) == [("main_layout", 4)]


def test_a_mended_template_has_no_fault(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    publish(deps, acme.provider, {"/plans": "{% if %}"})
    browser.get("/plans")
    failed = _faults(deps, acme)
    with deps.database.write() as db:
        db.exec(select(Template)).one().published = "Mended"

    assert failed == [("/plans", 1)]
    assert _faults(deps, acme) == []
    assert "Mended" in browser.get("/plans").text


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_broken_layout_leaves_the_providers_own_page(
    deps: Dependencies, acme: NewProvider, browser: Browser, text: str
) -> None:
    publish(deps, acme.provider, {"/mine": "<h1>Of mine</h1>"})
    publish(deps, acme.provider, {"main_layout": f"{{% content %}}\n{text}"}, "layout")

    answer = browser.get("/mine")

    assert answer.status_code == 200
    assert "<h1>Of mine</h1>" in answer.text
    assert "<title>" in answer.text
    assert [name for name, _line in _faults(deps, acme)] == ["main_layout"]


def test_a_page_that_is_too_slow_is_told_and_its_layout_is_not(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    publish(deps, acme.provider, {"/mine": BROKEN["too slow"]})
    publish(deps, acme.provider, {"main_layout": "{% content %}"}, "layout")

    assert browser.get("/mine").status_code == 500
    assert [name for name, _line in _faults(deps, acme)] == ["/mine"]


def test_another_broken_layout_leaves_the_themes_around_the_page(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    publish(deps, acme.provider, {"/mine": "<h1>Of mine</h1>"})
    publish(deps, acme.provider, {"wide": "{{ 'x' | money }}"}, "layout")
    with deps.database.write() as db:
        db.exec(select(Template).where(Template.name == "/mine")).one().layout = "wide"

    answer = browser.get("/mine")

    assert (answer.status_code, "Of mine" in answer.text) == (200, True)
    assert _faults(deps, acme) == [("wide", 1)]


def test_a_broken_partial_of_a_content_page_leaves_the_rest(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    publish(deps, acme.provider, {"one": "\n{{ 'x' | money }}", "two": "{% if %}"}, "partial")
    publish(deps, acme.provider, {"/mine": "A{% render 'one' %}B{% include 'two' %}C"})

    answer = browser.get("/mine")

    assert (answer.status_code, "ABC" in answer.text) == (200, True)
    assert sorted(_faults(deps, acme)) == [("one", 2), ("two", 1)]


def test_a_page_with_a_missing_layout_is_told_by_the_page(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    publish(deps, acme.provider, {"/plans": "Of mine"})
    with deps.database.write() as db:
        db.exec(select(Template)).one().layout = "nowhere"

    answer = browser.get("/plans")

    assert answer.status_code == 200
    assert _faults(deps, acme) == [("/plans", None)]


def test_a_fault_of_the_themes_own_page_is_nobodys(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    publish(deps, acme.provider, {"mine": ""}, "partial")
    with deps.database.write() as db:
        for service in db.exec(select(Service)):
            service.description = "x" * 300_000

    browser.get("/docs")

    assert _faults(deps, acme) == []


def test_a_broken_content_page_is_an_error_page_in_clear_words(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    for text in BROKEN.values():
        publish(deps, acme.provider, {"/mine": text})
        answer = browser.get("/mine")

        assert answer.status_code == 500
        assert "its template fails" in answer.text
        assert answer.text.count("<h1") == 1
        assert not any(word in answer.text for word in ("canary", "too long", "unexpected"))


def test_hostile_markdown_in_a_description_leaves_an_error_page(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    with deps.database.write() as db:
        for service in db.exec(select(Service)):
            service.description = "[" * 30_000

    answer = browser.get("/docs")

    assert answer.status_code == 500
    assert "its template fails" in answer.text


def test_a_busy_pool_is_told_in_the_themes_words(
    deps: Dependencies, acme: NewProvider, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*_args: object, **_kwargs: object) -> bytes:
        raise Busy

    monkeypatch.setattr(KillablePool, "run", run)
    publish(deps, acme.provider, {"main_layout": "own {% content %}"}, "layout")

    answer = browser.get("/plans")

    assert answer.status_code == 503
    assert "Try again in a few seconds" in answer.text
    assert "own " not in answer.text


def test_the_portal_tells_the_name_the_addresses_and_the_clock_of_the_settings(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    with deps.database.write() as db:
        changes = {"name": "Weather Office", "support_email": "h@w.example"}
        update_settings(by(db, staff(acme)), {**changes, "timezone": "Asia/Kolkata"})
        text = "{{ current_account.created_at | date: '%H:%M' }} {{ provider.name }}"
        TEMPLATES.create(by(db, staff(acme)), {"kind": "page", "name": "/clock", "published": text})
        account = db.get_one(Account, acme.sample.application.account_id)
    browser.log_in_john(acme)

    page = browser.page("/clock")

    there = account.created_at.astimezone(zone_of("Asia/Kolkata"))
    assert f"{there:%H:%M} Weather Office" in page
    assert "mailto:h@w.example" in page
    assert "Weather Office" in browser.page("/docs")


@pytest.mark.parametrize(
    ("prices", "told"),
    [
        (("0", "0"), "Free"),
        (("9.90", "0"), "$9.90 a month"),
        (("9.90", "120.50"), "$9.90 a month and $120.50 once"),
        (("0", "1200"), "$1,200.00 once"),
    ],
)
def test_a_plan_tells_all_its_prices_with_their_currency(
    deps: Dependencies, acme: NewProvider, browser: Browser, prices: tuple[str, str], told: str
) -> None:
    with deps.database.write() as db:
        plan = db.get_one(ApplicationPlan, acme.sample.application.plan_id)
        plan.cost_per_month, plan.setup_fee = map(Decimal, prices)

    price = browser.open("/plans").value("//p[@class='price']/text()")

    assert price == told
