"""Groups of accounts: who is in them, and which sections they see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import col, select
from starlette.responses import Response

from server.actions.portal.groups import (
    GROUPS,
    accounts_of_groups,
    sections_of_groups,
    set_group_account,
    set_group_section,
)
from server.admin.context import AdminContext
from server.admin.lists import Pager, by_id, page_through
from server.admin.portal.overview import section_choices
from server.admin.render import render
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.errors import Invalid
from server.domain.permissions import Permission
from server.domain.portal.groups import Group


@dataclass(frozen=True, slots=True)
class GroupsPage:
    """The groups with how many accounts and sections each has."""

    groups: Pager[Group]
    accounts: Mapping[int, Sequence[int]]
    sections: Mapping[int, Sequence[int]]


@dataclass(frozen=True, slots=True)
class GroupPage:
    """One group: its accounts, and each section with whether it is seen."""

    group: Group
    accounts: Sequence[Account]
    sections: Sequence[tuple[str, str, bool]]


def index(ctx: AdminContext) -> Response:
    groups = page_through(ctx, GROUPS.listing, GROUPS.query(ctx.actor))
    ids = [group.id for group in groups.rows]
    page = GroupsPage(groups, accounts_of_groups(ctx, ids), sections_of_groups(ctx, ids))
    return render(ctx, "groups/index.html.j2", page)


def create(ctx: AdminContext) -> Response:
    group = GROUPS.create(ctx, ctx.sent(GROUPS))
    return ctx.go(f"/portal/groups/{group.id}", f"{group.name} is made. Put accounts into it.")


def show(ctx: AdminContext) -> Response:
    group = GROUPS.get(ctx, ctx.path_id("group_id"))
    accounts = by_id(ctx.db, Account, accounts_of_groups(ctx, [group.id]).get(group.id, ()))
    seen = set(sections_of_groups(ctx, [group.id]).get(group.id, ()))
    sections = [(key, way, int(key) in seen) for key, way in section_choices(ctx) if key]
    return render(ctx, "groups/show.html.j2", GroupPage(group, list(accounts.values()), sections))


def update(ctx: AdminContext) -> Response:
    group = GROUPS.update(ctx, ctx.path_id("group_id"), ctx.sent(GROUPS))
    return ctx.go(f"/portal/groups/{group.id}", f"{group.name} is saved.")


def update_sections(ctx: AdminContext) -> Response:
    """Let the group see exactly the ticked sections."""
    ctx.actor.require(Permission.PORTAL_EDIT)
    group = GROUPS.get(ctx, ctx.path_id("group_id"))
    for key, _way in section_choices(ctx):
        name = f"section_{key}"
        if key and name in ctx.values:
            set_group_section(ctx, group.id, int(key), included=ctx.flag(name))
    return ctx.go(f"/portal/groups/{group.id}", "The sections are saved.")


def add_account(ctx: AdminContext) -> Response:
    """Put an account into the group, found by its name or by somebody of it."""
    ctx.actor.require(Permission.PORTAL_EDIT)
    group = GROUPS.get(ctx, ctx.path_id("group_id"))
    account = _find_account(ctx, ctx.text("account"))
    set_group_account(ctx, group.id, account.id, included=True)
    return ctx.go(f"/portal/groups/{group.id}", f"{account.org_name} is in the group.")


def remove_account(ctx: AdminContext) -> Response:
    group_id = ctx.path_id("group_id")
    set_group_account(ctx, group_id, ctx.path_id("account_id"), included=False)
    return ctx.go(f"/portal/groups/{group_id}", "The account is not in the group any more.")


def delete(ctx: AdminContext) -> Response:
    group = GROUPS.delete(ctx, ctx.path_id("group_id"))
    return ctx.go("/portal/groups", f"{group.name} is deleted.")


def _find_account(ctx: AdminContext, text: str) -> Account:
    """Find an account by its name, or by a username or mail address. Raises: Invalid."""
    ctx.actor.require(Permission.ACCOUNTS_READ)
    provider_id = ctx.actor.provider_id
    named = select(Account).where(Account.provider_id == provider_id, Account.org_name == text)
    found = ctx.db.exec(named.order_by(col(Account.id)).limit(2)).all()
    if not found:
        is_user = (col(User.username) == text) | (col(User.email) == text.lower())
        users = select(Account).where(
            Account.id == User.account_id, User.provider_id == provider_id, is_user
        )
        found = ctx.db.exec(users.order_by(col(Account.id)).limit(2)).all()
    if len(found) != 1:
        problem = "is the name of several accounts" if found else "is no account"
        raise Invalid(f"{problem}: type its name, or somebody's mail address.", field="account")
    return found[0]
