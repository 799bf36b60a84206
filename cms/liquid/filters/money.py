"""Filters on amounts."""

from decimal import Decimal, InvalidOperation

from liquid import RenderContext
from liquid.exceptions import FilterArgumentError
from liquid.filter import with_context

from cms.liquid.filters.text import is_nothing
from cms.liquid.language import IN_ENGLISH
from cms.liquid.limits import language_in
from cms.liquid.words import words_of

MOST_DIGITS = 30


@with_context
def money(value: object, currency: object = "", *, context: RenderContext | None = None) -> str:
    """Write an amount; as fine as the currency divides, and with its sign, when one is given.

    As the language writes it: `€1,234.50`, `1.234,50 €`. Nothing for nil.

    Example: {{ 12.5 | money: 'EUR' }} -> €12.50
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
    return (language_in(context) if context else IN_ENGLISH).money(amount, str(code))


FILTERS = {"money": money}
