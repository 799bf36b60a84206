"""The dashboard's checklist follows what is true."""

import re

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.applications.applications import Application
from tests.kit.browser import Browser


def done(browser: Browser) -> list[bool]:
    return [state == "done" for state in re.findall(r'<li class="(done|open)">', browser.page(""))]


def test_each_step_is_ticked_when_it_is_done(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    service, plan_id = f"/services/{acme.sample.service.id}", acme.sample.application.plan_id
    assert done(admin) == [False, False, False, False, False]

    admin.done(f"{service}/integration", api_test_path="/new")
    assert done(admin) == [True, False, False, False, False]

    admin.done(f"{service}/promote")
    assert done(admin) == [True, False, True, False, False]

    admin.done(f"{service}/plans/{plan_id}/limits", metric_id="1", period="hour", value="3")
    with deps.database.write() as db:
        application = db.get_one(Application, acme.sample.application.id)
        application.first_traffic_at = deps.installation.clock.now()
    admin.done("/accounts", org_name="Initech", username="peter", email="p@initech.example")
    assert done(admin) == [True, True, True, True, True]


def test_the_latest_signups_are_shown_and_those_that_wait(admin: Browser) -> None:
    admin.done("/settings", account_approval_required="yes", signups_enabled="yes")
    admin.done("/accounts", org_name="Initech", username="peter", email="p@initech.example")

    page = admin.page("")

    assert page.index("Initech") < page.index("Developer</a>")
    assert "1 waiting for your approval" in page
