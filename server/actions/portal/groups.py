"""Groups of accounts: which sections they see, and which accounts are in them."""

from collections.abc import Iterable
from typing import Any

from sqlmodel import col, select

from server.actions.resources import Lifecycle, Resource
from server.actions.rows import get_owned, hold, rely_on
from server.actions.work import Work
from server.domain.accounts.accounts import Account
from server.domain.events import Event, EventKind
from server.domain.permissions import Permission
from server.domain.portal.groups import Group, GroupAccount, GroupDraft, GroupSection
from server.domain.portal.sections import Section
from server.kit.paging import Listing

GROUPS = Resource(
    name="group",
    model=Group,
    draft=GroupDraft,
    read=Permission.PORTAL_READ,
    edit=Permission.PORTAL_EDIT,
    events=Lifecycle(
        created=EventKind.GROUP_CREATED,
        updated=EventKind.GROUP_UPDATED,
        deleted=EventKind.GROUP_DELETED,
    ),
    listing=Listing("groups", Group),
    unique="name",
    facts=("name",),
    goes_with=(col(GroupSection.group_id), col(GroupAccount.group_id)),
)


def set_group_section(work: Work, group_id: int, section_id: int, *, included: bool) -> Group:
    """Let a group see a section, or not any more. Raises: Forbidden, NotFound."""
    section = rely_on(work.db, get_owned(work, Section, section_id))
    row = GroupSection(group_id=group_id, section_id=section.id)
    return _set(work, group_id, row, {"section": section.system_name}, included=included)


def set_group_account(work: Work, group_id: int, account_id: int, *, included: bool) -> Group:
    """Put an account into a group, or take it out. Raises: Forbidden, NotFound."""
    account = rely_on(work.db, get_owned(work, Account, account_id))
    row = GroupAccount(group_id=group_id, account_id=account.id)
    return _set(work, group_id, row, {"account": account.org_name}, included=included)


def _set(work: Work, group_id: int, row: Any, facts: dict[str, object], *, included: bool) -> Group:
    work.actor.require(Permission.PORTAL_EDIT)
    group = hold(work.db, get_owned(work, Group, group_id))
    keys = [getattr(row, column.name) for column in type(row).__table__.primary_key]
    there = work.db.get(type(row), tuple(keys))
    if included is (there is not None):
        return group
    if there is None:
        work.db.add(row)
    else:
        work.db.delete(there)
    changes = {"included": [not included, included]}
    work.record(
        Event(
            EventKind.GROUP_UPDATED, group.id, changes=changes, facts={"name": group.name, **facts}
        )
    )
    return group


def sections_of_groups(work: Work, group_ids: Iterable[int]) -> dict[int, list[int]]:
    """Tell which sections groups see. Raises: Forbidden. Cost: 1 query."""
    work.actor.require(Permission.PORTAL_READ)
    query = select(GroupSection.group_id, GroupSection.section_id).where(
        col(GroupSection.group_id).in_(list(group_ids))
    )
    return _gathered(work.db.exec(query.order_by(col(GroupSection.section_id))).all())


def accounts_of_groups(work: Work, group_ids: Iterable[int]) -> dict[int, list[int]]:
    """Tell which accounts are in groups. Raises: Forbidden. Cost: 1 query."""
    work.actor.require(Permission.PORTAL_READ)
    query = select(GroupAccount.group_id, GroupAccount.account_id).where(
        col(GroupAccount.group_id).in_(list(group_ids))
    )
    return _gathered(work.db.exec(query.order_by(col(GroupAccount.account_id))).all())


def _gathered(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for group_id, other_id in pairs:
        found.setdefault(group_id, []).append(other_id)
    return found
