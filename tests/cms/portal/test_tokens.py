"""One's own access tokens on the portal: made, shown once, used, deleted, refused to members."""

import re
from datetime import datetime

import pytest
from sqlmodel import select

from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.auth.actors import find_actor_by_token
from server.auth.dependencies import Dependencies
from server.domain.accounts.users import User
from server.domain.provider.tokens import AccessToken
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.work import by

PAGE = "/admin/account/personal_details/tokens"
FORM = {
    "access_token[name]": "my assistant",
    "access_token[scope_account_management]": "1",
    "access_token[permission]": "ro",
    "access_token[expires_at]": "",
}
VALUE = re.compile(r'id="new-token" value="([0-9a-f]{96})"')


def rows(deps: Dependencies, user_id: int) -> list[AccessToken]:
    with deps.database.read() as db:
        return list(db.exec(select(AccessToken).where(AccessToken.user_id == user_id)))


def find_actor(deps: Dependencies, acme: NewProvider, value: str) -> object:
    clock, provider_id = deps.installation.clock, acme.provider.id
    with deps.database.read() as db:
        return find_actor_by_token(db, clock, provider_id, "developer", value)


def test_a_token_is_made_shown_once_used_and_deleted(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    browser.log_in_john(acme)
    john = acme.sample.user.id
    empty = browser.open(PAGE)
    year = empty.value(
        "//select[@name='access_token[expires_at]']/option[contains(., '365')]/@value"
    )

    sent = browser.send(PAGE, {**FORM, "access_token[expires_at]": year}, page=PAGE)
    shown = browser.get(PAGE)
    found = VALUE.search(shown.text)

    assert "You have no tokens." in empty.text
    assert empty.tree.xpath("//form[contains(@action, '/tokens')]//input[@type='password']") == []
    assert sent.status_code == 303
    assert found
    value = found[1]
    assert value not in str(sent.headers)
    assert shown.headers["cache-control"] == "no-store"
    assert shown.text.count(value) == 1
    for _ in range(2):  # loading it again shows and makes nothing
        assert "Your new token" not in browser.page(PAGE)
    (token,) = rows(deps, john)
    assert (token.name, token.scopes, token.permission) == (
        "my assistant",
        ["account_management"],
        "ro",
    )
    assert token.expires_at == datetime.fromisoformat(year)
    assert find_actor(deps, acme, value) is not None
    listed = browser.open(PAGE).text
    for text in (f"…{token.hint}", "my assistant", "Read only", "Last used"):
        assert text in listed
    gone = browser.send(f"{PAGE}/{token.id}", {"_method": "delete"}, page=PAGE)
    assert "The token my assistant is deleted; it opens nothing now." in browser.follow(gone)
    assert rows(deps, john) == []
    assert find_actor(deps, acme, value) is None


@pytest.mark.parametrize(
    ("over", "told"),
    [
        ({"access_token[name]": ""}, "name-error"),
        ({"access_token[scope_account_management]": ""}, "scopes-error"),
        ({"access_token[permission]": "all"}, "permission-error"),
        ({"access_token[expires_at]": "2020-01-01T00:00:00+00:00"}, "expires-at-error"),
        ({"access_token[expires_at]": "soon"}, "expires-at-error"),
    ],
)
def test_a_refused_form_tells_where_and_keeps_what_was_typed(
    deps: Dependencies,
    acme: NewProvider,
    browser: Browser,
    over: dict[str, str],
    told: str,
) -> None:
    browser.log_in_john(acme)

    stats = "" if told == "scopes-error" else "1"

    answer = browser.send(PAGE, {**FORM, "access_token[scope_stats]": stats, **over}, page=PAGE)

    assert answer.status_code == 422
    assert f'id="{told}"' in answer.text
    assert bool(re.search(r'id="scope-stats"[^>]* checked', answer.text)) == bool(stats)
    assert rows(deps, acme.sample.user.id) == []


def test_only_ones_own_tokens_are_there_and_members_have_none(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    browser.log_in_john(acme)
    (of_staff,) = rows(deps, acme.admin.id) or (None,)
    number = of_staff.id if of_staff else 10_000
    forged = deps.installation.vault.seal(f"999:{'a' * 96}").hex()

    browser.client.cookies.set("portal_new_token", forged)
    assert "Your new token" not in browser.page(PAGE)
    wrong = browser.send(f"{PAGE}/{number}", {"_method": "delete"}, page=PAGE)
    assert wrong.status_code == 404
    assert len(rows(deps, acme.admin.id)) == (1 if of_staff else 0)
    with deps.database.write() as db:
        db.get_one(User, acme.sample.user.id).role = "member"
    assert browser.get(PAGE).status_code == 403
    assert PAGE not in browser.page("/admin/account/personal_details")


def test_mcp_is_named_while_it_is_on(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    browser.log_in_john(acme)
    portal = deps.installation.addresses.portal(acme.provider)
    on = browser.page(PAGE)
    with deps.database.write() as db:
        update_settings(by(db, staff(acme), deps.installation), {"mcp_enabled": False})
    off = browser.page(PAGE)

    assert PAGE in browser.page("/admin/account/personal_details")
    assert f"{portal}/mcp" in on
    assert "/mcp" not in off
    for page in (on, off):
        assert f"{portal}/graphql" in page
