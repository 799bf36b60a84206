"""Finding templates: the provider's published ones first, then the theme's."""

from collections.abc import Hashable
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

from sqlalchemy import bindparam
from sqlalchemy import select as select_columns
from sqlmodel import Session, SQLModel, select

from cms.content.theme import MAIN_LAYOUT, Source, Theme
from server.domain.portal.pages import Template
from server.domain.portal.previews import Unsaved


@dataclass(frozen=True, slots=True)
class _Published:
    """One published template without its text."""

    updated_at: datetime
    title: str
    layout: str
    handler: str


# Every page asks for it, so it is built once and runs without the ORM.
_COLUMNS = SQLModel.metadata.tables[str(Template.__tablename__)].c
INDEX = (
    select_columns(*(_COLUMNS[name] for name in ("kind", "name", *_Published.__slots__)))
    .where(_COLUMNS.provider_id == bindparam("provider_id"))
    .where(_COLUMNS.published.is_not(None))
)


class Library:
    """The templates of one provider during one request."""

    def __init__(self, db: Session, theme: Theme, provider_id: int) -> None:
        """Read which templates the provider has. Cost: one query, no texts."""
        self._db = db
        self._provider_id = provider_id
        self.theme = theme
        rows = db.connection().execute(INDEX, {"provider_id": provider_id})
        self._own = {(row[0], row[1]): _Published(*row[2:]) for row in rows}
        self.left_out: frozenset[tuple[str, str]] = frozenset()  # by kind and name
        self.unsaved: Unsaved | None = None  # stands before what is saved under its name

    @property
    def version(self) -> Hashable:
        """Changes whenever a published template does."""
        return (frozenset(self._own.items()), self.unsaved)

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
        now = datetime.min.replace(tzinfo=UTC)
        entry = _Published(now, unsaved.title, unsaved.layout, unsaved.handler)
        library._own = {**self._own, (unsaved.kind, unsaved.name): entry}
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

    def find(self, kind: str, name: str) -> Source | None:
        """Find a layout, page, partial or email. Cost: one more query when its text is loaded."""
        entry = self._own.get((kind, name))
        if entry is None:
            return self.theme.find(kind, name)
        is_unsaved = self._is_unsaved(kind, name)
        return Source(
            key=(self._provider_id, kind, name, self.unsaved if is_unsaved else entry.updated_at),
            name=name,
            load=lambda: self._text(kind, name),
            title=entry.title,
            layout=entry.layout or MAIN_LAYOUT,
            handler=entry.handler,
            kind=kind,
        )

    def _is_unsaved(self, kind: str, name: str) -> bool:
        return self.unsaved is not None and (self.unsaved.kind, self.unsaved.name) == (kind, name)

    def _text(self, kind: str, name: str) -> str:
        if self.unsaved is not None and self._is_unsaved(kind, name):
            return self.unsaved.text
        query = select(Template.published).where(
            Template.provider_id == self._provider_id, Template.kind == kind, Template.name == name
        )
        return self._db.exec(query).first() or ""
