"""Access tokens in the admin portal."""

import re

from server.actions.provider.providers import NewProvider
from server.auth.actors import find_actor_by_token
from server.auth.dependencies import Dependencies
from tests.kit.browser import Browser


def test_a_token_is_shown_once_and_works(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    response = admin.send("/tokens", name="CI", scope_stats="yes", permission="ro")

    found = re.search(r'id="new-token"[^>]*>([0-9a-f]{96})<', response.text)
    assert found
    assert response.headers["cache-control"] == "no-store"
    assert found[1] not in admin.page("/tokens")
    clock, provider_id = deps.installation.clock, acme.provider.id
    with deps.database.read() as db:
        assert find_actor_by_token(db, clock, provider_id, "provider", found[1]) is not None


def test_a_token_needs_a_name_and_a_scope(admin: Browser) -> None:
    nameless = admin.send("/tokens", "token", name="", scope_cms="yes", permission="rw")
    scopeless = admin.send("/tokens", "token", name="CI", permission="rw")
    odd = admin.send("/tokens", "token", name="CI", scope_cms="yes", permission="x")

    assert nameless.status_code == scopeless.status_code == odd.status_code == 422
    assert "checked" in nameless.text.split('name="scope_cms" type="checkbox"')[1].split(">")[0]
    assert "Must be some of" in scopeless.text


def test_a_deleted_token_is_gone(admin: Browser) -> None:
    assert "is deleted; it opens nothing now." in admin.done("/tokens/1/delete")
    assert admin.send("/tokens/1/delete").status_code == 404
