"""What all content has in common: whose turn it is to change the tree, and which paths are free."""

from sqlmodel import col, select

from server.actions.rows import hold
from server.actions.work import Work
from server.domain.errors import Invalid, NotFound
from server.domain.portal.content_paths import clean_path, is_legal
from server.domain.portal.sections import ROOT, Section

OF_ALL = "Root"  # the title of the root


def root_of(work: Work) -> Section:
    """Find the section that all others are in. Raises: NotFound."""
    query = select(Section).where(
        Section.provider_id == work.actor.provider_id, col(Section.is_builtin)
    )
    found = work.db.exec(query).first()
    if found is None:
        raise NotFound("There is no root of the content.", field="section_id")
    return found


def add_root(work: Work) -> Section:
    """Make the root of a new provider's content."""
    section = Section(
        provider_id=work.actor.provider_id, title=OF_ALL, system_name=ROOT, is_builtin=True
    )
    work.db.add(section)
    return section


def hold_tree(work: Work) -> Section:
    """Be the only one who moves sections and redirects of the provider, until the commit."""
    return hold(work.db, root_of(work))


def refuse_reserved(work: Work, path: str, field: str = "path") -> None:
    """Refuse a path that no content can have. Raises: Invalid, TooLong."""
    clean = clean_path(path, field)
    if clean != path:
        raise Invalid(f"must be a path as it is asked for: {clean}.", field=field)
    if is_legal(path):
        raise Invalid(
            "is kept for the legal texts of the portal. Choose another path.", field=field
        )
    owner = work.installation.shipped.find_owner(path)
    if owner is not None:
        raise Invalid(f"is an address of the portal itself: {owner}. Choose another.", field=field)


def section_of(work: Work, section_id: int | None) -> int | None:
    """Tell which section something is in as columns hold it: None for the root."""
    if section_id is None:
        return None
    found = work.db.get(Section, section_id)
    return None if found is None or found.is_builtin else section_id
