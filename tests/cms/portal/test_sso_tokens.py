"""Coming in by an address that logs in once: one that we made, or one that the provider signed."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey
from sqlmodel import select

from server.actions.accounts.sso_tokens import create_sso_token, make_sso_key
from server.actions.accounts.users import PASSWORD_RESET, issue_link, suspend_user
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.accounts.users import OneTimeToken, User
from server.domain.errors import DomainError, Forbidden, Invalid, NotFound
from server.domain.permissions import Permission
from tests.cms.browser import BASE, open_browser
from tests.kit.browser import Browser
from tests.kit.identity import rsa_key, unsigned
from tests.kit.make import make_provider, staff
from tests.kit.work import by

DEAD = "This link was used or has expired."
Act = Callable[..., Any]


@pytest.fixture
def act(deps: Dependencies, acme: NewProvider) -> Act:
    """Carry out actions as the provider."""

    def carry_out(action: Any, *args: Any) -> Any:
        with deps.database.write() as db:
            return action(by(db, staff(acme), deps.installation), *args)

    return carry_out


def path_of(url: str) -> str:
    assert url.startswith(f"{BASE}/session/create?")
    return url.removeprefix(BASE)


def is_in(browser: Browser) -> bool:
    return browser.get("/admin").status_code == 200


def test_an_address_logs_in_once_and_leads_to_a_page(
    deps: Dependencies, acme: NewProvider, act: Act
) -> None:
    first, second = open_browser(deps), open_browser(deps)
    given = {"username": "john", "redirect_url": f"{BASE}/admin/applications?page=2"}
    made = act(create_sso_token, given)
    path = path_of(made.sso_url)

    assert first.client.head(path).headers["location"] == "/login"  # looks ahead
    ahead = first.client.get(path, headers={"sec-purpose": "prefetch"}, follow_redirects=False)
    assert ahead.headers["location"] == "/login"
    assert first.get(path).headers["location"] == "/admin/applications?page=2"
    assert is_in(first)
    assert DEAD in second.open(path).text
    assert not is_in(second)
    with deps.database.read() as db:
        tokens = db.exec(select(OneTimeToken)).all()
        assert made.token not in str([token.model_dump() for token in tokens])
    # Another one for the same user leaves the first one's session, and expires.
    late = path_of(act(create_sso_token, {"username": "john", "expires_in": 31}).sso_url)
    with deps.database.write() as db:
        for token in db.exec(select(OneTimeToken)):
            token.expires_at -= timedelta(seconds=32)
    assert DEAD in second.open(late).text
    assert is_in(first)


def test_where_it_leads_is_a_page_of_the_portal(deps: Dependencies, act: Act) -> None:
    for target in (
        "//evil.example",
        "/\\evil.example",
        "https://evil.example/",
        f"{BASE}.evil.example/",
        f"{BASE}@evil.example/",
        "https:evil.example",
        "/a\r\nLocation: //evil.example",
        "javascript:alert(1)",
        f"{BASE}//evil.example",
    ):
        with pytest.raises(Invalid) as caught:
            act(create_sso_token, {"username": "john", "redirect_url": target})
        assert caught.value.field == "redirect_url", target
        made = act(create_sso_token, {"username": "john"})
        browser = open_browser(deps)
        answer = browser.client.get(
            "/session/create",
            params={"token": made.token, "redirect_url": target},
            follow_redirects=False,
        )
        assert answer.headers["location"] == "/admin", target


def test_whom_it_is_for_and_how_long_it_lives_is_checked(
    deps: Dependencies, acme: NewProvider, act: Act
) -> None:
    other = make_provider(deps, "Globex")
    with deps.database.write() as db:
        system = by(db, staff(acme), deps.installation)
        for given, kind, field in (
            ({}, Invalid, "user_id"),
            ({"username": "nobody"}, NotFound, "username"),
            ({"user_id": other.sample.user.id}, NotFound, "user_id"),
            ({"user_id": acme.admin.id}, NotFound, "user_id"),  # of the staff
            ({"username": "john", "expires_in": 30}, Invalid, "expires_in"),
            ({"username": "john", "expires_in": 86_401}, Invalid, "expires_in"),
            ({"username": "john", "protocol": "ftp"}, Invalid, "protocol"),
        ):
            with pytest.raises(DomainError) as caught:
                create_sso_token(system, given)
            assert (type(caught.value), caught.value.field) == (kind, field), given
        actor = staff(acme)
        for missing in (Permission.ACCOUNTS_EDIT, Permission.APPLICATIONS_SECRETS):
            lesser = replace(actor, permissions=actor.permissions - {missing})
            with pytest.raises(Forbidden):
                create_sso_token(by(db, lesser, deps.installation), {"username": "john"})


def test_who_is_locked_out_and_a_link_for_something_else_open_nothing(
    deps: Dependencies, acme: NewProvider, act: Act
) -> None:
    browser = open_browser(deps)
    with deps.database.write() as db:
        john = db.get_one(User, acme.sample.user.id)
        code = issue_link(db, deps.installation, john, PASSWORD_RESET)
    made = act(create_sso_token, {"username": "john"})
    act(suspend_user, acme.sample.user.id)

    assert DEAD in browser.open(f"/session/create?token={code}").text
    assert "Your user is suspended." in browser.open(path_of(made.sso_url)).text
    assert DEAD in browser.open("/session/create").text
    assert not is_in(browser)


def signed(key: str, claims: Mapping[str, Any], alg: str = "HS256") -> str:
    return jwt.encode({"alg": alg}, dict(claims), OctKey.import_key(key), [alg])


def test_a_token_that_the_provider_signs_logs_in_once(
    deps: Dependencies, acme: NewProvider, act: Act
) -> None:
    now = int(deps.installation.clock.now().timestamp())
    good = {"sub": "john", "aud": BASE, "iat": now, "exp": now + 120, "jti": "12345678"}
    without_key = signed("f" * 64, good)
    assert DEAD in open_browser(deps).open(f"/session/create?token={without_key}").text
    key = act(make_sso_key)
    path = f"/session/create?token={signed(key, good)}&redirect_url=/admin/applications"
    browser, again = open_browser(deps), open_browser(deps)

    assert browser.get(path).headers["location"] == "/admin/applications"
    assert is_in(browser)
    assert DEAD in again.open(path).text
    rows: Mapping[str, str] = {
        "another audience": signed(key, {**good, "jti": "a" * 8, "aud": "https://evil.example"}),
        "no audience": signed(key, {**_without(good, "aud"), "jti": "b" * 8}),
        "no number of its own": signed(key, _without(good, "jti")),
        "a short number": signed(key, {**good, "jti": "c"}),
        "no end": signed(key, {**_without(good, "exp"), "jti": "d" * 8}),
        "over": signed(key, {**good, "jti": "e" * 8, "exp": now - 1}),
        "too long": signed(key, {**good, "jti": "f" * 8, "exp": now + 90_000}),
        "of tomorrow": signed(
            key, {**good, "jti": "g" * 8, "iat": now + 4_000, "exp": now + 4_100}
        ),
        "nobody": signed(key, {**good, "jti": "h" * 8, "sub": "nobody"}),
        "staff": signed(key, {**good, "jti": "i" * 8, "sub": acme.admin.username}),
        "no text": signed(key, {**good, "jti": "j" * 8, "sub": 7}),
        "a number as its number": signed(key, {**good, "jti": 12345678}),
        "a time that is none": signed(key, {**good, "jti": "k" * 8, "exp": "soon"}),
        "another algorithm": signed(key, {**good, "jti": "l" * 8}, "HS512"),
        "another key": signed("0" * 64, {**good, "jti": "m" * 8}),
        "no signature": unsigned({**good, "jti": "n" * 8}),
        "a key of ours": jwt.encode({"alg": "RS256"}, {**good, "jti": "o" * 8}, rsa_key()),
        "nothing": "..",
        "a lot": "x" * 3_000 + ".." + "x" * 3_000,
    }
    for row, token in rows.items():
        page = again.open(f"/session/create?token={token}")
        assert DEAD in page.text, row
        assert not is_in(again), row
    act(make_sso_key)
    replaced = signed(key, {**good, "jti": "p" * 8})
    assert DEAD in again.open(f"/session/create?token={replaced}").text


def _without(claims: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in claims.items() if key != name}


def test_the_address_tells_when_it_ends(act: Act) -> None:
    made = act(create_sso_token, {"user_id": 2, "expires_in": 60, "redirect_url": "/admin"})
    query = parse_qs(urlsplit(made.sso_url).query)

    assert query == {
        "token": [made.token],
        "expires_at": [str(int(made.expires_at.timestamp()))],
        "redirect_url": ["/admin"],
    }
