"""Amounts of money: how fine a currency divides, and how they are written. Source: ISO 4217."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

MOST_DECIMALS = 4  # of any currency
MOST_AMOUNT = Decimal("9999999999.9999")
FEW_DECIMALS: Final = 2  # how an amount is written when nothing finer is in it
FINEST: Final = Decimal(1).scaleb(-MOST_DECIMALS)

_BY_DECIMALS: Final = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: (
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD "
        "CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD "
        "GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL "
        "MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN "
        "PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP "
        "SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW"
    ),
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
DECIMALS: Final = {
    code: decimals for decimals, codes in _BY_DECIMALS.items() for code in codes.split()
}
CURRENCIES: Final = tuple(sorted(DECIMALS))
DEFAULT_CURRENCY = "USD"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency, which is one of CURRENCIES."""

    amount: Decimal
    currency: str

    @property
    def figures(self) -> str:
        """The amount as fine as the currency divides: `9.90`, `500`, `1.255`."""
        return f"{self.amount:.{DECIMALS[self.currency]}f}"

    @property
    def is_payable(self) -> bool:
        """Return whether the currency divides finely enough to pay exactly this."""
        return self.amount == round(self.amount, DECIMALS[self.currency])

    @property
    def exact(self) -> str:
        """The amount with its currency, as fine as it is: `USD 0.0005`, `USD 0.10`, `JPY 3`."""
        least = DECIMALS[self.currency]
        fits = (n for n in range(least, MOST_DECIMALS) if self.amount == round(self.amount, n))
        return f"{self.currency} {self.amount:.{next(fits, MOST_DECIMALS)}f}"

    def __str__(self) -> str:
        return f"{self.currency} {self.figures}"


def tidy(amount: Decimal) -> Decimal:
    """Write an amount with two decimals, or more where it has more: `9.9` as `9.90`."""
    decimals = next(
        (n for n in range(FEW_DECIMALS, MOST_DECIMALS) if amount == round(amount, n)),
        MOST_DECIMALS,
    )
    return round(amount, decimals)
