"""Application plans in the admin portal."""

import pytest

from server.actions.provider.providers import NewProvider
from tests.kit.browser import Browser


@pytest.fixture
def path(acme: NewProvider) -> str:
    return f"/services/{acme.sample.service.id}/plans"


@pytest.fixture
def basic(path: str, acme: NewProvider) -> str:
    return f"{path}/{acme.sample.application.plan_id}"


def test_a_new_plan_is_hidden_until_it_is_published(path: str, admin: Browser) -> None:
    shown = admin.done(path, name="Gold", cost_per_month="12.50", trial_period_days="14")
    gold = f"{path}/" + shown.split(f'action="/p/admin{path}/')[1].split("/")[0]

    assert 'badge waiting">hidden' in shown
    assert 'value="12.50"' in shown
    assert 'badge good">published' in admin.done(f"{gold}/publish")
    assert 'badge waiting">hidden' in admin.done(f"{gold}/hide")
    assert "is the default for signups now." in admin.done(f"{gold}/default")
    assert "Gold is deleted." in admin.done(f"{gold}/delete")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 300),
        ("setup_fee", "free"),
        ("setup_fee", "1.234"),
        ("setup_fee", "NaN"),
        ("setup_fee", "1e999999"),
        ("cost_per_month", "-1"),
        ("trial_period_days", "soon"),
        ("trial_period_days", "99999"),
        ("position", "0"),
        ("position", "first"),
    ],
)
def test_a_bad_field_is_told_where_it_is(
    field: str, value: str, path: str, basic: str, admin: Browser
) -> None:
    sent = {"name": "Gold", "description": "kept", field: value}

    for target in (path, basic):
        refused = admin.send(target, "plan", **sent)

        assert refused.status_code == 422
        assert f'id="plan-{field}-error"' in refused.text
        assert "kept</textarea>" in refused.text


def test_a_plan_is_changed_and_copied_with_its_limits(basic: str, admin: Browser) -> None:
    admin.done(f"{basic}/limits", metric_id="1", period="hour", value="3")

    assert "<h1>Starter</h1>" in admin.done(basic, name="Starter", description="For a start")
    copied = admin.done(f"{basic}/copy")

    assert "<h1>Starter (copy)</h1>" in copied
    assert "At most per hour" in copied


def test_a_plan_in_use_stays(basic: str, admin: Browser) -> None:
    refused = admin.send(f"{basic}/delete")

    assert refused.status_code == 409
    assert "1 application is on this plan." in refused.text
    assert admin.send(f"{basic}/explode").status_code == 404


def test_a_plan_of_another_service_is_not_found(path: str, basic: str, admin: Browser) -> None:
    admin.done("/services", name="Other", backend_version="1")

    assert admin.get(basic.replace("/services/1/", "/services/2/")).status_code == 404


def test_plans_are_listed_by_their_position(path: str, basic: str, admin: Browser) -> None:
    assert admin.page(path).index("Basic") < admin.page(path).index("Unlimited")

    shown = admin.done(basic, name="Basic", position="9")

    assert 'value="9"' in shown.split('id="plan-position"')[1].split(">")[0]
    assert admin.page(path).index("Basic") > admin.page(path).index("Unlimited")
