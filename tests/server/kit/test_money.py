"""Amounts are written as fine as their currency divides, and never rounded unseen."""

from decimal import Decimal

import pytest

from server.kit.money import CURRENCIES, DECIMALS, MOST_DECIMALS, Money, tidy


@pytest.mark.parametrize(
    ("amount", "currency", "written", "is_payable"),
    [
        ("9.9", "USD", "USD 9.90", True),
        ("500", "JPY", "JPY 500", True),
        ("0.5", "JPY", "JPY 0", False),
        ("1.255", "KWD", "KWD 1.255", True),
        ("1.255", "EUR", "EUR 1.26", False),
        ("1.2345", "CLF", "CLF 1.2345", True),
    ],
)
def test_money_is_written_and_paid_in_the_units_of_its_currency(
    amount: str, currency: str, written: str, is_payable: bool
) -> None:
    money = Money(Decimal(amount), currency)

    assert str(money) == written
    assert money.is_payable is is_payable


@pytest.mark.parametrize(
    ("amount", "tidied"),
    [("9", "9.00"), ("9.9000", "9.90"), ("1.2550", "1.255"), ("1.2345", "1.2345"), ("0", "0.00")],
)
def test_an_amount_has_two_decimals_or_what_it_needs(amount: str, tidied: str) -> None:
    assert str(tidy(Decimal(amount))) == tidied


def test_currencies_are_codes_of_three_letters_that_no_column_is_too_coarse_for() -> None:
    assert {len(code) for code in CURRENCIES} == {3}
    assert max(DECIMALS.values()) <= MOST_DECIMALS
