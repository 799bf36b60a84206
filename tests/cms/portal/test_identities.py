"""Logging in by a provider of identity: who gets in, who is asked more, and who is not believed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pytest
from joserfc import jwt
from sqlmodel import select

from server.actions.accounts.accounts import suspend_account
from server.actions.accounts.authentication_providers import AUTHENTICATION_PROVIDERS
from server.actions.accounts.invitations import invite_user, issue_invitation_link
from server.actions.accounts.users import (
    PASSWORD_RESET,
    issue_link,
    reset_password,
    suspend_user,
    unsuspend_user,
    update_user,
)
from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.auth.actors import actor_of_user
from server.auth.dependencies import Dependencies
from server.auth.sso.issuers import Issuers
from server.domain.accounts.accounts import Account
from server.domain.accounts.authentication_providers import (
    AuthenticationProvider,
    SSOAuthorization,
)
from server.domain.accounts.users import Proof, User
from tests.cms.browser import PASSWORD, open_browser, signup_form
from tests.kit.browser import Browser, Page
from tests.kit.identity import (
    CLIENT,
    SITE,
    Login,
    StandIn,
    rsa_key,
    signed,
    signed_by_public_key,
    unsigned,
)
from tests.kit.make import staff
from tests.kit.work import by

STALE = "was not begun in this browser"
TELLS = "authorization_response_iss_parameter_supported"
VERIFIED: Mapping[str, Any] = {"email": "ann@example.com", "email_verified": True}
PROFILE: Mapping[str, Any] = {
    "preferred_username": "ann",
    "given_name": "Ann",
    "family_name": "Lee",
}


@dataclass
class Site:
    """A portal with a provider of identity, called id."""

    deps: Dependencies
    acme: NewProvider
    elsewhere: StandIn

    def browser(self) -> Browser:
        return open_browser(self.deps)

    def leave(self, browser: Browser, path: str = "/auth/id") -> Login:
        """Send a browser to the provider of identity."""
        answer = browser.get(path)
        assert answer.status_code == 303, answer.text
        return Login.of(answer.headers["location"])

    def come_by(self, browser: Browser, /, path: str = "/auth/id", **claims: Any) -> Page:
        """Go there, log in as whoever the claims say, and come back."""
        login = self.leave(browser, path)
        self.elsewhere.grant("code", login, **claims)
        return browser.open(f"{path.partition('?')[0]}/callback?code=code&state={login.state}")

    def rows(self, model: Any) -> list[Any]:
        with self.deps.database.read() as db:
            return list(db.exec(select(model)).all())

    def act(self, action: Any, *args: Any) -> Any:
        """Carry an action out as the provider."""
        with self.deps.database.write() as db:
            return action(by(db, staff(self.acme), self.deps.installation), *args)


@pytest.fixture
def site(deps: Dependencies, acme: NewProvider) -> Site:
    elsewhere = StandIn(lambda: deps.installation.clock.now().timestamp())
    found = Site(replace(deps, issuers=Issuers(elsewhere)), acme, elsewhere)
    values = {**CLIENT, "kind": "oidc", "name": "Id", "site": SITE, "published": True}
    found.act(AUTHENTICATION_PROVIDERS.create, values)
    return found


def is_in(browser: Browser) -> bool:
    return browser.get("/admin").status_code == 200


def test_a_newcomer_is_asked_for_what_is_missing_and_is_in_without_a_mail(site: Site) -> None:
    browser = site.browser()
    assert "Continue with Id" in browser.page("/login")

    page = site.come_by(browser, **VERIFIED, **PROFILE)

    assert "ann@example.com" in page.text
    assert page.value("//input[@name='account[user][username]']/@value") == "ann"
    assert page.value("//input[@name='account[user][first_name]']/@value") == "Ann"
    assert not page.tree.xpath("//input[@type='password' or contains(@name, 'email')]")
    refused = browser.submit(page, "/auth/id/signup", account__org_name="")
    assert refused.status == 422
    assert not is_in(browser)
    browser.submit(refused, "/auth/id/signup", account__org_name="Ann Ltd")
    assert is_in(browser)
    assert [(user.email, user.state) for user in site.rows(User) if user.username == "ann"] == [
        ("ann@example.com", "active")
    ]
    # He comes again, under another mail: his subject alone counts.
    again = site.browser()
    site.come_by(again, email="other@example.com", email_verified=True)
    assert is_in(again)
    assert len(site.rows(SSOAuthorization)) == 1


def test_who_is_here_already_is_linked_by_a_verified_mail_alone(site: Site) -> None:
    john = next(user for user in site.rows(User) if user.username == "john")
    mine = partial(site.come_by, email=john.email, preferred_username="johnny")
    unverified = site.browser()
    for claims in ({}, {"email_verified": False}, {"email_verified": "yes"}):
        page = mine(unverified, **claims)
        assert "Log in with your password to connect it" in page.text
        assert not is_in(unverified)
    assert site.rows(SSOAuthorization) == []
    # A sign-up with that address tells nothing, and links nobody.
    browser = site.browser()
    page = mine(browser, email_verified=False)
    page = browser.submit(page, "/auth/id/signup", account__org_name="Mine")
    assert page.url.endswith("/signup/success")
    assert site.rows(SSOAuthorization) == []
    # With the password it is connected.
    page = mine(unverified, email_verified=False)
    answer = unverified.send(
        "/session",
        {
            "username": "john",
            "password": site.acme.sample.password,
            "return_to": "/auth/id/signup",
        },
        page="/login",
    )
    page = unverified.open(answer.headers["location"])
    password = site.acme.sample.password
    unverified.submit(page, "/auth/id/signup", current_password=password)
    assert [row.user_id for row in site.rows(SSOAuthorization)] == [john.id]
    assert is_in(other := site.browser()) is False
    mine(other, email_verified=False)
    assert is_in(other)
    # A verified one needs no password; of another subject it is refused: mails change hands.
    verified = site.browser()
    page = mine(verified, email_verified=True, sub="person-2")
    assert "connected with another login there" in page.text
    assert not is_in(verified)


def test_who_claims_anothers_mail_later_gets_no_login_of_his(site: Site) -> None:
    john = next(user for user in site.rows(User) if user.username == "john")
    proof = Proof(john.id, john.password_hash)
    with site.deps.database.write() as db:
        work = by(db, actor_of_user(john), site.deps.installation)
        update_user(work, john.id, {"email": "victim@example.com"}, proof)
    come = partial(site.come_by, email="victim@example.com", email_verified=True)

    come(victim := site.browser())
    assert not is_in(victim)
    assert site.rows(SSOAuthorization) == []
    # A mailed link proves that he reads it.
    with site.deps.database.write() as db:
        user = db.get_one(User, john.id)
        link = issue_link(db, site.deps.installation, user, PASSWORD_RESET)
        reset_password(db, site.deps.installation, user.provider_id, link, PASSWORD)
    come(proved := site.browser())
    assert is_in(proved)


def test_who_signed_up_with_anothers_mail_loses_it_to_whoever_proves_to_read_it(
    site: Site,
) -> None:
    thief, ann = site.browser(), site.browser()
    thief.send("/signup", signup_form())
    site.act(update_settings, {"account_approval_required": True})

    page = site.come_by(ann, **VERIFIED)

    assert "waits for approval" in page.text  # of the account, as with a password
    (user,) = (user for user in site.rows(User) if user.username == "ann")
    assert (user.state, user.password_hash) == ("active", "")


def test_accounts_are_approved_where_the_provider_says_so(site: Site) -> None:
    site.act(update_settings, {"account_approval_required": True})
    waits, enters = site.browser(), site.browser()

    page = site.come_by(waits, **VERIFIED, **PROFILE, organization="Waiting Ltd")
    page = waits.submit(page, "/auth/id/signup")
    assert "waits for approval" in page.text
    (row,) = site.rows(AuthenticationProvider)
    site.act(AUTHENTICATION_PROVIDERS.update, row.id, {"automatically_approve_accounts": True})
    page = site.come_by(
        enters, email="bob@example.com", email_verified=True, sub="person-2", organization="Bob"
    )
    enters.submit(page, "/auth/id/signup", account__user__username="bob")

    assert not is_in(waits)
    assert is_in(enters)


def test_who_is_locked_out_is_not_let_in_by_another_door(site: Site) -> None:
    john = next(user for user in site.rows(User) if user.username == "john")
    browser = site.browser()
    site.come_by(browser, email=john.email, email_verified=True)
    site.act(suspend_user, john.id)
    page = site.come_by(browser := site.browser(), email=john.email, email_verified=True)
    assert "Your user is suspended." in page.text
    site.act(unsuspend_user, john.id)
    site.act(suspend_account, john.account_id)
    page = site.come_by(browser, email=john.email, email_verified=True)
    assert "Your account is suspended." in page.text
    assert not is_in(browser)
    (row,) = site.rows(AuthenticationProvider)
    site.act(AUTHENTICATION_PROVIDERS.update, row.id, {"published": False})
    assert browser.get("/auth/id").status_code == 404
    assert "Continue with" not in browser.page("/login")


def test_what_is_forged_opens_nothing(site: Site) -> None:
    """Each row: what the provider of identity says that an honest one would not."""
    now = int(site.deps.installation.clock.now().timestamp())
    other = rsa_key("two")
    table: Mapping[str, Mapping[str, Any]] = {
        "another audience": {"aud": "somebody else"},
        "several, and for another": {"aud": ["portal", "other"], "azp": "other"},
        "no audience": {"aud": None},
        "another issuer": {"iss": "https://evil.example.com"},
        "an issuer with a slash": {"iss": f"{SITE}/"},
        "another browser's nonce": {"nonce": "of another"},
        "no nonce": {"nonce": None},
        "out of date": {"exp": now - 120},
        "no end": {"exp": None},
        "of tomorrow": {"iat": now + 86_400},
        "nobody": {"sub": None},
        "no text as subject": {"sub": 7},
        "no signature": {"signed_by": unsigned},
        "signed with the public key": {"signed_by": signed_by_public_key},
        "signed with an unknown key": {"signed_by": partial(signed, key=other)},
        "an unknown key by a known name": {"signed_by": lambda claims: _renamed(claims)},
        "a broken signature": {"signed_by": lambda claims: f"{signed(claims)[:-8]}AAAAAAAA"},
        "no token at all": {"signed_by": lambda _claims: "nothing"},
    }
    for row, claims in table.items():
        browser = site.browser()
        page = site.come_by(browser, **{**VERIFIED, **PROFILE, **claims})
        assert "That login did not work." in page.text, row
        assert not is_in(browser), row
    assert site.rows(SSOAuthorization) == []
    (provider,) = site.rows(AuthenticationProvider)
    assert "does not hold" in provider.fault
    # Keys change: a new one is looked for, and who signs with it is believed.
    site.elsewhere.keys.append(other)
    later = replace(site.deps, issuers=Issuers(site.elsewhere, clock=lambda: 1e9))
    page = Site(later, site.acme, site.elsewhere).come_by(
        open_browser(later), signed_by=partial(signed, key=other), **VERIFIED
    )
    assert "Almost there" in page.text


def _renamed(claims: Mapping[str, Any]) -> str:
    header = {"alg": "RS256", "kid": "one"}
    return jwt.encode(header, dict(claims), rsa_key("two"), ["RS256"])


def test_a_way_back_is_of_one_browser_and_used_once(site: Site) -> None:
    browser, victim = site.browser(), site.browser()
    login = site.leave(browser)
    site.elsewhere.grant("good", login, **VERIFIED, **PROFILE)
    back = f"/auth/id/callback?code=good&state={login.state}"
    assert STALE in victim.open(back).text  # a link with somebody else's login in it
    site.leave(victim)
    assert STALE in victim.open(back).text
    assert STALE in browser.open("/auth/id/callback?code=good&state=forged").text
    assert STALE in browser.open("/auth/id/callback?code=good").text
    kept = browser.client.cookies.get("portal_sso")
    assert kept
    assert "Almost there" in browser.open(back).text
    assert STALE in browser.open(back).text  # once more
    browser.client.cookies.set("portal_sso", kept)
    assert "That login did not work." in browser.open(back).text  # the code is used up there
    for forged in (kept[:-4] + "AAAA", "x.y", f"{kept.partition('.')[0]}."):
        browser.client.cookies.set("portal_sso", forged)
        assert STALE in browser.open(back).text
    (provider,) = site.rows(AuthenticationProvider)
    assert provider.fault == ""  # what any visitor can do is not told
    # A code that another issuer gave, or that nobody says he gave, is given to nobody.
    for metadata, issuer in (({}, "https://evil.example.com"), ({TELLS: True}, "")):
        elsewhere = replace(site.elsewhere, metadata=metadata, asked=[])
        mixed = Site(replace(site.deps, issuers=Issuers(elsewhere)), site.acme, elsewhere)
        login = mixed.leave(browser := mixed.browser())
        told = f"&iss={issuer}" if issuer else ""
        page = browser.open(f"/auth/id/callback?code=good&state={login.state}{told}")
        assert "That login did not work." in page.text
        assert not [url for url in elsewhere.asked if url.endswith("/token")]
    # Who was not let in there, or sends no code, is told so.
    login = site.leave(browser)
    page = browser.open(f"/auth/id/callback?error=access_denied&state={login.state}")
    assert "You were not logged in there." in page.text


@pytest.mark.parametrize(
    ("return_to", "location"),
    [
        ("/admin/applications", "/admin/applications"),
        ("//evil.example", "/admin"),
        ("/%5Cevil.example", "/admin"),
        ("https:evil.example", "/admin"),
        ("/a%0D%0ALocation:%20//evil", "/admin"),
    ],
)
def test_a_login_leads_to_a_page_of_the_portal_only(
    site: Site, return_to: str, location: str
) -> None:
    john = next(user for user in site.rows(User) if user.username == "john")
    browser = site.browser()
    login = site.leave(browser, f"/auth/id?return_to={return_to}")
    site.elsewhere.grant("code", login, email=john.email, email_verified=True)

    answer = browser.get(f"/auth/id/callback?code=code&state={login.state}")

    assert answer.headers["location"] == location


def test_an_outage_is_told_calmly_and_to_the_provider(site: Site) -> None:
    browser = site.browser()
    site.elsewhere.is_away = True

    page = browser.open("/auth/id")

    assert page.url.endswith("/login")
    assert "does not answer just now" in page.text
    (row,) = site.rows(AuthenticationProvider)
    assert "can't be reached" in row.fault
    site.elsewhere.is_away = False
    site.elsewhere.metadata = {"issuer": "https://evil.example.com"}
    browser.open("/auth/id")
    (row,) = site.rows(AuthenticationProvider)
    assert "is the document of the issuer 'https://evil.example.com'" in row.fault
    site.elsewhere.metadata = {"token_endpoint": "http://id.example.com/token"}
    browser.open("/auth/id")
    (row,) = site.rows(AuthenticationProvider)
    assert "has no https address as its token_endpoint" in row.fault
    site.elsewhere.metadata = {}
    site.come_by(browser, **VERIFIED)
    (row,) = site.rows(AuthenticationProvider)
    assert row.fault == ""


def test_who_is_logged_in_connects_and_disconnects_himself(site: Site) -> None:
    browser = site.browser()
    browser.log_in_john(site.acme)
    page = browser.open("/admin/account/personal_details")
    begin = page.value("//a[contains(@href, '/auth/id')]/@href")

    page = site.come_by(browser, begin)

    assert "You are logged in as john." in page.text  # nothing is done yet
    assert site.rows(SSOAuthorization) == []
    for wrong in ("", "wrong"):
        page = browser.submit(page, "/auth/id/signup", current_password=wrong)
        assert page.status == 403
        assert site.rows(SSOAuthorization) == []
    page = browser.submit(page, "/auth/id/signup", current_password=site.acme.sample.password)
    assert "Connected with Id" in page.text
    # A way back that began before somebody else logged in here is of no use.
    login = site.leave(browser)
    site.elsewhere.grant("code", login, sub="person-2")
    browser.send("/logout")
    assert STALE in browser.open(f"/auth/id/callback?code=code&state={login.state}").text
    browser.log_in_john(site.acme)
    assert "id_token" not in page.text
    # A second account can't be connected with the same login.
    page = site.come_by(other := site.browser(), email="bob@example.com", email_verified=True)
    assert is_in(other)  # he is john
    browser.submit(page := browser.open("/admin/account/personal_details"), "/logins/id")
    assert site.rows(SSOAuthorization) == []
    assert "Connected with" not in browser.page("/admin/account/personal_details")


def test_the_last_way_in_stays(site: Site) -> None:
    browser = site.browser()
    page = site.come_by(browser, **VERIFIED, **PROFILE)
    browser.submit(page, "/auth/id/signup", account__org_name="Ann Ltd")

    page = browser.submit(browser.open("/admin/account/personal_details"), "/logins/id")

    assert page.status == 409
    assert "This is the only way you log in." in page.text
    assert len(site.rows(SSOAuthorization)) == 1


def test_an_invitation_is_accepted_without_a_password(site: Site) -> None:
    (account,) = site.rows(Account)
    with site.deps.database.write() as db:
        work = by(db, staff(site.acme), site.deps.installation)
        made = invite_user(work, account.id, {"email": "new@example.com"})
        token = issue_invitation_link(db, site.deps.installation, made)
    browser = site.browser()
    page = browser.open(f"/signup/{token}")
    begin = page.value("//a[contains(@href, '/auth/')]/@href")
    login = site.leave(browser, begin)
    site.elsewhere.grant("code", login, **PROFILE, email="private@example.com")
    page = browser.open(f"/auth/id/callback?code=code&state={login.state}")

    browser.submit(page, "/auth/id/signup")

    assert is_in(browser)
    (user,) = (user for user in site.rows(User) if user.username == "ann")
    assert (user.account_id, user.email, user.role) == (account.id, "new@example.com", "member")
    assert browser.get(f"/auth/invitations/{token}/id").headers["location"] == f"/signup/{token}"


def test_github_tells_who_somebody_is_by_its_api(site: Site) -> None:
    values = {**CLIENT, "kind": "github", "name": "GitHub", "published": True}
    site.act(AUTHENTICATION_PROVIDERS.create, {**values, "system_name": "github"})
    browser = site.browser()
    login = site.leave(browser, "/auth/github")
    assert login.url == "https://github.com/login/oauth/authorize"
    site.elsewhere.grant("code", login)
    site.elsewhere.person = {"id": 17, "login": "ann", "name": "Ann Lee", "company": "@lee"}
    site.elsewhere.mails = [
        {"email": "ann@example.com", "primary": True, "verified": False},
        {"email": "lee@example.com", "primary": False, "verified": True},
    ]
    page = browser.open(f"/auth/github/callback?code=code&state={login.state}")
    assert "lee@example.com" in page.text
    browser.submit(page, "/auth/github/signup")
    assert is_in(browser)
    assert [row.uid for row in site.rows(SSOAuthorization)] == ["17"]
    assert {account.org_name for account in site.rows(Account)} >= {"lee"}
    wrong = site.leave(browser := site.browser(), "/auth/github")
    page = browser.open(f"/auth/github/callback?code=unknown&state={wrong.state}")
    assert "That login did not work." in page.text
