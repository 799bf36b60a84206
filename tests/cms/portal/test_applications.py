"""Applications in the portal: create, keys, plans, delete, and whose they are."""

import re
from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from gateway.windows import Period, window_of
from server.actions.accounts.signup import NewSignup, sign_up
from server.actions.applications.applications import create_application
from server.actions.applications.keys import add_key
from server.actions.plans.limits import set_limit
from server.actions.provider.providers import NewProvider
from server.actions.services.services import create_service, update_service
from server.auth.dependencies import Dependencies
from server.domain.accounts.users import UserSession
from server.domain.analytics.usage import UsageTotal
from server.domain.applications.applications import Application, ApplicationKey
from server.domain.plans.plans import ApplicationPlan
from server.domain.services.metrics import Metric
from server.domain.services.services import Service
from tests.cms.browser import PASSWORD
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.publish import publish
from tests.kit.work import by

PAGE = "/admin/applications/1"
KEY = re.compile(r'id="user-key" value="([0-9a-f]{32})"')


def _key(browser: Browser) -> str:
    found = KEY.search(browser.get(PAGE).text)
    assert found
    return found[1]


def _change(deps: Dependencies, acme: NewProvider, **changes: object) -> None:
    with deps.database.write() as db:
        update_service(by(db, staff(acme)), acme.sample.service.id, changes)


def _foreign(deps: Dependencies, acme: NewProvider) -> int:
    """Make another account with an application."""
    with deps.database.write() as db:
        draft = NewSignup(
            org_name="Secret Ltd", username="eve", email="eve@example.com", password=PASSWORD
        )
        made = sign_up(by(db, staff(acme), deps.installation), draft, "api")
        return made.applications[0].id


def test_an_application_is_created_with_a_key(acme: NewProvider, browser: Browser) -> None:
    browser.log_in_john(acme)
    form = {"application[name]": "Second <App>", "application[plan_id]": "2"}

    made = browser.send("/admin/applications", form, page="/admin")
    page = browser.follow(made)

    assert "Your key is ready." in page
    assert "Second &lt;App&gt;" in page
    assert KEY.search(page)
    assert "Second &lt;App&gt;" in browser.get("/admin/applications").text


def test_an_application_needs_a_name_and_a_plan(acme: NewProvider, browser: Browser) -> None:
    browser.log_in_john(acme)

    nameless = browser.send("/admin/applications", {"application[plan_id]": "2"}, page="/admin")
    planless = browser.send("/admin/applications", {"application[name]": "Kept"}, page="/admin")

    assert 'aria-describedby="name-error"' in nameless.text
    assert 'value="2" required checked' in nameless.text
    assert "Must be one of the plans below." in planless.text
    assert 'value="Kept"' in planless.text


def test_a_regenerated_key_replaces_the_old_one(acme: NewProvider, browser: Browser) -> None:
    browser.log_in_john(acme)
    before = _key(browser)

    answer = browser.send(f"{PAGE}/user_key", {"_method": "put"}, page=PAGE)

    assert "The old one is dead" in browser.follow(answer)
    assert _key(browser) != before


