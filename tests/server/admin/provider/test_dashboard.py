"""The dashboard: what is shown when."""

from server.actions.accounts.signup import NewSignup, sign_up
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.work import by


def test_the_latest_signups_are_shown_newest_first(admin: Browser) -> None:
    admin.done("/accounts", org_name="Initech", username="peter", email="p@initech.example")

    page = admin.page("").split("Latest signups")[1]

    assert page.index("Initech") < page.index("Developer</a>")


def test_nobody_waits_at_first(admin: Browser) -> None:
    assert "waiting</span>" not in admin.page("")


def test_a_member_sees_who_waits_but_no_buttons(
    deps: Dependencies, acme: NewProvider, admin: Browser, member: Browser
) -> None:
    admin.done("/settings", account_approval_required="yes", signups_enabled="yes")
    with deps.database.write() as db:
        draft = NewSignup(org_name="Initech", username="peter", email="p@initech.example")
        sign_up(by(db, staff(acme), deps.installation), draft, "provider")

    shown = member.page("")

    assert "1 waiting" in shown
    assert "/approve" not in shown
