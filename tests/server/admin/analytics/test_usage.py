"""Usage statistics in the admin portal."""

from datetime import timedelta

from gateway.windows import Period, window_of
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.analytics.usage import ResponseCodeTotal, UsageTotal
from tests.kit.browser import Browser


def add_usage(deps: Dependencies, acme: NewProvider) -> None:
    now = deps.installation.clock.now()
    with deps.database.write() as db:
        for period, days, value in ((Period.HOUR, 0, 7), (Period.DAY, 0, 7), (Period.DAY, 9, 1234)):
            total = UsageTotal(
                application_id=acme.sample.application.id,
                metric_id=1,
                period=period.value,
                window_start=window_of(period, now - timedelta(days=days)).start,
                service_id=acme.sample.service.id,
                value=value,
            )
            db.add(total)


def test_usage_is_shown_by_hour_and_by_day(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    path = f"/services/{acme.sample.service.id}/usage"
    assert "Nothing is counted" in admin.page(path)
    add_usage(deps, acme)

    hours, days = admin.page(path), admin.page(f"{path}?span=days&metric_id=1")

    assert ">7 <span" in hours
    assert hours.count('<td data-label="Hits" class="end">') == 24
    assert "1\u202f241" in days
    assert days.count('<td data-label="Hits" class="end">') == 30


def test_an_unknown_metric_is_not_found(acme: NewProvider, admin: Browser) -> None:
    for metric_id in ("77", "x"):
        path = f"/services/{acme.sample.service.id}/usage?metric_id={metric_id}"
        assert admin.get(path).status_code == 404


def test_the_dashboard_sums_a_week(deps: Dependencies, acme: NewProvider, admin: Browser) -> None:
    add_usage(deps, acme)

    assert '<p class="big">7</p>' in admin.page("")


def test_answers_are_shown_by_response_code(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    path = f"/services/{acme.sample.service.id}/usage"
    assert "log[code]" in admin.page(path)
    with deps.database.write() as db:
        db.add(
            ResponseCodeTotal(
                application_id=acme.sample.application.id,
                code=429,
                period="hour",
                window_start=window_of(Period.HOUR, deps.installation.clock.now()).start,
                service_id=acme.sample.service.id,
                value=1_500,
            )
        )

    page = admin.page(path)

    assert '<th scope="row">429</th><td data-label="Calls" class="end">1\u202f500</td>' in page
    assert "log[code]" not in page
