"""Filters on amounts."""

from decimal import Decimal, InvalidOperation

from liquid.exceptions import FilterArgumentError

from server.kit.money import DECIMALS, FEW_DECIMALS


def money(value: object, currency: object = "") -> str:
    """Write an amount; as fine as the currency divides, and with its code, when one is given."""
    code = str(currency or "")
    try:
        figures = f"{Decimal(str(value)):,.{DECIMALS.get(code, FEW_DECIMALS)}f}"
    except InvalidOperation as error:
        raise FilterArgumentError("expected an amount", token=None) from error
    return f"{code} {figures}" if code else figures


FILTERS = {"money": money}
