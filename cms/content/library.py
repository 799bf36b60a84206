"""Finding templates and content: the provider's published ones first, then the theme's."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from copy import copy
from datetime import UTC, datetime
from typing import Self

from sqlalchemy import func
from sqlmodel import Session, select

from cms.content.index import STYLESHEET, Entry, View, statement
from cms.content.theme import Source, Theme, default_theme
from server.domain.portal.pages import MAIN_LAYOUT, Portlet, Template
from server.domain.portal.previews import Unsaved

# What a portlet shows that has no words of its own: partials of the theme.
SHIPPED_PORTLETS: Mapping[str, str] = {
    Portlet.RSS_FEED: "portlets/rss_feed",
    Portlet.TABLE_OF_CONTENTS: "portlets/table_of_contents",
    Portlet.LATEST_POSTS: "portlets/latest_posts",
}


class Library:
    """The templates of one provider during one request, and what is at its path."""

    def __init__(
        self, db: Session, theme: Theme, provider_id: int, view: View | None = None
    ) -> None:
        """Read which templates the provider has. Cost: one query, no texts."""
        self._db = db
        self._provider_id = provider_id
        self.view = view or View()
        self.theme = theme
        self.left_out: frozenset[tuple[str, str]] = frozenset()  # by kind and name
        self.unsaved: Unsaved | None = None  # stands before what is saved under its name
        asked = {
            "provider_id": provider_id,
            "path": self.view.path,
            "account_id": self.view.account_id or 0,
        }
        rows = db.connection().execute(statement(drafts=self.view.drafts), asked)
        self._own: dict[tuple[str, str], Entry] = {}
        self._hidden: set[str] = set()  # paths
        self._sections: dict[int, Entry] = {}
        self._granted: set[int] = set()
        self._files: dict[str, Entry] = {}
        self.redirect = ""  # where the path leads; empty: it does not
        for row in rows:
            self._take(Entry(*row))

    def _take(self, entry: Entry) -> None:
        if entry.what == "template" and not entry.hidden:
            self._own[entry.kind, entry.name] = entry
        elif entry.what == "template":
            self._hidden.add(entry.name)
        elif entry.what == "section":
            self._sections[entry.id] = entry
        elif entry.what == "granted":
            self._granted.add(entry.id)
        elif entry.what == "redirect":
            self.redirect = entry.title
        else:
            self._files[entry.name] = entry

    @property
    def version(self) -> Hashable:
        """Changes whenever a template that is shown does."""
        return self.view.drafts, frozenset(self._own.items()), self.unsaved

    @property
    def file(self) -> Entry | None:
        """The provider's file at the path."""
        return self._files.get(self.view.path)

    @property
    def stylesheet(self) -> str:
        """The address of the style sheet of all pages, the provider's own or the theme's."""
        own = self._files.get(STYLESHEET)
        return f"{STYLESHEET}?v={own.extra[:12]}" if own else default_theme().address_of(STYLESHEET)

    def may_see(self, section_id: int | None) -> bool:
        """Return whether who looks may see what is in a section: public all the way, or granted."""
        if self.view.drafts:
            return True
        while section_id is not None and section_id not in self._granted:
            section = self._sections.get(section_id)
            if section is None or not section.yes:
                return False
            section_id = section.home_id
        return True

    def is_public(self, section_id: int | None) -> bool:
        """Return whether everybody may see what is in a section."""
        while section_id is not None:
            section = self._sections.get(section_id)
            if section is None or not section.yes:
                return False
            section_id = section.home_id
        return True

    def find_page(self, path: str) -> Source | None:
        """Find the page at a path that who looks may see; None for any other."""
        own = self._own.get(("page", path))
        if path in self._hidden or (own is not None and not self.may_see(own.home_id)):
            return None
        return self.find("page", path)

    def pages_in(self, section_id: int | None) -> list[Entry]:
        """List the pages of a section that who looks may see, and those of sections within it."""
        inside = {section_id} if section_id is None else self._within(section_id)
        pages = (
            entry
            for (kind, name), entry in self._own.items()
            if kind == "page" and name.startswith("/") and entry.content_type == "text/html"
        )
        seen = [
            page
            for page in pages
            if (section_id is None or page.home_id in inside) and self.may_see(page.home_id)
        ]
        return sorted(seen, key=lambda page: page.name)

    def _within(self, section_id: int) -> set[int | None]:
        found: set[int | None] = {section_id}
        while True:
            more = {each.id for each in self._sections.values() if each.home_id in found} - found
            if not more:
                return found
            found |= more

    def has_own(self, kind: str | None = None, name: str | None = None) -> bool:
        """Return whether the provider has published this template, or any of the kind, or any."""
        return any(kind in {None, one} and name in {None, other} for one, other in self._own)

    def shipped(self) -> Self:
        """Make the library of a provider who has published nothing."""
        library = copy(self)
        library._own, library.unsaved = {}, None
        return library

    def with_unsaved(self, unsaved: Unsaved) -> Self:
        """Make the library of a provider who has published this as well."""
        library = copy(self)
        library.unsaved = unsaved
        entry = Entry(
            what="template",
            kind=unsaved.kind,
            name=unsaved.name,
            title=unsaved.title,
            layout=unsaved.layout,
            handler=unsaved.handler,
            content_type=unsaved.content_type,
            changed_at=datetime.min.replace(tzinfo=UTC),
            id=unsaved.id,
            home_id=unsaved.section_id,
            yes=unsaved.liquid_enabled,
            hidden=False,
            extra=unsaved.portlet,
            number=0,
        )
        library._own = {**self._own, (unsaved.kind, unsaved.name): entry}
        library._hidden = self._hidden - {unsaved.name}
        return library

    def for_group(self, section_ids: Iterable[int]) -> Self:
        """Make the library as somebody sees it who may see these sections too."""
        library = copy(self)
        library._granted = self._granted | {*section_ids}
        return library

    def without(self, kind: str, name: str) -> Self:
        """Make the library of a provider who has not published this one."""
        library = copy(self)
        library._own = {key: entry for key, entry in self._own.items() if key != (kind, name)}
        library.left_out = self.left_out | {(kind, name)}
        if self._is_unsaved(kind, name):
            library.unsaved = None
        return library

    def own_names(self, kind: str) -> list[str]:
        """List the published templates of a kind."""
        return [name for of_kind, name in self._own if of_kind == kind]

    def pages_below(self, folder: str) -> list[tuple[str, str]]:
        """List the pages at a path and below it, with their titles, by path."""
        return [
            (path, source.title)
            for path, source in self.pages_seen()
            if f"{path}/".startswith(f"{folder}/")
        ]

    def pages_seen(self) -> Iterator[tuple[str, Source]]:
        """List all pages that who looks may see, by their paths; their texts are not read yet."""
        names = {*self.own_names("page"), *self.theme.names("page")}
        for path in sorted(name for name in names if name.startswith("/")):
            if (source := self.find_page(path)) is not None:
                yield path, source

    def find(self, kind: str, name: str) -> Source | None:
        """Find a layout, page, partial or email; a portlet is a partial too.

        Cost: one more query when its text is loaded.
        """
        if kind == "portlet":
            own = self._own.get(("partial", name))
            return self.find("partial", name) if own is not None and own.extra else None
        entry = self._own.get((kind, name))
        if entry is None:
            return self.theme.find(kind, name)
        return Source(
            key=self._key(entry),
            name=name,
            load=lambda: self._shown(entry),
            title=entry.title,
            layout=entry.layout or MAIN_LAYOUT,
            handler=entry.handler,
            kind=kind,
            content_type=entry.content_type,
            is_liquid=bool(entry.yes),
            system_name=entry.extra if kind == "page" else "",
        )

    def _key(self, entry: Entry) -> Hashable:
        """Tell texts apart: an unsaved one by itself."""
        is_unsaved = self._is_unsaved(entry.kind, entry.name)
        version = self.unsaved if is_unsaved else (entry.changed_at, self.view.drafts)
        return self._provider_id, entry.kind, entry.name, version

    def _is_unsaved(self, kind: str, name: str) -> bool:
        return self.unsaved is not None and (self.unsaved.kind, self.unsaved.name) == (kind, name)

    def _shown(self, entry: Entry) -> str:
        """Read a text; a portlet has what it shows at hand, and shipped words when it has none."""
        text = self._text(entry.kind, entry.name)
        if entry.kind != "partial" or not entry.extra:
            return text
        if not text.strip():
            shipped = self.theme.find("partial", SHIPPED_PORTLETS.get(entry.extra, ""))
            text = shipped.load() if shipped else ""
        return f"{{% assign portlet = portlets['{entry.id}'] %}}{text}"

    def _text(self, kind: str, name: str) -> str:
        if self.unsaved is not None and self._is_unsaved(kind, name):
            return self.unsaved.text
        shown = (
            func.coalesce(Template.draft, Template.published)
            if self.view.drafts
            else Template.published
        )
        query = select(shown).where(
            Template.provider_id == self._provider_id, Template.kind == kind, Template.name == name
        )
        return self._db.exec(query).first() or ""
