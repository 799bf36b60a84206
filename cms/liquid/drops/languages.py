"""The language of the page: how dates look in it, and which others there are."""

from collections.abc import Mapping
from dataclasses import dataclass

from cms.content.catalogs import ENGLISH
from cms.content.theme import default_theme
from cms.liquid.drops.drop import Drop
from cms.liquid.language import language_of, languages_of

# By language: short_date, long_date, default_date, default_time.
PATTERNS: Mapping[str, tuple[str, str, str, str]] = {
    "en": ("%b %-d", "%B %-d, %Y", "%Y-%m-%d", "%Y-%m-%d %H:%M %Z"),
    "es": ("%-d %b", "%-d de %B de %Y", "%d/%m/%Y", "%d/%m/%Y %H:%M %Z"),
    "de": ("%-d. %b", "%-d. %B %Y", "%d.%m.%Y", "%d.%m.%Y %H:%M %Z"),
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """A language, seen from a page."""

    tag: str
    path: str  # of the page, with its query


class LanguageDrop(Drop[Spoken]):
    """One language that the portal speaks.

    Example: {% for language in i18n.languages %}
    <a href="{{ language.url }}">{{ language.name }}</a>{% endfor %}
    """

    shows = ("locale", "name", "url", "current?")

    @property
    def locale(self) -> str:
        """Its tag, such as `es`."""
        return self.model.tag

    @property
    def name(self) -> str:
        """What those call it who speak it."""
        return language_of(self.model.tag).name

    @property
    def url(self) -> str:
        """The page in this language."""
        return f"/{self.model.tag}{self.model.path}"

    @property
    def current(self) -> bool:
        """Return whether the page is in it."""
        return self.model.tag == self.data.locale


class I18nDrop(Drop[str]):
    """The language of the page; the model is the page's path. Source: reference-portal 2.3.

    Example: {{ application.created_at | date: i18n.long_date }}
    """

    shows = (
        "short_date",
        "long_date",
        "default_date",
        "default_time",
        "locale",
        "direction",
        "languages",
    )

    @property
    def short_date(self) -> str:
        """A pattern for `date`: day and month."""
        return self._patterns[0]

    @property
    def long_date(self) -> str:
        """A pattern for `date`: the month in full, with the year."""
        return self._patterns[1]

    @property
    def default_date(self) -> str:
        """A pattern for `date`: in figures."""
        return self._patterns[2]

    @property
    def default_time(self) -> str:
        """A pattern for `date`: in figures, with the time of day and its zone."""
        return self._patterns[3]

    @property
    def locale(self) -> str:
        """The tag of the language, such as `es`."""
        return self.data.locale

    @property
    def direction(self) -> str:
        """Where lines begin: `ltr` or `rtl`."""
        return self.data.language.direction

    @property
    def languages(self) -> list[LanguageDrop]:
        """All that the portal speaks."""
        tags = languages_of(default_theme())
        return [LanguageDrop(Spoken(tag, self.model), self.data) for tag in tags]

    @property
    def _patterns(self) -> tuple[str, str, str, str]:
        return PATTERNS.get(self.data.locale, PATTERNS[ENGLISH])
