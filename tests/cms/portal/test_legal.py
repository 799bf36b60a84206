"""Legal texts on the portal: shown, asked for by a box, and accepted."""

from sqlmodel import select

from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.auth.dependencies import Dependencies
from server.domain.portal.legal import TermsAcceptance
from tests.cms.browser import signup_form
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.work import by


def say(deps: Dependencies, acme: NewProvider, **texts: str) -> None:
    with deps.database.write() as db:
        update_settings(by(db, staff(acme)), texts)


def test_texts_are_shown_without_anything_that_could_harm(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    assert browser.get("/terms").headers["location"] == "/"
    say(deps, acme, signup_licence="# Rules\n<script>alert(1)</script>**Be nice.** {{ 7 }}")

    page = browser.page("/terms")

    assert "<strong>Be nice.</strong>" in page
    assert "<script>alert" not in page
    assert "{{ 7 }}" in page
    assert "Version 1" in page
    assert ["/terms" in page, "/privacy" in page] == [True, False]  # the footer leads to it
    say(deps, acme, signup_licence="", privacy_policy="We forget.")
    home = browser.page("/")
    assert ["/terms" in home, "/privacy" in home] == [False, True]


def test_who_signs_up_ticks_the_box(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    say(deps, acme, signup_licence="Be nice.")
    assert 'name="accepted_terms" value="1" required' in browser.page("/signup")

    refused = browser.send("/signup", signup_form(), page="/signup")
    taken = browser.send("/signup", signup_form(accepted_terms="1"), page="/signup")

    assert refused.status_code == 422
    assert "Must be accepted." in refused.text
    assert taken.status_code == 303
    with deps.database.read() as db:
        assert len(db.exec(select(TermsAcceptance)).all()) == 1


def test_an_account_accepts_the_terms_of_applications_once(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    say(deps, acme, new_application_licence="Be nice.")
    browser.log_in_john(acme)
    new, where = "/admin/applications/new", "/admin/applications"
    form = {"application[name]": "New", "application[plan_id]": "1"}
    assert "accepted_terms" in browser.page(new)

    refused = browser.send(where, form, page=new)
    made = browser.send(where, {**form, "accepted_terms": "1"}, page=new)

    assert refused.status_code == 422
    assert made.status_code == 303
    assert "accepted_terms" not in browser.page(new)