def test_regenerating_can_be_closed(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    _change(deps, acme, buyer_key_regenerate_enabled=False)
    browser.log_in_john(acme)
    before = _key(browser)

    answer = browser.send(f"{PAGE}/user_key", {"_method": "put"}, page=PAGE)

    assert answer.status_code == 403
    assert _key(browser) == before
    assert "Regenerate key" not in browser.get(PAGE).text


def test_keys_of_the_other_mode_come_and_go(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    _change(deps, acme, backend_version="2")
    browser.log_in_john(acme)

    added = browser.send(f"{PAGE}/keys", {"key": "my-own-key-1"}, page=PAGE)
    page = browser.follow(added)
    browser.send(f"{PAGE}/keys", {"key": ""}, page=PAGE)
    wrong = browser.send(f"{PAGE}/keys", {"key": "bad"}, page=PAGE)
    deleted = browser.send(f"{PAGE}/keys/1", {"_method": "delete"}, page=PAGE)
    last = browser.send(f"{PAGE}/keys/2", {"_method": "delete"}, page=PAGE)

    assert 'value="my-own-key-1"' in page
    assert "&app_key=my-own-key-1" in page
    assert wrong.status_code == 422
    assert 'value="bad"' in wrong.text
    assert 'value="my-own-key-1"' not in browser.follow(deleted)
    assert last.status_code == 409
    assert "The last key can&#39;t be deleted." in last.text


def test_referrer_filters_come_and_go_where_the_api_asks_for_them(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    browser.log_in_john(acme)
    assert "Referrer filters" not in browser.get(PAGE).text
    _change(deps, acme, referrer_filters_required=True)
    assert "No filter yet: calls are let in from anywhere." in browser.get(PAGE).text

    added = browser.send(f"{PAGE}/referrer_filters", {"referrer_filter": "*.ok.example"}, page=PAGE)
    page = browser.follow(added)
    wrong = browser.send(f"{PAGE}/referrer_filters", {"referrer_filter": "http://x/"}, page=PAGE)
    deleted = browser.send(f"{PAGE}/referrer_filters/1", {"_method": "delete"}, page=PAGE)

    assert "Calls from *.ok.example are let in." in page
    assert "<code>*.ok.example</code>" in page
    assert wrong.status_code == 422
    assert 'value="http://x/"' in wrong.text
    assert "The filter is deleted." in (gone := browser.follow(deleted))
    assert "*.ok.example" not in gone


def test_filters_are_only_shown_where_the_provider_manages_applications(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    browser.log_in_john(acme)
    browser.send(f"{PAGE}/referrer_filters", {"referrer_filter": "ok.example"}, page=PAGE)
    _change(deps, acme, referrer_filters_required=True, buyers_manage_apps=False)

    page = browser.get(PAGE).text
    refused = browser.send(f"{PAGE}/referrer_filters", {"referrer_filter": "x.example"}, page=PAGE)

    assert "<code>ok.example</code>" in page
    assert "Add filter" not in page
    assert "Delete filter" not in page
    assert refused.status_code == 403


def test_a_plan_change_is_asked_for_or_made_as_the_api_says(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    browser.log_in_john(acme)
    change = {"_method": "put", "plan_id": "2"}

    asked = browser.follow(browser.send("/admin/contracts/1", change, page=PAGE))
    _change(deps, acme, buyer_plan_change_permission="direct")
    made = browser.follow(browser.send("/admin/contracts/1", change, page=PAGE))
    _change(deps, acme, buyer_plan_change_permission="none")
    refused = browser.send("/admin/contracts/1", {**change, "plan_id": "1"}, page=PAGE)

    assert "The provider is asked." in asked
    assert "You asked for the plan Unlimited." in asked
    assert "API, plan Basic" in asked
    assert "API, plan Unlimited" in made
    assert refused.status_code == 403


def test_an_application_is_edited_and_deleted(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    browser.log_in_john(acme)
    form = {"_method": "put", "application[name]": "New name", "application[plan_id]": "2"}

    edited = browser.follow(browser.send(PAGE, form, page=PAGE))
    deleted = browser.follow(browser.send(PAGE, {"_method": "delete"}, page=PAGE))

    assert "New name" in edited
    assert "API, plan Basic" in edited
    assert "You have no application yet" in deleted
    assert browser.get(PAGE).status_code == 404
    assert "No application yet" in browser.get("/admin").text
    assert "There is nothing to count yet" in browser.get("/buyer/stats").text
    with deps.database.read() as db:
        assert not db.exec(select(Application)).all()


def test_another_accounts_application_looks_like_a_missing_one(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    foreign = _foreign(deps, acme)
    browser.log_in_john(acme)
    page = f"/admin/applications/{foreign}"

    answers = [
        browser.get(page),
        browser.get(f"{page}/edit"),
        browser.get(f"/buyer/stats?application_id={foreign}"),
        browser.send(page, {"_method": "put", "application[name]": "Mine"}, page="/admin"),
        browser.send(page, {"_method": "delete"}, page="/admin"),
        browser.send(f"{page}/user_key", {"_method": "put"}, page="/admin"),
        browser.send(f"{page}/keys", page="/admin"),
        browser.send(f"/admin/contracts/{foreign}", {"_method": "put", "plan_id": "2"}, page=PAGE),
    ]

    assert [answer.status_code for answer in answers] == [404] * len(answers)
    assert not any("Secret Ltd" in answer.text for answer in answers)


def test_usage_is_shown_against_limits_with_the_numbers_as_a_table(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    now = deps.installation.clock.now()
    with deps.database.write() as db:
        hits = db.exec(select(Metric).where(Metric.system_name == "hits")).one()
        wanted = {"metric_id": hits.id, "period": "day", "value": 1000}
        set_limit(by(db, staff(acme)), wanted, 1)
        db.add(
            UsageTotal(
                application_id=1,
                metric_id=hits.id,
                period="day",
                window_start=window_of(Period.DAY, now).start,
                service_id=acme.sample.service.id,
                value=250,
            )
        )
    browser.log_in_john(acme)

    pages = [browser.get(path).text for path in (PAGE, "/buyer/stats?days=7", "/admin")]

    assert all('<td data-label="Used">250</td>' in page for page in pages)
    assert all('value="25"' in page for page in pages)
    assert "<svg" in pages[1]
    assert pages[1].count("<rect") == 1
    fold = re.search(r"(\d{4}-\d\d-\d\d) to (\d{4}-\d\d-\d\d)</th><td[^>]*>nothing<", pages[1])
    assert fold
    first, last = map(date.fromisoformat, fold.groups())
    assert last - first == timedelta(days=5)  # the starts of 6 days


def test_a_pending_and_a_suspended_application_say_so(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    browser.log_in_john(acme)
    for state, words in (("pending", "It waits for approval."), ("suspended", "It is suspended")):
        with deps.database.write() as db:
            db.get_one(Application, 1).state = state

        assert words in browser.get(PAGE).text


def test_with_several_apis_one_is_chosen_first(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    with deps.database.write() as db:
        create_service(by(db, staff(acme), deps.installation), {"name": "Second API"})
    browser.log_in_john(acme)

    choice = browser.get("/admin/applications/new").text
    form = browser.get("/admin/applications/new?service_id=1").text

    assert "Choose an API" in choice
    assert 'href="/admin/applications/new?service_id=2"' in choice
    assert "It will call API." in form


def test_long_lists_have_pages(deps: Dependencies, acme: NewProvider, browser: Browser) -> None:
    with deps.database.write() as db:
        plan = db.exec(select(ApplicationPlan)).first()
        assert plan
        account_id = acme.sample.application.account_id
        for number in range(25):
            work = by(db, staff(acme), deps.installation)
            create_application(work, account_id, plan.id, {"name": f"App {number}"})
    browser.log_in_john(acme)

    first = browser.get("/admin/applications").text
    second = browser.get("/admin/applications?page=2").text

    assert first.count("<tr>") == 21
    assert second.count("<tr>") == 7
    assert 'href="/admin/applications?page=2" rel="next"' in first
    assert 'href="/admin/applications?page=1" rel="prev"' in second
    for page in ("3", "0", "-1", "x", "9" * 40):
        assert browser.get(f"/admin/applications?page={page}").status_code == 404


def test_a_page_view_keeps_the_session_alive(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    browser.log_in_john(acme)
    with deps.database.write() as db:
        session = db.exec(select(UserSession)).one()
        session.last_seen_at -= timedelta(hours=3)

    browser.get("/admin/applications")

    with deps.database.read() as db:
        idle = deps.installation.clock.now() - db.exec(select(UserSession)).one().last_seen_at
    assert idle < timedelta(minutes=1)


def test_each_app_key_is_told_apart_from_the_others(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    _change(deps, acme, backend_version="2")
    browser.log_in_john(acme)
    for key in ("the-first-key-1a2b", "the-second-key-9f3e"):
        browser.send(f"{PAGE}/keys", {"key": key}, page=PAGE)

    page = browser.open(PAGE)
    doomed = page.value(
        "//details[contains(summary, 'Delete the key that ends in 9f3e')]//form/@action"
    )
    browser.send(doomed, {"_method": "delete"}, page=PAGE)
    left = browser.get(PAGE).text

    assert "Delete the key that ends in 1a2b" in page.text
    assert page.text.count("Delete the key that ends in") == 2
    assert len({str(each) for each in page.tree.xpath("//div[@class='secret']/label/@for")}) == 3
    assert "the-first-key-1a2b" in left
    assert "the-second-key-9f3e" not in left


def test_the_plan_that_an_application_is_on_is_marked(acme: NewProvider, browser: Browser) -> None:
    browser.log_in_john(acme)

    for path in (PAGE, "/plans"):
        page = browser.open(path)
        marked = page.tree.xpath("//article[contains(@class, 'current')]//h3")
        assert [" ".join(each.text_content().split()) for each in marked] == ["Basic Your plan"]


@pytest.mark.parametrize(
    ("path", "title"),
    [
        (PAGE, "Developer's App · Application · Acme"),
        (f"{PAGE}/edit", "Developer's App · Edit application · Acme"),
        ("/admin/applications/new", "API · New application · Acme"),
        ("/buyer/stats", "Developer's App · Usage · Acme"),
        ("/admin/applications", "Applications · Acme"),
    ],
)
def test_a_title_names_what_the_page_is_about(
    acme: NewProvider, browser: Browser, path: str, title: str
) -> None:
    browser.log_in_john(acme)

    assert browser.open(path).value("//title/text()") == title


def test_all_that_is_wrong_is_told_at_once(acme: NewProvider, browser: Browser) -> None:
    browser.log_in_john(acme)

    empty = browser.send("/admin/applications", {"application[name]": " "}, page="/admin")

    assert 'id="name-error">Can&#39;t be blank.' in empty.text
    assert "Must be one of the plans below." in empty.text


def test_the_list_is_sorted_as_asked_for(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    with deps.database.write() as db:
        plan = db.exec(select(ApplicationPlan)).first()
        assert plan
        for name in ("zebra", "Aardvark"):
            work = by(db, staff(acme), deps.installation)
            create_application(work, acme.sample.application.account_id, plan.id, {"name": name})
    browser.log_in_john(acme)

    def names(query: str) -> list[str]:
        page = browser.open(f"/admin/applications?{query}")
        return [str(name) for name in page.tree.xpath("//tbody//th//a/text()")]

    sample = acme.sample.application.name
    assert names("") == [sample, "zebra", "Aardvark"]
    assert names("sort=name") == ["Aardvark", sample, "zebra"]
    assert names("sort=name&direction=desc") == ["zebra", sample, "Aardvark"]
    assert names("sort=user_key_digest&direction=x") == [sample, "zebra", "Aardvark"]


def test_access_details_lead_to_the_keys(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    browser.log_in_john(acme)
    only = browser.get("/admin/access_details").headers["location"]
    with deps.database.write() as db:
        application = acme.sample.application
        work = by(db, staff(acme), deps.installation)
        create_application(work, application.account_id, application.plan_id, {"name": "Second"})
    one_of_two = browser.get("/admin/access_details").headers["location"]

    assert only == "/admin/applications/1"
    assert one_of_two == "/admin/applications"


@pytest.mark.parametrize("count", [1, 5])
def test_a_key_is_replaced(
    deps: Dependencies, acme: NewProvider, browser: Browser, count: int
) -> None:
    with deps.database.write() as db:
        db.get_one(Service, acme.sample.service.id).backend_version = "2"
        work = by(db, staff(acme), deps.installation)
        for _ in range(count):
            add_key(work, acme.sample.application.id)
        before = set(db.exec(select(ApplicationKey.id)))
    browser.log_in_john(acme)
    gone = min(before)

    browser.done(f"/admin/applications/1/keys/{gone}", {"_method": "put"})

    with deps.database.read() as db:
        after = set(db.exec(select(ApplicationKey.id)))
    assert len(after) == count
    assert gone not in after
    assert len(after - before) == 1
    missing = browser.send(f"/admin/applications/1/keys/{gone}", {"_method": "put"})
    assert missing.status_code == 404


def test_a_plan_of_an_address_is_shown_only_where_it_can_be_chosen(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    with deps.database.write() as db:
        hidden = db.exec(select(ApplicationPlan).order_by(col(ApplicationPlan.id).desc())).first()
        assert hidden
        hidden.state, hidden.name, hidden.is_default = "hidden", "Secret plan", False
        number = hidden.id
    text = "{{ application.plan.name }}|{{ application.service.name }}"
    publish(deps, acme.provider, {"applications/new": text})
    browser.log_in_john(acme)

    chosen = browser.get("/admin/applications/new?plan_id=1").text
    secret = browser.get(f"/admin/applications/new?plan_id={number}").text

    assert "Basic|API" in chosen
    assert "Secret plan" not in secret
    assert "|API" in secret
