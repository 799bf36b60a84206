"""Numbers, amounts and dates as a language writes them. Source: Unicode CLDR, through Babel.

Babel is loaded by the first page that needs it: it takes some 60 ms and 10 MB.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from cms.content.catalogs import ENGLISH
from server.kit.money import DECIMALS, FEW_DECIMALS

MOST_KEPT = 4_096  # of what was written, of each kind
Width = Literal["abbreviated", "wide"]
STYLES = ("short", "medium", "long", "full")
WITH_TIME = " time"  # after a style: the time of day as well
LETTERS_BEFORE_FIGURES = re.compile(r"(?<=[A-Z]{3})(?=[0-9])")  # KWD 1.255; Babel leaves none
NARROW_BLANK = "\u202f"  # which CLDR sets before AM and PM; not in every font


@lru_cache(MOST_KEPT)
def number_text(number: int, tag: str) -> str:
    """Write a whole number with its thousands apart."""
    if tag == ENGLISH:
        return f"{number:,}"
    from babel.numbers import format_decimal

    return format_decimal(number, locale=tag)


@lru_cache(MOST_KEPT)
def money_text(amount: Decimal, code: str, tag: str) -> str:
    """Write an amount as fine as its currency divides, with its sign; no sign without a code."""
    decimals = DECIMALS.get(code, FEW_DECIMALS)
    if not code and tag == ENGLISH:
        return f"{amount:,.{decimals}f}"
    from babel.numbers import format_currency, format_decimal

    figures = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
    if code not in DECIMALS:
        written = format_decimal(amount, figures, locale=tag)
        return f"{code} {written}".strip()
    rounded = round(amount, decimals)
    written = format_currency(rounded, code, locale=tag, currency_digits=True)
    return LETTERS_BEFORE_FIGURES.sub("\xa0", written)


def price_text(amount: Decimal, code: str, tag: str) -> str:
    """Write an amount with its currency's sign, as fine as it is: `$0.0005`, `¥3`."""
    from babel.numbers import format_currency

    written = format_currency(amount, code, locale=tag, decimal_quantization=False)
    return LETTERS_BEFORE_FIGURES.sub("\xa0", written)


def date_text(moment: date, style: str, tag: str) -> str:
    """Write a day, or a moment when the style ends with ` time`, as short or long as it says."""
    from babel.dates import format_date, format_datetime

    length = style.removesuffix(WITH_TIME)
    if style.endswith(WITH_TIME) and isinstance(moment, datetime):
        zone = moment.tzinfo
        written = format_datetime(moment, length, tzinfo=zone, locale=tag)
        return written.replace(NARROW_BLANK, " ")
    return format_date(moment, length, locale=tag)


@lru_cache(64)
def names_of(what: str, width: Width, tag: str) -> tuple[str, ...]:
    """List the names of `months` from January, or of `days` from Monday."""
    from babel.dates import get_day_names, get_month_names

    names: Callable[..., Mapping[int, str]] = get_month_names
    if what == "days":
        names = get_day_names
    found = names(width, locale=tag)
    return tuple(found[number] for number in sorted(found))
