"""Writing times by a pattern as Liquid does: all directives of Ruby, with flags and widths."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta

from cms.content.catalogs import ENGLISH
from cms.liquid import formats

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
DIRECTIVE = re.compile(
    r"%(?P<flags>[-0^#_]*)(?P<width>\d{0,2})(?P<colons>:{0,3})[EO]?(?P<letter>[A-Za-z%+])"
)
COMBINED: Mapping[str, str] = {
    "c": "%a %b %e %H:%M:%S %Y",
    "D": "%m/%d/%y",
    "F": "%Y-%m-%d",
    "r": "%I:%M:%S %p",
    "R": "%H:%M",
    "T": "%H:%M:%S",
    "v": "%e-%^b-%Y",
    "x": "%m/%d/%y",
    "X": "%H:%M:%S",
    "+": "%a %b %e %H:%M:%S %Z %Y",
}
# A letter -> the number, its usual width, and what it is filled up with.
NUMBERS: Mapping[str, tuple[Callable[[datetime], int], int, str]] = {
    "C": (lambda at: at.year // 100, 2, "0"),
    "d": (lambda at: at.day, 2, "0"),
    "e": (lambda at: at.day, 2, " "),
    "G": (lambda at: at.isocalendar().year, 4, "0"),
    "g": (lambda at: at.isocalendar().year % 100, 2, "0"),
    "H": (lambda at: at.hour, 2, "0"),
    "I": (lambda at: at.hour % 12 or 12, 2, "0"),
    "j": (lambda at: at.timetuple().tm_yday, 3, "0"),
    "k": (lambda at: at.hour, 2, " "),
    "l": (lambda at: at.hour % 12 or 12, 2, " "),
    "M": (lambda at: at.minute, 2, "0"),
    "m": (lambda at: at.month, 2, "0"),
    "S": (lambda at: at.second, 2, "0"),
    "s": (lambda at: (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(seconds=1), 1, "0"),
    "U": (lambda at: (at.timetuple().tm_yday + 6 - at.isoweekday() % 7) // 7, 2, "0"),
    "u": (lambda at: at.isoweekday(), 1, "0"),
    "V": (lambda at: at.isocalendar().week, 2, "0"),
    "W": (lambda at: (at.timetuple().tm_yday + 6 - at.weekday()) // 7, 2, "0"),
    "w": (lambda at: at.isoweekday() % 7, 1, "0"),
    "Y": (lambda at: at.year, 4, "0"),
    "y": (lambda at: at.year % 100, 2, "0"),
}
TEXTS: Mapping[str, Callable[[datetime], str]] = {
    "A": lambda at: DAYS[at.weekday()],
    "a": lambda at: DAYS[at.weekday()][:3],
    "B": lambda at: MONTHS[at.month - 1],
    "b": lambda at: MONTHS[at.month - 1][:3],
    "h": lambda at: MONTHS[at.month - 1][:3],
    "n": lambda _: "\n",
    "P": lambda at: "am" if at.hour < 12 else "pm",
    "p": lambda at: "AM" if at.hour < 12 else "PM",
    "t": lambda _: "\t",
    "Z": lambda at: at.tzname() or "",
    "%": lambda _: "%",
}
NAMED: Mapping[str, tuple[str, formats.Width]] = {  # in other languages
    "A": ("days", "wide"),
    "a": ("days", "abbreviated"),
    "B": ("months", "wide"),
    "b": ("months", "abbreviated"),
    "h": ("months", "abbreviated"),
}
MILLI, NANO = 3, 9  # figures of a fraction of a second


def strftime(at: date, pattern: str, tag: str = ENGLISH) -> str:
    """Write a time, its months and days in a language; what is no directive stays as it is.

    A time without a zone is UTC.
    """
    moment = at if isinstance(at, datetime) else datetime(at.year, at.month, at.day, tzinfo=UTC)
    aware = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    return DIRECTIVE.sub(lambda match: _written(aware, match, tag), pattern)


def _written(at: datetime, match: re.Match[str], tag: str) -> str:
    letter, flags, colons = match["letter"], match["flags"], match["colons"]
    width = int(match["width"] or 0)
    if letter == "z":
        return _offset(at, len(colons), flags, width)
    if colons:
        return match[0]
    if letter in NUMBERS:
        return _number(at, letter, flags, width)
    if letter in {"L", "N"}:
        figures = f"{at.microsecond:06}000"
        return figures.ljust(width, "0")[: width or (MILLI if letter == "L" else NANO)]
    if letter in COMBINED:
        text = strftime(at, COMBINED[letter], tag)
    elif letter in NAMED and tag != ENGLISH:
        text = _name(at, letter, tag)
    elif letter in TEXTS:
        text = TEXTS[letter](at)
    else:
        return match[0]
    return _padded(_cased(text, letter, flags), flags, width)


def _name(at: datetime, letter: str, tag: str) -> str:
    what, width = NAMED[letter]
    return formats.names_of(what, width, tag)[at.month - 1 if what == "months" else at.weekday()]


def _number(at: datetime, letter: str, flags: str, width: int) -> str:
    read, usual, filler = NUMBERS[letter]
    if "-" in flags:
        return str(read(at))
    for flag in flags:
        filler = {"0": "0", "_": " "}.get(flag, filler)
    number = str(read(at))
    return number.zfill(width or usual) if filler == "0" else number.rjust(width or usual, filler)


def _cased(text: str, letter: str, flags: str) -> str:
    if "^" in flags:
        return text.upper()
    if "#" in flags:
        return text.lower() if letter in {"p", "Z"} else text.upper()
    return text


def _padded(text: str, flags: str, width: int) -> str:
    return text.rjust(width, "0" if "0" in flags else " ") if "-" not in flags else text


def _offset(at: datetime, colons: int, flags: str, width: int) -> str:
    """Write the distance from UTC: `+0130`, with colons `+01:30`, `+01:30:00`, `+01:30`."""
    offset = at.utcoffset() or timedelta()
    sign = "-" if offset < timedelta() else "+"
    minutes, seconds = divmod(int(abs(offset).total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    rest = [minutes, seconds] if colons == 2 else [minutes]
    if colons == 3:
        rest = [minutes, seconds] if seconds else [minutes] if minutes else []
    tail = "".join(f"{':' if colons else ''}{part:02}" for part in rest)
    if "_" in flags:
        return f"{sign}{hours}{tail}".rjust(width)
    head = str(hours) if "-" in flags else f"{hours:02}"
    return f"{sign}{head.zfill(max(len(head), width - len(tail) - 1))}{tail}"
