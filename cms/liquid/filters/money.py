"""Filters on amounts."""

from decimal import Decimal, InvalidOperation

from liquid.exceptions import FilterArgumentError

from cms.liquid.filters.text import is_nothing
from cms.liquid.words import words_of
from server.kit.money import DECIMALS, FEW_DECIMALS

MOST_DIGITS = 30


def money(value: object, currency: object = "") -> str:
    """Write an amount; as fine as the currency divides, and with its code, when one is given.

    Nothing for nil.

    Example: {{ 12.5 | money: 'EUR' }} -> EUR 12.50
    """
    if is_nothing(value):
        return ""
    code = words_of(currency)
    try:
        amount = Decimal(str(value))
    except InvalidOperation as error:
        raise FilterArgumentError("expected an amount", token=None) from error
    if not amount.is_finite() or abs(amount.adjusted()) > MOST_DIGITS:
        raise FilterArgumentError("expected an amount that can be paid", token=None)
    figures = f"{amount:,.{DECIMALS.get(code, FEW_DECIMALS)}f}"
    return f"{code} {figures}" if code else figures


FILTERS = {"money": money}
