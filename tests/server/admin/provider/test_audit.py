"""The audit log in the admin portal."""

from server.actions.provider.providers import NewProvider
from tests.server.admin.browser import Browser


def test_a_change_is_logged_with_who_and_what(acme: NewProvider, admin: Browser) -> None:
    admin.done(f"/accounts/{acme.sample.application.account_id}", org_name="<i>New</i>")

    page = admin.page("/audit")

    assert "account updated" in page
    assert "<td>admin</td>" in page
    assert "<ins>&lt;i&gt;New&lt;/i&gt;</ins>" in page
