"""Limits of a plan in the admin portal."""

import pytest
from sqlmodel import select

from server.actions.plans.limits import list_limits
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.services.metrics import Metric
from tests.kit.browser import Browser


@pytest.fixture
def path(acme: NewProvider) -> str:
    plan_id = acme.sample.application.plan_id
    return f"/services/{acme.sample.service.id}/plans/{plan_id}/limits"


@pytest.fixture
def metric_id(deps: Dependencies, acme: NewProvider) -> str:
    with deps.database.read() as db:
        return str(db.exec(select(Metric.id)).one())


def values(deps: Dependencies, acme: NewProvider) -> list[tuple[str, int]]:
    with deps.database.read() as db:
        limits = list_limits(db, acme.sample.application.plan_id)
        return [(limit.period, limit.value) for limit in limits]


def test_a_limit_is_set_changed_and_deleted(
    path: str, metric_id: str, deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    shown = admin.done(path, metric_id=metric_id, period="hour", value="3")
    assert "At most 3 per hour, from the next call on." in shown

    with deps.database.read() as db:
        limit = list_limits(db, acme.sample.application.plan_id)[0]
    assert "At most 5 per hour" in admin.done(f"{path}/{limit.id}", value="5")
    assert values(deps, acme) == [("hour", 5)]
    assert "The limit is gone" in admin.done(f"{path}/{limit.id}/delete")
    assert admin.send(f"{path}/{limit.id}/delete").status_code == 404
    assert admin.send(f"{path}/{limit.id}", value="5").status_code == 404
    assert values(deps, acme) == []


def test_a_second_limit_is_refused_with_what_stands(
    path: str, metric_id: str, deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    form = f"new-limit-{metric_id}"
    admin.done(path, form, metric_id=metric_id, period="hour", value="1000")

    refused = admin.send(path, form, metric_id=metric_id, period="hour", value="7")

    assert refused.status_code == 409
    assert f'id="{form}-period-error"' in refused.text
    assert "at most 1000 per hour stands here" in refused.text
    assert values(deps, acme) == [("hour", 1000)]


def test_a_disabled_metric_has_a_limit_of_zero(
    path: str, metric_id: str, deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    admin.done(path, metric_id=metric_id, period="hour", value="3")

    assert 'badge bad">disabled' in admin.done(f"{path}/disable", metric_id=metric_id)
    assert ("eternity", 0) in values(deps, acme)

    admin.done(f"{path}/enable", metric_id=metric_id)
    assert values(deps, acme) == [("hour", 3)]


@pytest.mark.parametrize("value", ["", "-1", "many", "1.5", "9" * 17])
def test_a_bad_value_is_told_at_its_field(
    value: str, path: str, metric_id: str, admin: Browser
) -> None:
    form = f"new-limit-{metric_id}"

    refused = admin.send(path, form, metric_id=metric_id, period="hour", value=value)

    assert refused.status_code == 422
    assert f'id="{form}-value-error"' in refused.text


def test_an_unknown_period_or_metric_is_refused(path: str, metric_id: str, admin: Browser) -> None:
    assert admin.send(path, metric_id=metric_id, period="fortnight", value="1").status_code == 422
    assert admin.send(path, metric_id="777", period="hour", value="1").status_code == 404
