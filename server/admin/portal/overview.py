"""What there is of a portal's content, without texts: rows for the tree and for the lists."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from server.actions.work import Work
from server.domain.portal.files import PortalFile
from server.domain.portal.pages import Template, TemplateKind
from server.domain.portal.redirects import Redirect
from server.domain.portal.sections import Section

MOST_SHOWN = 2_000  # of one kind: what is more is found by searching
_COLUMNS = (
    Template.id,
    Template.kind,
    Template.name,
    Template.title,
    Template.section_id,
    Template.layout,
    Template.portlet,
    Template.hidden,
    col(Template.published).is_not(None),
    col(Template.draft).is_not(None),
    Template.publish_at,
    Template.updated_at,
    Template.changed_by,
)


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """One template, the provider's or one that is shipped and was never changed."""

    id: int | None  # None: as shipped
    kind: str
    name: str
    title: str
    section_id: int | None = None
    layout: str = ""
    portlet: str = ""
    hidden: bool = False
    is_published: bool = False
    has_draft: bool = False
    publish_at: datetime | None = None
    updated_at: datetime | None = None
    changed_by: str = ""
    is_shipped: bool = False

    @property
    def is_content(self) -> bool:
        """Return whether it is a page with a path of its own."""
        return self.kind == TemplateKind.PAGE and self.name.startswith("/")

    @property
    def states(self) -> Sequence[str]:
        """Say what is shown in the portal, and whether there is something newer."""
        return states_of(self, is_shipped=self.is_shipped)


def states_of(row: Any, *, is_shipped: bool) -> Sequence[str]:
    """Say of a template what is shown, and whether there is something newer."""
    is_published = getattr(row, "is_published", None)
    has_draft = getattr(row, "has_draft", None)
    if is_published is None:
        is_published, has_draft = row.published is not None, row.draft is not None
    if row.hidden:
        shown = "hidden"
    elif is_published:
        shown = "published"
    else:
        shown = "as shipped" if is_shipped else "not published"
    return (shown, "draft") if has_draft else (shown,)


@dataclass(frozen=True, slots=True)
class Branch:
    """A section with what is in it."""

    section: Section
    pages: Sequence[TemplateRow]
    files: Sequence[PortalFile]
    branches: Sequence["Branch"]

    @property
    def is_empty(self) -> bool:
        """Return whether nothing is in it."""
        return not (self.pages or self.files or self.branches)

    @property
    def count(self) -> int:
        """How many pages and files are in it and below."""
        below = sum(branch.count for branch in self.branches)
        return len(self.pages) + len(self.files) + below


@dataclass(frozen=True, slots=True)
class Tree:
    """All content by section, and where paths lead elsewhere."""

    root: Branch
    redirects: Sequence[Redirect]
    is_cut: bool = False


@dataclass(slots=True)
class _Gathered:
    pages: dict[int | None, list[TemplateRow]] = field(default_factory=dict)
    files: dict[int | None, list[PortalFile]] = field(default_factory=dict)
    sections: dict[int | None, list[Section]] = field(default_factory=dict)


def list_templates(work: Work, kind: str) -> list[TemplateRow]:
    """List all templates of a kind: the provider's, and those shipped that he left alone.

    Cost: 1 query.
    """
    query = (
        select(*_COLUMNS)  # type: ignore[call-overload]  # more columns than it has overloads for
        .where(Template.provider_id == work.actor.provider_id, Template.kind == kind)
        .order_by(col(Template.name))
        .limit(MOST_SHOWN)
    )
    shipped = work.installation.shipped
    names = set(shipped.names(kind))
    found = [TemplateRow(*row) for row in work.db.exec(query)]
    rows = [replace(row, is_shipped=row.name in names) for row in found]
    for name in names - {row.name for row in rows}:
        title = shipped.find_title(kind, name) or ""
        rows.append(TemplateRow(None, kind, name, title, is_shipped=True))
    return sorted(rows, key=lambda row: row.name)


def tree_of(work: Work, search: str) -> Tree:
    """Gather the content whose names or titles hold a text. Cost: 4 queries."""
    wanted, provider_id = search.lower(), work.actor.provider_id
    found = _Gathered()
    pages = [row for row in list_templates(work, TemplateKind.PAGE) if row.is_content]
    for row in pages:
        if wanted in f"{row.name} {row.title}".lower():
            found.pages.setdefault(row.section_id, []).append(row)
    files = select(PortalFile).where(PortalFile.provider_id == provider_id)
    rows = work.db.exec(files.order_by(col(PortalFile.path)).limit(MOST_SHOWN)).all()
    for file in rows:
        if wanted in file.path.lower():
            found.files.setdefault(file.section_id, []).append(file)
    sections = select(Section).where(Section.provider_id == provider_id)
    root: Section | None = None
    for section in work.db.exec(sections.order_by(col(Section.title)).limit(MOST_SHOWN)):
        if section.is_builtin:
            root = section
        else:
            found.sections.setdefault(section.parent_id, []).append(section)
    redirects = select(Redirect).where(Redirect.provider_id == provider_id)
    shown = [
        redirect
        for redirect in work.db.exec(redirects.order_by(col(Redirect.source)).limit(MOST_SHOWN))
        if wanted in f"{redirect.source} {redirect.target}".lower()
    ]
    root = root or Section(provider_id=provider_id, title="Root", system_name="root")
    is_cut = MOST_SHOWN in {len(pages), len(rows), len(shown)}
    return Tree(_branch(root, None, found, is_searched=bool(wanted)), shown, is_cut)


def _branch(section: Section, key: int | None, found: _Gathered, *, is_searched: bool) -> Branch:
    below = [
        _branch(each, each.id, found, is_searched=is_searched)
        for each in found.sections.get(key, [])
    ]
    kept = [branch for branch in below if not is_searched or not branch.is_empty]
    return Branch(section, found.pages.get(key, []), found.files.get(key, []), kept)


def section_choices(work: Work) -> list[tuple[str, str]]:
    """Name every section by the way to it, for a choice. Cost: 1 query."""
    query = select(Section).where(Section.provider_id == work.actor.provider_id)
    rows = list(work.db.exec(query.order_by(col(Section.title)).limit(MOST_SHOWN)))
    by_id = {row.id: row for row in rows if not row.is_builtin}
    named = [(str(row.id), " / ".join(_way(row, by_id))) for row in by_id.values()]
    return [("", "Root"), *sorted(named, key=lambda choice: choice[1].lower())]


def _way(section: Section, by_id: Mapping[int, Section]) -> Iterator[str]:
    parent = by_id.get(section.parent_id) if section.parent_id else None
    if parent is not None:
        yield from _way(parent, by_id)
    yield section.title
