"""Access tokens in the admin portal."""

import re

from sqlmodel import select

from server.actions.provider.providers import NewProvider
from server.auth.actors import find_actor_by_token
from server.auth.dependencies import Dependencies
from server.domain.provider.tokens import AccessToken
from tests.kit.browser import Browser


def test_a_token_is_shown_once_and_works(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    ends = {"expires_at": "2099-01-31T12:30"}
    sent = admin.send("/tokens", name="CI", scope_stats="yes", permission="ro", **ends)
    response = admin.get("/tokens")

    found = re.search(r'id="new-token"[^>]*>([0-9a-f]{96})<', response.text)
    assert sent.status_code == 303
    assert found
    assert found[1] not in str(sent.headers)
    assert "2099-01-31 12:30" in response.text
    assert response.headers["cache-control"] == "no-store"
    assert found[1] not in admin.page("/tokens")
    clock, provider_id = deps.installation.clock, acme.provider.id
    with deps.database.read() as db:
        assert find_actor_by_token(db, clock, provider_id, "provider", found[1]) is not None


def test_loading_the_page_again_makes_no_second_token(deps: Dependencies, admin: Browser) -> None:
    admin.done("/tokens", name="CI", scope_stats="yes", permission="ro")
    for _ in range(2):
        admin.page("/tokens")

    with deps.database.read() as db:
        names = db.exec(select(AccessToken.name)).all()
    assert sorted(names) == ["CI", "First start"]


def test_a_value_that_was_not_sealed_for_who_looks_is_not_shown(
    deps: Dependencies, admin: Browser
) -> None:
    somebody_elses = deps.installation.vault.seal(f"999:{'a' * 96}").hex()

    for value in (somebody_elses, somebody_elses[:-2], "zz", "00" * 40):
        admin.client.cookies.set("admin_new_token", value, path="/p/admin")
        assert "Your new token" not in admin.page("/tokens")


def test_a_token_needs_a_name_and_a_scope(admin: Browser) -> None:
    nameless = admin.send("/tokens", "token", name="", scope_cms="yes", permission="rw")
    scopeless = admin.send("/tokens", "token", name="CI", permission="rw")
    odd = admin.send("/tokens", "token", name="CI", scope_cms="yes", permission="x")
    for at, told in (("soon", "a time such as"), ("2020-01-01T00:00", "in the future")):
        late = admin.send("/tokens", "token", name="CI", scope_cms="yes", expires_at=at)
        assert (late.status_code, told in late.text) == (422, True)

    assert nameless.status_code == scopeless.status_code == odd.status_code == 422
    assert "checked" in nameless.text.split('name="scope_cms" type="checkbox"')[1].split(">")[0]
    assert "Must be some of" in scopeless.text


def test_a_deleted_token_is_gone(admin: Browser) -> None:
    assert "is deleted; it opens nothing now." in admin.done("/tokens/1/delete")
    assert admin.send("/tokens/1/delete").status_code == 404
