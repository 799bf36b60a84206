"""Which rows a form for many names."""

from tests.kit.browser import Browser


def test_what_is_no_id_is_nobodys(admin: Browser) -> None:
    refused = admin.send("/accounts/many/approve", {"pick_x": "yes", "pick_5": "no", "shown": ""})

    assert refused.status_code == 422
