"""Amounts in templates: plain, or as fine as a currency divides and with its sign."""

import pytest
from liquid.exceptions import FilterArgumentError

from cms.liquid.filters.money import money


@pytest.mark.parametrize(
    ("value", "currency", "written"),
    [
        ("1234.5", "", "1,234.50"),
        ("1234.5", None, "1,234.50"),
        ("9.90", "USD", "$9.90"),
        ("1234.5", "EUR", "€1,234.50"),
        ("500", "JPY", "¥500"),
        ("1.255", "KWD", "KWD\xa01.255"),
        (3, "points", "points 3.00"),
    ],
)
def test_an_amount_is_written(value: object, currency: object, written: str) -> None:
    assert money(value, currency) == written


def test_what_is_no_amount_is_an_error_of_the_template() -> None:
    with pytest.raises(FilterArgumentError):
        money("much")
