"""Sections of the content, and which groups see those that are not public."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select
from starlette.responses import Response

from server.actions.portal.groups import GROUPS, sections_of_groups, set_group_section
from server.actions.portal.sections import SECTIONS
from server.admin.context import AdminContext
from server.admin.portal.overview import section_choices
from server.admin.render import render
from server.domain.permissions import Permission
from server.domain.portal.groups import Group
from server.domain.portal.sections import Section

MOST_GROUPS = 500


@dataclass(frozen=True, slots=True)
class NewSectionPage:
    choices: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class SectionPage:
    section: Section
    choices: Sequence[tuple[str, str]]
    groups: Sequence[tuple[Group, bool]]  # each with whether it sees the section


def new(ctx: AdminContext) -> Response:
    ctx.actor.require(Permission.PORTAL_EDIT)
    return render(ctx, "sections/new.html.j2", NewSectionPage(section_choices(ctx)))


def create(ctx: AdminContext) -> Response:
    section = SECTIONS.create(ctx, ctx.sent(SECTIONS))
    return ctx.go(f"/portal/sections/{section.id}", f"{section.title} is made.")


def show(ctx: AdminContext) -> Response:
    section = SECTIONS.get(ctx, ctx.path_id("section_id"))
    rows = ctx.db.exec(GROUPS.query(ctx.actor).order_by(col(Group.name)).limit(MOST_GROUPS)).all()
    sees = sections_of_groups(ctx, [group.id for group in rows])
    groups = [(group, section.id in sees.get(group.id, ())) for group in rows]
    choices = [choice for choice in section_choices(ctx) if choice[0] != str(section.id)]
    return render(ctx, "sections/show.html.j2", SectionPage(section, choices, groups))


def update(ctx: AdminContext) -> Response:
    section = SECTIONS.update(ctx, ctx.path_id("section_id"), ctx.sent(SECTIONS))
    return ctx.go(f"/portal/sections/{section.id}", f"{section.title} is saved.")


def update_groups(ctx: AdminContext) -> Response:
    """Let exactly the ticked groups see the section."""
    ctx.actor.require(Permission.PORTAL_EDIT)
    section = SECTIONS.get(ctx, ctx.path_id("section_id"))
    query = select(Group.id).where(Group.provider_id == ctx.actor.provider_id)
    for group_id in ctx.db.exec(query.order_by(col(Group.id)).limit(MOST_GROUPS)).all():
        if f"group_{group_id}" in ctx.values:
            included = ctx.flag(f"group_{group_id}")
            set_group_section(ctx, group_id, section.id, included=included)
    return ctx.go(f"/portal/sections/{section.id}", "The groups are saved.")


def delete(ctx: AdminContext) -> Response:
    section = SECTIONS.delete(ctx, ctx.path_id("section_id"))
    return ctx.go("/portal", f"{section.title} is deleted; what was in it is one level up.")
