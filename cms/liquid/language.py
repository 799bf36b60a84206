"""The language that a page or mail is in: its texts, how it counts, and how it writes numbers."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from cms.content.catalogs import ENGLISH, Catalog
from cms.content.theme import Theme, default_theme
from cms.liquid import formats

NAMES = {"en": "English", "es": "Español", "de": "Deutsch"}  # in themselves
FROM_THE_RIGHT = frozenset({"ar", "dv", "fa", "he", "ps", "ur", "yi"})


class Language:
    """One language, with the catalogs that know its texts, the theme's before the product's."""

    def __init__(self, tag: str, catalogs: Sequence[Catalog] = ()) -> None:
        self.tag = tag
        self._catalogs = catalogs

    @property
    def name(self) -> str:
        """What it is called by those who speak it."""
        return NAMES.get(self.tag, self.tag)

    @property
    def direction(self) -> str:
        """Where lines begin: `ltr` or `rtl`."""
        return "rtl" if self.tag.partition("-")[0] in FROM_THE_RIGHT else "ltr"

    def say(self, text: str) -> str:
        """Translate a text; what no catalog knows stays as it is."""
        for catalog in self._catalogs:
            said = catalog.find(text) if text else None
            if said is not None:
                return said
        return text

    def say_many(self, one: str, many: str, count: int) -> str:
        """Translate a text that counts, as the language counts."""
        for catalog in self._catalogs:
            said = catalog.find_many(one, many, count)
            if said is not None:
                return said
        return one if count == 1 else many

    def number(self, number: int) -> str:
        return formats.number_text(number, self.tag)

    def money(self, amount: Decimal, code: str) -> str:
        return formats.money_text(amount, code, self.tag)

    def price(self, amount: Decimal, code: str) -> str:
        """Write an amount with all its decimals, though its currency be coarser."""
        return formats.price_text(amount, code, self.tag)

    def date(self, moment: date, style: str) -> str:
        """Write a day or moment in one of the styles of `formats`."""
        return formats.date_text(moment, style, self.tag)


IN_ENGLISH = Language(ENGLISH)


@lru_cache(64)
def _language(tag: str, theme: Theme) -> Language:
    themes = dict.fromkeys((theme, default_theme()))
    found = [catalog for each in themes if (catalog := each.catalog(tag)) is not None]
    return Language(tag, found)


def language_of(tag: str, theme: Theme | None = None) -> Language:
    """Give a language as a theme speaks it; English for one that nobody speaks."""
    known = theme or default_theme()
    if tag == ENGLISH or tag not in languages_of(known):
        return IN_ENGLISH
    return _language(tag, known)


def languages_of(theme: Theme) -> tuple[str, ...]:
    """List the languages that a theme speaks, English first."""
    return tuple(dict.fromkeys((ENGLISH, *default_theme().languages, *theme.languages)))
