"""Cases of the portal's content."""

from datetime import timedelta

from server.actions.portal import files, groups, pages, publishing, sections
from server.actions.work import Work
from server.domain.events import EventKind as Kind
from server.domain.portal.pages import Template
from tests.kit.cases.case import case, has, keeps
from tests.kit.world import World

PAGE = {"kind": "page", "name": "/case", "published": "Old words.", "draft": "New words."}


def _page(work: Work, _world: World) -> Template:
    return pages.TEMPLATES.create(work, PAGE)


def _published_twice(work: Work, world: World) -> object:
    page = _page(work, world)
    publishing.publish_template(work, page.id)
    return publishing.list_versions(work, page.id)[0]


def _due(work: Work, world: World) -> Template:
    page = _page(work, world)
    at = work.now + timedelta(minutes=1)
    publishing.schedule_template(work, page.id, at)
    has(Template, lambda _: page.id, publish_at=work.now)(work, world)
    return page


def _file(work: Work, _world: World) -> object:
    return files.add_file(work, {"path": "/case.txt"}, b"old")


def _group(work: Work, _world: World) -> object:
    section = sections.SECTIONS.create(work, {"title": "Case", "public": False})
    return groups.GROUPS.create(work, {"name": "Case"}), section


HAS_PAGE, HAS_GROUP = keeps("page", _page), keeps("group", _group)
PORTAL = (
    case(
        pages.take_over,
        lambda work, _: pages.take_over(work, "page", "login/new"),
        Kind.TEMPLATE_CREATED,
    ),
    case(
        pages.save_template,
        lambda work, w: pages.save_template(work, w.kept["page"].id, {"title": "Case"}),
        Kind.TEMPLATE_UPDATED,
        before=HAS_PAGE,
    ),
    case(
        publishing.publish_template,
        lambda work, w: publishing.publish_template(work, w.kept["page"].id),
        Kind.TEMPLATE_PUBLISHED,
        before=HAS_PAGE,
    ),
    case(
        publishing.publish_changes,
        lambda work, w: publishing.publish_changes(work, [w.kept["page"].id]),
        Kind.TEMPLATE_PUBLISHED,
        before=HAS_PAGE,
    ),
    case(
        publishing.hide_template,
        lambda work, w: publishing.hide_template(work, w.kept["page"].id),
        Kind.TEMPLATE_HIDDEN,
        before=HAS_PAGE,
    ),
    case(
        publishing.drop_draft,
        lambda work, w: publishing.drop_draft(work, w.kept["page"].id),
        Kind.TEMPLATE_UPDATED,
        before=HAS_PAGE,
    ),
    case(
        publishing.reset_template,
        lambda work, _: publishing.reset_template(work, "page", "login/new"),
        Kind.TEMPLATE_UPDATED,
        before=lambda work, _: pages.take_over(work, "page", "login/new"),
    ),
    case(
        publishing.schedule_template,
        lambda work, w: publishing.schedule_template(
            work, w.kept["page"].id, work.now + timedelta(days=1)
        ),
        Kind.TEMPLATE_UPDATED,
        before=HAS_PAGE,
    ),
    case(
        publishing.publish_due,
        lambda work, w: publishing.publish_due(work, w.kept["page"].id),
        Kind.TEMPLATE_PUBLISHED,
        before=keeps("page", _due),
    ),
    case(
        publishing.revert_to_version,
        lambda work, w: publishing.revert_to_version(work, w.kept["version"].id),
        Kind.TEMPLATE_UPDATED,
        before=keeps("version", _published_twice),
    ),
    case(files.add_file, _file, Kind.FILE_CREATED),
    case(
        files.change_file,
        lambda work, w: files.change_file(work, w.kept["file"].id, {}, b"new"),
        Kind.FILE_UPDATED,
        before=keeps("file", _file),
    ),
    case(
        groups.set_group_section,
        lambda work, w: groups.set_group_section(
            work, w.kept["group"][0].id, w.kept["group"][1].id, included=True
        ),
        Kind.GROUP_UPDATED,
        before=HAS_GROUP,
    ),
    case(
        groups.set_group_account,
        lambda work, w: groups.set_group_account(
            work, w.kept["group"][0].id, w.account_id, included=True
        ),
        Kind.GROUP_UPDATED,
        before=HAS_GROUP,
    ),
)
