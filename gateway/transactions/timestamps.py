"""When a reported transaction happened. Pure. Source: service-management-api 10."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from gateway.transactions.errors import timestamp_too_new, timestamp_too_old
from gateway.transactions.params import Value

OLDEST_S = 86_400
NEWEST_S = 3_600
LONGEST = 64  # characters of a date
UNIX_SECONDS = re.compile(r"[+-]?[0-9]{1,15}", re.ASCII)
SLASHES = re.compile(r"^([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})(?![0-9])", re.ASCII)
DASHES = re.compile(r"\b([0-9]{1,2})-([A-Za-z]{3})-([0-9]{2,4})\b", re.ASCII)
HALF_DAY = re.compile(r"\b(0?[1-9]|1[0-2])((?::[0-9]{2}){1,2}) ?([AaPp])[Mm]\b", re.ASCII)
OFFSET = re.compile(r"(?<=[0-9]) ?([+-])([0-9]{2}):?([0-9]{2})$", re.ASCII)
# `Fri May 7 17:28:12 EST 2010`, as a shell writes it.
ZONE_INSIDE = re.compile(r"(?<=:[0-9]{2}) ([A-Z]{1,4}|[+-][0-9]{4}) ([0-9]{4})$", re.ASCII)
ZONE = re.compile(r"(?<=[0-9 ])([A-Z]{1,4})$", re.ASCII | re.IGNORECASE)
FRACTION = re.compile(r"(?<=:[0-9]{2})[.,]([0-9]{1,12})(?![0-9])", re.ASCII)
# Hours ahead of UTC, of the names that dates are commonly written with. Source: RFC 2822 4.3, tz.
HOURS_AHEAD = (
    (0, "Z UT UTC GMT WET"),
    (1, "WEST BST CET MEZ"),
    (2, "CEST MESZ EET SAST"),
    (3, "EEST MSK"),
    (5.5, "IST"),
    (8, "HKT SGT"),
    (9, "JST KST"),
    (10, "AEST"),
    (11, "AEDT"),
    (-3.5, "NST"),
    (-2.5, "NDT"),
    (-3, "ADT BRT"),
    (-4, "EDT AST"),
    (-5, "EST CDT"),
    (-6, "CST MDT"),
    (-7, "MST PDT"),
    (-8, "PST AKDT"),
    (-9, "AKST"),
    (-10, "HST"),
)
ZONES = {name: hours for hours, names in HOURS_AHEAD for name in names.split()}


def parse_timestamp(value: Value, now_s: float) -> float | None:
    """Read a timestamp as UNIX seconds; None, which is now, when it is blank or unreadable.

    Raises: WireError for more than a day ago or an hour ahead.
    """
    at_s = _find_seconds(value.strip()) if isinstance(value, str) else None
    if at_s is None:
        return None
    if at_s < now_s - OLDEST_S:
        raise timestamp_too_old(OLDEST_S)
    if at_s > now_s + NEWEST_S:
        raise timestamp_too_new(NEWEST_S)
    return at_s


def _find_seconds(text: str) -> float | None:
    """Read ISO 8601 and what is near to it, RFC 2822, HTTP dates and asctime."""
    if UNIX_SECONDS.fullmatch(text):
        return float(text)
    if len(text) > LONGEST:
        return None
    text = ZONE_INSIDE.sub(r" \2 \1", " ".join(text.split()))
    text, zone = _without_zone(HALF_DAY.sub(_of_whole_day, text))
    at = _find_iso(text) or _find_mail_date(text)
    return None if at is None else at.replace(tzinfo=zone).timestamp()


def _without_zone(text: str) -> tuple[str, timezone]:
    """Cut off what tells the zone; without it, or with one of an unknown name, it is UTC."""
    zone = UTC
    name = ZONE.search(text)
    if name is not None and name[1].upper() in ZONES:
        zone = timezone(timedelta(hours=ZONES[name[1].upper()]))
        text = text[: name.start()].strip()
    offset = OFFSET.search(text)
    if offset is not None and ":" in text[: offset.start()]:
        sign = -1 if offset[1] == "-" else 1
        ahead = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
        if ahead < timedelta(days=1):
            return text[: offset.start()], timezone(sign * ahead)
    return text, zone


def _of_whole_day(clock: re.Match[str]) -> str:
    hour = int(clock[1]) % 12 + (12 if clock[3] in "pP" else 0)
    return f"{hour:02d}{clock[2]}"


def _find_iso(text: str) -> datetime | None:
    text = SLASHES.sub(lambda date: f"{date[1]}-{date[2]:0>2}-{date[3]:0>2}", text)
    text = FRACTION.sub(lambda part: f".{part[1][:6]:0<6}", text)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _find_mail_date(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(DASHES.sub(r"\1 \2 \3", text))
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
