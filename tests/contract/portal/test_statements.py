"""A page asks the database as often for a hundred objects as for one."""

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from cms.rendering import renderer
from server.actions.applications.applications import create_application
from server.actions.applications.keys import add_key
from server.actions.applications.referrer_filters import add_filter
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.plans.plans import ApplicationPlan
from server.domain.services.services import Service
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.publish import publish
from tests.kit.work import by

EVERYTHING = """
{% for application in LIST %}
{{ application.name }} {{ application.plan.name }} {{ application.plan.flat_cost }}
{{ application.plan.bought? }} {{ application.plan.features.size }} {{ application.trial? }}
{{ application.plan.usage_limits.size }} {{ application.plan.metrics.first.usage_limits.size }}
{{ application.service.name }} {{ application.service.metrics.size }} {{ application.key }}
{{ application.service.plans.first.choosable? }} {{ application.service.api_specs.size }}
{{ application.service.service_plans.first.bought? }} {{ application.service.public_base_url }}
{{ application.application_keys.first.value }} {{ application.keys.size }}
{{ application.application_keys.first.application.name }} {{ application.can.delete_key? }}
{{ application.referrer_filters.first.value }} {{ application.can.add_application_keys? }}
{{ application.oauth.regenerate_secret_url }} {{ application.can.be_updated? }}
{% for each in application.usage %}{{ each.used }}{% endfor %}{{ application.refused_calls }}
{% endfor %}
"""
PAGES = {
    "the list of applications": ("/admin/applications", "applications/index", "applications"),
    "any page": ("/all", "/all", "current_account.applications"),
}


@pytest.mark.parametrize("title", PAGES)
def test_a_page_asks_as_often_for_many_as_for_one(
    deps: Dependencies,
    acme: NewProvider,
    browser: Browser,
    title: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(renderer, "may_be_bad", lambda *_: False)  # here, where we count
    path, name, variable = PAGES[title]
    publish(deps, acme.provider, {name: EVERYTHING.replace("LIST", variable)})
    browser.log_in_john(acme)

    counts = {}
    for number in (1, 10, 100):
        _fill_up(deps, acme, number)
        counts[number] = _count(deps, browser, path)

    assert len(set(counts.values())) == 1, counts
    assert counts[100] < 40


def _fill_up(deps: Dependencies, acme: NewProvider, number: int) -> None:
    """Give the account so many applications, all of them with a key and a filter."""
    account_id = acme.sample.application.account_id
    with deps.database.write() as db:
        work = by(db, staff(acme), deps.installation)
        db.exec(select(Service)).one().backend_version = "2"
        plan = db.exec(select(ApplicationPlan).order_by(col(ApplicationPlan.id))).first()
        assert plan
        first = acme.sample.application.id
        made = [first] if number == 1 else []
        for place in range(1 if number < 100 else 10, number):
            row = create_application(work, account_id, plan.id, {"name": f"App {place}"})
            made.append(row.id)
        for row_id in made:
            add_key(work, row_id)
            add_filter(work, row_id, "www.example.com")


def _count(deps: Dependencies, browser: Browser, path: str) -> int:
    statements: list[str] = []

    def note(*args: object) -> None:
        statements.append(str(args[2]))

    browser.page(path)  # templates are parsed, the session is touched
    event.listen(deps.database.engine, "before_cursor_execute", note)
    text = browser.page(path)
    event.remove(deps.database.engine, "before_cursor_execute", note)
    assert "www.example.com" in text
    return len(statements)
