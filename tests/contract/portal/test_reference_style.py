"""Templates in the reference's style render here: each page as it was, and its forms work.

`golden/` is written anew with `python -m tests.cms.reference_style.write`.
"""

import pytest
from sqlmodel import col, select

from server.actions.portal.faults import list_template_faults
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.accounts.accounts import Account
from server.domain.applications.applications import Application, ApplicationKey
from server.domain.applications.referrer_filters import ReferrerFilter
from tests.cms.browser import PASSWORD
from tests.cms.reference_style.pages import DEVELOPERS, HERE, VISITORS, publish_all, shown
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.work import by


@pytest.fixture
def portal(deps: Dependencies, acme: NewProvider, browser: Browser) -> Browser:
    """Open a browser on a portal all of whose templates are in the reference's style."""
    publish_all(deps, acme)
    return browser


def test_every_page_looks_as_it_did(deps: Dependencies, acme: NewProvider, portal: Browser) -> None:
    found = shown(portal, VISITORS)
    portal.log_in_john(acme)
    found |= shown(portal, DEVELOPERS)

    golden = {file.stem: file.read_text("utf-8") for file in (HERE / "golden").glob("*.html")}
    assert found.keys() == golden.keys()
    for name, text in found.items():
        assert text == golden[name], name
    with deps.database.read() as db:
        assert not list_template_faults(by(db, staff(acme)))


def test_a_page_that_is_not_kept_says_so(portal: Browser) -> None:
    answer = portal.get("/nowhere")

    assert answer.status_code == 404
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["pragma"] == "no-cache"


def test_one_signs_up_and_is_told_what_is_wrong(portal: Browser) -> None:
    form = portal.open("/signup?plan_ids[]=1")
    names = {"account__org_name": "Ann Ltd", "account__user__username": "x"}
    mail = {"account__user__email": "ann@example.com"}

    refused = portal.submit(form, "/signup", **names, **mail, account__user__password=PASSWORD)
    names["account__user__username"] = "ann"
    names["accepted_terms"] = refused.value("//input[@type='checkbox']/@value")
    done = portal.submit(refused, "/signup", **names, **mail, account__user__password=PASSWORD)

    wrong = refused.value("//p[@class='has-error']//input/@name")
    assert wrong == "account[user][username]"
    assert refused.value("//input[@id='org']/@value") == "Ann Ltd"
    assert refused.value("//input[@name='plan_ids[]']/@value") == "1"
    assert done.url.endswith("/signup/success")


def test_an_application_is_made_changed_and_deleted(
    deps: Dependencies, acme: NewProvider, portal: Browser
) -> None:
    portal.log_in_john(acme)
    form = portal.open("/admin/applications/new")
    made = portal.submit(form, "?service_id=1", application__name="Second")
    with deps.database.read() as db:
        number = db.exec(select(Application.id).where(Application.name == "Second")).one()
    edit = portal.open(f"/admin/applications/{number}/edit")
    refused = portal.submit(edit, f"/{number}", application__name="")
    changed = portal.submit(refused, f"/{number}", application__name="Third")
    again = portal.open(f"/admin/applications/{number}/edit")
    button = again.tree.xpath("//button[@data-confirm='Really?']/..")[0]
    portal.post(button.action, dict(button.form_values()))

    assert made.value("//h1/text()") == "Second"
    assert refused.value("//li[contains(., 'name')]/text()") == "name Can't be blank."
    assert refused.value("//p[@class='help']/text()").startswith("Can't be blank")
    assert changed.value("//h1/text()") == "Third"
    with deps.database.read() as db:
        assert not db.exec(select(Application).where(Application.id == number)).all()


def test_keys_and_filters_come_and_go_by_their_buttons(
    deps: Dependencies, acme: NewProvider, portal: Browser
) -> None:
    portal.log_in_john(acme)
    page = portal.open("/admin/applications/1")
    more = portal.submit(page, "/1/keys")
    refused = portal.submit(more, "/referrer_filters", referrer_filter="not a host!")
    added = portal.submit(refused, "/referrer_filters", referrer_filter="api.example.com")
    fewer = portal.submit(added, "/keys/1")
    with deps.database.read() as db:
        keys = db.exec(select(ApplicationKey.id)).all()
        filters = db.exec(select(ReferrerFilter.value).order_by(col(ReferrerFilter.id))).all()

    assert len(more.tree.xpath("//code")) == len(page.tree.xpath("//code")) + 1
    assert refused.value("//input[@id='referrer_filter']/@value") == "not a host!"
    assert refused.tree.xpath("//p[@class='help']")
    assert "api.example.com" in added.text
    assert "abcde12345" not in fewer.text
    assert (keys, filters) == ([2], ["www.example.com", "api.example.com"])


def test_a_plan_is_asked_for_and_details_are_changed(
    deps: Dependencies, acme: NewProvider, portal: Browser
) -> None:
    portal.log_in_john(acme)
    asked = portal.submit(portal.open("/admin/applications/1"), "/admin/contracts/1")
    account = portal.submit(
        portal.open("/admin/account/edit"), "/admin/account", account__org_name="New name"
    )
    me = portal.open("/admin/account/personal_details")
    refused = portal.submit(me, "/personal_details", user__email="j@example.com")
    with deps.database.read() as db:
        name = db.exec(select(Account.org_name).order_by(col(Account.id))).first()

    assert "The provider is asked" in asked.text
    assert account.status == 200
    assert name == "New name"
    assert refused.value("//input[@id='user_email']/@value") == "j@example.com"
    assert refused.tree.xpath("//p[@class='has-error']//input[@id='user_current_password']")
