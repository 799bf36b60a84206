"""Usage statistics in the admin portal."""

import csv
import html
import io
import re
from datetime import timedelta
from typing import Any

import pytest

from gateway.windows import Period, window_of
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.analytics.usage import RefusalTotal, ResponseCodeTotal, UsageTotal
from server.domain.plans.limits import UsageLimit
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
    assert "nothing in 23 hours" in hours
    assert "1\u202f241" in days
    assert days.count("<rect") == 2
    assert [days.count(f"nothing in {count} days") for count in (8, 20)] == [1, 1]
    assert days.index(">7<") < days.index("nothing in 8 days") < days.index(">1\u202f234</td>")


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

    assert 'scope="row">429</th><td data-label="Calls" class="end">1\u202f500</td>' in page
    assert "log[code]" not in page


def add_refusals(deps: Dependencies, acme: NewProvider) -> None:
    now = deps.installation.clock.now()
    application = acme.sample.application
    with deps.database.write() as db:
        for period in (Period.HOUR, Period.DAY):
            for application_id, code, value in (
                (application.id, "limits_exceeded", 34),
                (application.id, "application_not_active", 3),
                (0, "application_not_found", 1_002),
            ):
                total = RefusalTotal(
                    service_id=application.service_id,
                    application_id=application_id,
                    code=code,
                    period=period.value,
                    window_start=window_of(period, now).start,
                    value=value,
                )
                db.add(total)


def text_of(page: str) -> str:
    """Read a page as people do."""
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", page)).split())


def test_refusals_are_shown_by_reason_and_by_application(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    path = f"/services/{acme.sample.service.id}/usage"
    assert "No call was refused in this span." in admin.page(path)
    add_refusals(deps, acme)

    page = text_of(admin.page(path))

    assert "1 039 refused" in page
    assert "limits_exceeded 429 34" in page
    assert "application_not_found 403 1 002" in page
    name = acme.sample.application.name
    assert f"{name} Limit used up: 34, Application not active: 3 37" in page
    assert "no known application Unknown key: 1 002 1 002" in page


def test_an_application_shows_its_own_refusals_and_limits(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    application = acme.sample.application
    add_usage(deps, acme)
    add_refusals(deps, acme)
    with deps.database.write() as db:
        limit: dict[str, Any] = {
            "provider_id": acme.provider.id,
            "plan_id": application.plan_id,
            "metric_id": 1,
        }
        db.add(UsageLimit(**limit, period="hour", value=7))
        db.add(UsageLimit(**limit, period="day", value=1_000_000))

    shown = text_of(admin.page(f"/applications/{application.id}"))
    source = admin.page(f"/applications/{application.id}/usage")
    page = text_of(source)

    assert "37 calls were refused in the last 24 hours." in shown
    assert "used up: calls are refused" in shown
    assert 'class="bar full"' in source
    assert "limit 7" in page
    assert "37 refused" in page
    assert "application_not_found" not in page
    days = text_of(admin.page(f"/applications/{application.id}/usage?span=days"))
    assert "The limit of 1 000 000 per day is far above." in days


@pytest.mark.parametrize("of", ["service", "application"])
def test_what_is_shown_can_be_downloaded(
    of: str, deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    add_usage(deps, acme)
    add_refusals(deps, acme)
    path = f"/{of}s/{getattr(acme.sample, of).id}/usage"

    link = re.search(r'href="/[^"]*?(/\w+/\d+/usage\.csv[^"]*)"', admin.page(f"{path}?span=week"))
    assert link is not None
    answer = admin.get(html.unescape(link[1]))

    header, newest, *rest = csv.reader(io.StringIO(answer.text, newline=""))
    unknown = of == "service"
    assert header[:3] == ["day_utc", "hits", "refused"]
    assert newest[1:3] == ["7", "1039" if unknown else "37"]
    assert ("application_not_found" in header) is unknown
    assert len(rest) == 6
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].startswith('attachment; filename="usage-')


@pytest.mark.parametrize("path", ["/usage", "/usage.csv"])
def test_a_foreign_application_is_not_found(path: str, globex: NewProvider, admin: Browser) -> None:
    assert admin.get(f"/applications/{globex.sample.application.id}{path}").status_code == 404


def test_the_dashboard_tells_of_refused_calls(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    assert "refused" not in admin.page("")
    add_refusals(deps, acme)

    page = text_of(admin.page(""))

    assert "1 039 calls refused : unknown key 1 002, limit used up 34" in page
