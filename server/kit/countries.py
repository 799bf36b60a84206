"""The countries of the world, by their ISO 3166 codes; read when they are first asked for."""

from collections.abc import Mapping
from functools import cache

NO_COUNTRIES = frozenset(  # codes of CLDR that are reserved, groups, or parts with no code in ISO
    {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
)


@cache
def country_names() -> Mapping[str, str]:
    """Tell the English name of each country, by code, in the order of the names."""
    from babel import Locale

    territories = Locale("en").territories
    named = {
        code: str(name)
        for code, name in territories.items()
        if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES
    }
    return dict(sorted(named.items(), key=lambda pair: pair[1]))


@cache
def _codes() -> Mapping[str, str]:
    """Tell the code of each name, whatever its case."""
    return {name.casefold(): code for code, name in country_names().items()}


def find_country(text: str) -> str | None:
    """Find the code of a country that is given by code or English name; None for no country."""
    code = text.strip().upper()
    return code if code in country_names() else _codes().get(text.strip().casefold())
