"""The developer's usage page: limits, refused calls, spans, and the numbers as CSV."""

import csv
import html
import io
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from gateway.windows import Period, window_of
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.analytics.usage import RefusalTotal, UsageTotal
from server.domain.plans.limits import UsageLimit
from server.domain.services.metrics import Metric
from tests.kit.backend_apis import make_mounted
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.work import by

PAGE = "/buyer/stats"
APPLICATION = "/admin/applications/1"


def text_of(page: str) -> str:
    """Read a page as people do."""
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", page)).split())


def _hits(db: Session) -> Metric:
    return db.exec(select(Metric).where(Metric.system_name == "hits")).one()


def add_limit(deps: Dependencies, acme: NewProvider, period: str, value: int) -> None:
    plan_id = acme.sample.application.plan_id
    with deps.database.write() as db:
        of: dict[str, Any] = {
            "provider_id": acme.provider.id,
            "plan_id": plan_id,
            "metric_id": _hits(db).id,
        }
        db.add(UsageLimit(**of, period=period, value=value))


def add_traffic(deps: Dependencies, acme: NewProvider, *, used: int, refused: int) -> None:
    """Count calls of this hour for the application, and refused ones of it and of strangers."""
    application, now = acme.sample.application, deps.installation.clock.now()
    with deps.database.write() as db:
        metric_id = _hits(db).id
        for period in (Period.HOUR, Period.DAY):
            of: dict[str, Any] = {
                "service_id": application.service_id,
                "period": period.value,
                "window_start": window_of(period, now).start,
            }
            own = of | {"application_id": application.id}
            db.add(UsageTotal(**own, metric_id=metric_id, value=used))
            if refused:
                db.add(RefusalTotal(**own, code="limits_exceeded", value=refused))
            db.add(RefusalTotal(**of, application_id=0, code="application_not_found", value=99))


@pytest.mark.parametrize(
    ("used", "shown"),
    [
        (7, ("fine", "")),
        (8, ("near", "2 left")),
        (10, ("used_up", "used up: calls are refused")),
        (12, ("used_up", "used up: calls are refused")),
    ],
)
def test_a_limit_looks_as_far_used_as_it_is(
    used: int, shown: tuple[str, str], deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    state, words = shown
    add_limit(deps, acme, "hour", 10)
    add_traffic(deps, acme, used=used, refused=0)
    browser.log_in_john(acme)

    for path in (PAGE, APPLICATION, "/admin"):
        page = browser.get(path).text
        assert f'<progress class="{state}"' in page
        assert words in text_of(page)
        assert ("used up" in text_of(page)) is (state == "used_up")
        tile, table = text_of(page).split("Usage against the limits of the plan", 1)
        assert re.search(r"starts again in (\d+ minutes?|1 hour|less than a minute)", tile)
        assert re.search(rf"\b{used} 10 \d+ % \w+ \d+, \d{{4}}, \d+:00:00 [AP]M UTC", table)


def test_what_a_plan_does_not_give_is_not_called_used_up(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    add_limit(deps, acme, "day", 0)
    browser.log_in_john(acme)

    page = text_of(browser.get(PAGE).text)

    assert "not in this plan never" in page
    assert "used up" not in page


def test_refused_calls_are_shown_by_reason_and_a_strangers_are_not(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    browser.log_in_john(acme)
    assert "No call was refused in this time." in text_of(browser.get(PAGE).text)
    assert "refused in the last 24 hours" not in text_of(browser.get(APPLICATION).text)
    add_traffic(deps, acme, used=10, refused=34)

    page = text_of(browser.get(PAGE).text)
    notes = [text_of(browser.get(path).text) for path in (APPLICATION, "/admin")]

    assert "34 calls were refused." in page
    assert "limits_exceeded 429 34" in page
    assert "application_not_found" not in page
    assert all("34 calls were refused in the last 24 hours. See why" in note for note in notes)


def test_the_limit_of_the_spans_windows_is_a_line(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    add_limit(deps, acme, "hour", 10)
    add_traffic(deps, acme, used=10, refused=1)
    browser.log_in_john(acme)

    hours = browser.get(f"{PAGE}?span=hours").text
    days = browser.get(f"{PAGE}?span=week").text

    assert [hours.count(each) for each in ("data-plot=", "built/charts.js")] == [2, 1]  # drawn once
    assert 'class="limit"' in hours
    assert 'class="bar full"' in hours
    assert "at most 10" in text_of(hours)
    fold = re.search(r"(\d{4}-\S+ \d+:00) to (\d{4}-\S+ \d+:00) nothing", text_of(hours))
    assert fold
    first, last = map(datetime.fromisoformat, fold.groups())
    assert last - first == timedelta(hours=22)  # the starts of 23 hours
    assert re.search(r":00 10 1 \d{4}-", text_of(hours))
    assert 'class="limit"' not in days


@pytest.mark.parametrize(
    ("query", "chosen"),
    [
        ("", "days"),
        ("?days=7", "week"),
        ("?days=90", "quarter"),
        ("?days=8", "days"),
        ("?span=year", "year"),
        ("?span=century&days=x", "days"),
    ],
)
def test_the_span_is_chosen_by_name_or_by_days(
    query: str, chosen: str, acme: NewProvider, browser: Browser
) -> None:
    browser.log_in_john(acme)

    page = browser.get(PAGE + query).text

    assert re.findall(r'<option value="(\w+)" selected>Last', page) == [chosen]


def test_the_numbers_can_be_downloaded(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    add_traffic(deps, acme, used=10, refused=34)
    browser.log_in_john(acme)

    link = re.search(r'href="(/buyer/stats\.csv[^"]*)"', browser.get(f"{PAGE}?span=week").text)
    assert link is not None
    answer = browser.get(html.unescape(link[1]))

    header, newest, *rest = csv.reader(io.StringIO(answer.text, newline=""))
    assert header == ["day_utc", "hits", "refused", "limits_exceeded"]
    assert newest[1:] == ["10", "34", "34"]
    assert len(rest) == 6
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"


def test_what_a_backend_api_counts_can_be_chosen_by_where_it_is_mounted(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    application = acme.sample.application
    with deps.database.write() as db:
        work = by(db, staff(acme), deps.installation)
        number = make_mounted(work, application.service_id)["backend_metric_id"]
        start = window_of(Period.DAY, deps.installation.clock.now()).start
        of: dict[str, Any] = {"service_id": application.service_id, "metric_id": number}
        for application_id in (application.id, 0):
            of |= {"application_id": application_id, "period": "day", "window_start": start}
            db.add(UsageTotal(**of, value=4711))
    browser.log_in_john(acme)

    page = browser.get(f"{PAGE}?metric_id={number}").text
    told = browser.get(f"/buyer/stats.csv?metric_id={number}").text

    assert f'<option value="{number}" selected>Hits (/inventory)</option>' in page
    assert "4,711" in page
    assert "4711" in told


def test_visitors_and_strangers_download_nothing(acme: NewProvider, browser: Browser) -> None:
    visitor = browser.get(f"{PAGE}.csv")
    browser.log_in_john(acme)

    assert visitor.status_code == 303
    assert browser.get(f"{PAGE}.csv?application_id=77").status_code == 404


def test_plans_are_compared_by_what_they_include(acme: NewProvider, browser: Browser) -> None:
    row = browser.open("/plans").tree.xpath("//tr[th='24/7 support']/td")

    assert ["yes" in cell.text_content() for cell in row] == [False, True]
