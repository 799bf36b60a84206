"""The `date` filter: times that drops give out, seconds since 1970, and dates as people write."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone

from dateutil import parser
from liquid import RenderContext
from liquid.exceptions import FilterArgumentError
from liquid.filter import with_context
from markupsafe import Markup

from cms.liquid.drops.site import TodayDrop
from cms.liquid.formats import STYLES, WITH_TIME
from cms.liquid.limits import Rendering, language_in
from cms.liquid.strftime import strftime
from cms.liquid.words import words_of
from server.kit.clock import utc_now

MOST_PATTERN = 1_000  # characters
MOST_READ = 100  # characters of a date that somebody wrote
SECONDS = re.compile(r"[0-9]{1,20}")
HOUR_S = 3_600
ZONES = {  # hours from UTC, as Ruby knows them by name
    "UTC": 0,
    "GMT": 0,
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
}


@with_context
def date_filter(value: object, pattern: object, *, context: RenderContext) -> object:
    """Write a time by a pattern, or as the language does: `short`, `medium`, `long`, `full`.

    `long time` writes the time of day as well. What is no time stays as it is, and so does all
    without a pattern.
    """
    form = words_of(pattern)
    found = find_time(value, _now(context)) if form else None
    if found is None:
        return value
    if len(form) > MOST_PATTERN:
        raise FilterArgumentError("expected a shorter date pattern", token=None)
    language = language_in(context)
    if form.removesuffix(WITH_TIME) in STYLES:
        return language.date(found, str(form))
    written = strftime(found, form, language.tag)
    return Markup(written) if isinstance(form, Markup) else written  # noqa: S704 - names, figures


def _now(context: RenderContext) -> datetime:
    return context.render_scope.clock.now() if isinstance(context, Rendering) else utc_now()


def find_time(value: object, now: datetime) -> date | None:
    """Read a time, or what Liquid takes for one; a time without a zone is UTC."""
    if isinstance(value, TodayDrop):
        return value.model
    if isinstance(value, date):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return _at(value)
    if not isinstance(value, str) or not value.strip() or len(value) > MOST_READ:
        return None
    text = str(value).strip()
    if text.lower() in {"now", "today"}:
        return now
    return _at(int(text)) if SECONDS.fullmatch(text) else _read(text, now)


def _at(seconds: int) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OSError, OverflowError, ValueError):  # beyond what calendars know
        return None


def _read(text: str, now: datetime) -> datetime | None:
    """Read what somebody wrote. What a date leaves out begins anew; a mere time is of today."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    begin = today.replace(month=1, day=1)
    other = begin.replace(year=begin.year - 1, day=2)
    try:
        found, shifted = (_parsed(text, default) for default in (begin, other))
        if found.date() == begin.date() and shifted.date() == other.date():
            return _parsed(text, today)
    except (ArithmeticError, LookupError, TypeError, ValueError):
        return None
    return found


def _parsed(text: str, default: datetime) -> datetime:
    found: datetime = parser.parse(text, default=default, tzinfos=_zone)
    return found


def _zone(name: str | None, offset: int | None) -> timezone:
    """Find a zone; one that nobody knows is UTC."""
    hours = ZONES.get((name or "").upper(), 0)
    distance = timedelta(seconds=hours * HOUR_S if offset is None else offset)
    return timezone(distance, name) if name and distance else timezone(distance)


FILTERS: Mapping[str, Callable[..., object]] = {"date": date_filter}
