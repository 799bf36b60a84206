"""Countries, in English. Source: ISO 3166-1 as CLDR names it."""

from dataclasses import dataclass
from functools import cache

from cms.liquid.drops.collection import Collection
from cms.liquid.drops.drop import Drop
from cms.liquid.drops.render_data import RenderData

CODE_LETTERS = 2
# Codes of CLDR that are none of ISO 3166-1.
NOT_COUNTRIES = frozenset(
    ("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ")
)


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its code."""

    code: str
    label: str


class CountryDrop(Drop[Country]):
    """A country; it reads as its name.

    Example: {% for country in countries limit: 1 %}{{ country.code }} {{ country }}{% endfor %}
    """

    shows = ("code", "label")
    says = {"code": "Two letters.", "label": "The name."}

    def __str__(self) -> str:
        return self.model.label


class Countries(Collection[CountryDrop]):
    """Countries, also by their code."""

    key = "code"


def countries_of(data: RenderData) -> Countries:
    """List the countries by name."""
    return Countries(CountryDrop(country, data) for country in _all())


@cache
def _all() -> tuple[Country, ...]:
    from babel import Locale  # it reads its data, which one page alone asks for

    names = Locale("en").territories.items()
    found = [
        Country(code, name)
        for code, name in names
        if len(code) == CODE_LETTERS and code.isalpha() and code not in NOT_COUNTRIES
    ]
    return tuple(sorted(found, key=lambda country: country.label))
