"""Forms that wait for a login: without secrets, for their place alone."""

import pytest

from server.web.kept_forms import MOST_BYTES, keep_form, open_form
from tests.kit.make import TEST_VAULT

PLACE = "developer localhost /admin/applications"


def test_a_form_is_opened_where_it_was_sent() -> None:
    typed = {"application[name]": "Ünïted", "_method": "put", "auth_user_key": "apikey"}

    sealed = keep_form(TEST_VAULT, PLACE, typed)

    assert open_form(TEST_VAULT, PLACE, sealed) == typed
    assert open_form(TEST_VAULT, f"{PLACE}/1", sealed) is None
    assert "application" not in sealed


@pytest.mark.parametrize(
    "name",
    ["password", "user[current_password]", "key", "user_key", "application[user_key]", "csrf"]
    + ["authenticity_token", "secret_token", "account[user][password]", "user[password]"],
)
def test_secrets_are_not_kept(name: str) -> None:
    sealed = keep_form(TEST_VAULT, PLACE, {name: "hush", "name": "told"})

    assert open_form(TEST_VAULT, PLACE, sealed) == {"name": "told"}


@pytest.mark.parametrize("sealed", ["", "x", "AAAA", "ü", "A" * 100, "%%%%"])
def test_what_is_not_ours_is_nothing(sealed: str) -> None:
    assert open_form(TEST_VAULT, PLACE, sealed) is None


@pytest.mark.parametrize("form", [{}, {"_method": "delete", "form_id": "x", "csrf": "x"}])
def test_a_form_of_buttons_is_not_kept(form: dict[str, str]) -> None:
    assert keep_form(TEST_VAULT, PLACE, form) == ""


def test_what_would_be_too_long_to_send_again_is_not_kept() -> None:
    assert keep_form(TEST_VAULT, PLACE, {"body": "x" * MOST_BYTES}) == ""
