"""Sections of the content."""

from typing import Any

from sqlalchemy import inspect, update
from sqlmodel import col, select

from server.actions.portal.content import hold_tree, section_of
from server.actions.resources import Lifecycle, Resource
from server.actions.work import Work
from server.domain.errors import Conflict, Invalid
from server.domain.events import EventKind
from server.domain.permissions import Permission
from server.domain.portal.files import PortalFile
from server.domain.portal.groups import GroupSection
from server.domain.portal.pages import Template
from server.domain.portal.sections import Section, SectionDraft
from server.kit.paging import Listing


def _check_section(work: Work, section: Section) -> None:
    """Refuse a change of the root, and a section within itself. Raises: Invalid, Conflict."""
    state: Any = inspect(section)
    if section.is_builtin and state.persistent:
        if any(state.attrs[name].history.has_changes() for name in ("public", "parent_id")):
            raise Conflict("The root is public and in no other section. Make a section in it.")
        return
    section.parent_id = section_of(work, section.parent_id)
    if section.parent_id is None or not state.persistent:
        return
    hold_tree(work)
    above: int | None = section.parent_id
    parents = _parents(work)
    while above is not None:
        if above == section.id:
            raise Invalid("can't be the section itself or one within it.", field="parent_id")
        above = parents.get(above)


def _parents(work: Work) -> dict[int, int | None]:
    query = select(Section.id, Section.parent_id).where(
        Section.provider_id == work.actor.provider_id
    )
    return dict(work.db.exec(query).all())


def _move_up(work: Work, section: Section) -> None:
    """Refuse to delete the root; move what is in any other to the one above. Raises: Conflict."""
    if section.is_builtin:
        raise Conflict("The root can't be deleted: all content is in it.")
    hold_tree(work)
    for column in (Section.parent_id, Template.section_id, PortalFile.section_id):
        moved: Any = col(column)
        work.db.execute(
            update(moved.class_).where(moved == section.id).values({moved.key: section.parent_id})
        )


SECTIONS = Resource(
    name="section",
    model=Section,
    draft=SectionDraft,
    read=Permission.PORTAL_READ,
    edit=Permission.PORTAL_EDIT,
    events=Lifecycle(
        created=EventKind.SECTION_CREATED,
        updated=EventKind.SECTION_UPDATED,
        deleted=EventKind.SECTION_DELETED,
    ),
    listing=Listing("sections", Section),
    facts=("title",),
    goes_with=(col(GroupSection.section_id),),
    prepare=_check_section,
    refuse_delete=_move_up,
)
