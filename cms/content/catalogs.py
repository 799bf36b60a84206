"""The texts of a theme in other languages: catalogs as translators write them, read when asked for.

The English text is the key, so English needs no catalog.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

ENGLISH = "en"
PLACE = re.compile(r"%\{(\w+)\}")
LEAST_WORDS = 8  # characters beside the places: with fewer a pattern would fit anything
MOST_FOUND = 2_000  # texts whose pattern was looked for
MOST_TEXT = 600  # characters of a text whose pattern is looked for


class Catalog:
    """One language of one theme. Thread-safe."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._found_anew = lru_cache(MOST_FOUND)(self._made_anew)

    def find(self, text: str) -> str | None:
        """Find the translation of a text; None when there is none.

        A text that was made of a pattern (`The plan %{name} is full.`) is found by it.
        """
        said = self._texts.get(text)
        return self._found_anew(text) if said is None and len(text) <= MOST_TEXT else said

    def find_many(self, one: str, many: str, count: int) -> str | None:
        """Find the translation of a text that counts, as the language counts."""
        said = self._translations.ngettext(one, many, count)
        return None if said in {one, many} else said

    @cached_property
    def _translations(self) -> NullTranslations:
        """Compile the catalog. Cost: some 50 ms, once a process; what is unsure is left out."""
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        with self._file.open("rb") as file:
            catalog = read_po(file)
        compiled = BytesIO()
        write_mo(compiled, catalog)
        compiled.seek(0)
        return GNUTranslations(compiled)

    @cached_property
    def _texts(self) -> Mapping[str, str]:
        known: Mapping[object, str] = getattr(self._translations, "_catalog", {})
        return {key: said for key, said in known.items() if isinstance(key, str) and key}

    @cached_property
    def _patterns(self) -> Sequence[tuple[list[str], str]]:
        """List the texts with places, as their names and what is between, the longest first."""
        found = [
            (PLACE.split(text), said)
            for text, said in self._texts.items()
            if PLACE.search(text) and len(PLACE.sub("", text)) >= LEAST_WORDS
        ]
        return sorted(found, key=lambda each: -sum(map(len, each[0][::2])))

    def _made_anew(self, text: str) -> str | None:
        for pieces, said in self._patterns:
            values = _values_in(text, pieces[::2], pieces[1::2])
            if values is not None:
                return _filled(said, values)
        return None


def _filled(text: str, values: Mapping[str, str]) -> str:
    return PLACE.sub(lambda place: values.get(place[1], place[0]), text)


def _values_in(text: str, between: Sequence[str], names: Sequence[str]) -> dict[str, str] | None:
    """Read what stands at the places of a pattern; None when it does not fit. Cost: linear."""
    first, *middle, last = between
    if not text.startswith(first) or not text.endswith(last):
        return None
    position, end = len(first), len(text) - len(last)
    values = {}
    for name, words in zip(names, [*middle, ""], strict=True):
        stop = text.find(words, position, end) if words else end
        if stop < position:
            return None
        values[name] = text[position:stop]
        position = stop + len(words)
    return values
