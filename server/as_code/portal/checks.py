"""What is not wrong with templates, but surely not meant: told when they are applied."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from cms.content.theme import default_theme
from cms.liquid.checks import Needs, check_template
from cms.liquid.errors import TemplateError
from server.as_code.changeset import Changeset
from server.as_code.entries import Entry, State, title_of
from server.as_code.portal.pages import TEMPLATE_TOPIC
from server.domain.portal.pages import MAIN_LAYOUT

WORD = TEMPLATE_TOPIC.word


def warnings_of(changeset: Changeset, wanted: State) -> Iterator[str]:
    """Say what of the templates that will be there won't show what it should."""
    entries = [entry for entry in (*wanted.values(), *changeset.kept) if entry.word == WORD]
    portal = _Portal(entries)
    for entry in entries:
        if entry.values["published"] is not None:
            yield from portal.warnings(entry)


class _Portal:
    """The published templates, and the theme's below them."""

    def __init__(self, entries: list[Entry]) -> None:
        self._own = {
            (entry.values["kind"], entry.values["name"]): entry.values
            for entry in entries
            if entry.values["published"] is not None
        }
        self._theme = default_theme()

    def warnings(self, entry: Entry) -> Iterator[str]:
        """Look at one template."""
        kind, name = str(entry.values["kind"]), str(entry.values["name"])
        file = entry.files.get("published") or entry.where or title_of(entry.key)
        needs = self._needs(kind, name)
        for partial, place in needs.partials:
            if not self._is_there("partial", partial):
                at = f"{file}:{place.line}:{place.column}"
                yield f"{at}: there is no partial '{partial}': nothing is shown in its place."
        if kind == "layout" and not self._shows_page(kind, name):
            yield f"{file}: has no {{% content %}}: pages in this layout say nothing of their own."
        layout = str(entry.values["layout"] or MAIN_LAYOUT)
        if kind == "page" and not self._is_there("layout", layout):
            yield f"{file}: there is no layout '{layout}': this page can't be shown."
        if kind == "email" and self._theme.find(kind, name) is None:
            known = ", ".join(self._theme.names(kind))
            yield f"{file}: no mail is called '{name}', so it is never sent. Known are {known}."

    def _shows_page(self, kind: str, name: str) -> bool:
        """Return whether a layout, or a partial that it takes in, has the page."""
        seen, waiting = {(kind, name)}, [(kind, name)]
        while waiting:
            needs = self._needs(*waiting.pop())
            if needs.has_content or needs.is_open:
                return True
            new = {("partial", partial) for partial, _place in needs.partials} - seen
            seen |= new
            waiting.extend(new)
        return False

    def _is_there(self, kind: str, name: str) -> bool:
        return (kind, name) in self._own or self._theme.find(kind, name) is not None

    def _needs(self, kind: str, name: str) -> Needs:
        values: Mapping[str, Any] | None = self._own.get((kind, name))
        source = self._theme.find(kind, name)
        text = str(values["published"]) if values else source.load() if source else ""
        return _needs_of(kind, name, text)


@cache
def _needs_of(kind: str, name: str, text: str) -> Needs:
    try:
        return check_template(kind, name, text)
    except TemplateError:  # one that stood there before and is kept: it is told when it fails
        return Needs((), is_open=True, has_content=True)
