"""Filters on amounts."""

from decimal import Decimal, InvalidOperation

from liquid.exceptions import FilterArgumentError


def money(value: object) -> str:
    """Write an amount with two decimals."""
    try:
        return f"{Decimal(str(value)):,.2f}"
    except InvalidOperation as error:
        raise FilterArgumentError("expected an amount", token=None) from error


FILTERS = {"money": money}
