"""One's own details and password in the admin portal."""

from collections.abc import Callable

from server.actions.provider.providers import NewProvider
from tests.kit.browser import Browser

NEW = "a new and longer password"


def test_own_details_are_changed(acme: NewProvider, admin: Browser) -> None:
    new = {"username": "root", "email": "root@acme.example", "first_name": "R"}

    for password in ({}, {"current_password": "wrong"}):
        refused = admin.send("/personal", "details", **new, **password)
        assert refused.status_code == 403
        assert 'id="details-current_password-error"' in refused.text
        assert 'value="root@acme.example"' in refused.text
    shown = admin.done("/personal", **new, current_password=acme.admin_password)

    assert 'value="root@acme.example"' in shown
    assert 'value="Ro"' in admin.done("/personal", **{**new, "first_name": "Ro"})
    refused = admin.send("/personal", "details", username="x", email="root@acme.example")
    assert 'id="details-username-error"' in refused.text


def test_a_new_password_ends_all_other_sessions(
    acme: NewProvider, admin: Browser, open_browser: Callable[[str], Browser]
) -> None:
    other = open_browser("localhost")
    other.log_in("admin", acme.admin_password)
    before = admin.client.cookies["admin_session"]

    shown = admin.done(
        "/personal/password", current_password=acme.admin_password, password=NEW, password_again=NEW
    )

    assert "Your password is changed." in shown
    assert admin.client.cookies["admin_session"] != before
    assert other.get("").status_code == 303


def test_a_password_is_refused_at_its_field(acme: NewProvider, admin: Browser) -> None:
    own = acme.admin_password
    for sent, field, status in (
        (("wrong", NEW, NEW), "current_password", 403),
        (("", NEW, NEW), "current_password", 403),
        ((own, "short", "short"), "password", 422),
        ((own, NEW, "another"), "password_again", 422),
    ):
        current, password, again = sent
        refused = admin.send(
            "/personal/password",
            "password",
            current_password=current,
            password=password,
            password_again=again,
        )
        assert refused.status_code == status
        assert f'id="password-{field}-error"' in refused.text
        assert NEW not in refused.text
