"""As whom a preview is seen: a visitor, a developer, a member of a group."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from server.admin.context import AdminContext
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.errors import Invalid
from server.domain.permissions import Permission
from server.domain.portal.groups import Group

MOST_SHOWN = 50  # any other is found by typing the username or mail address
GROUP = "group: "


@dataclass(frozen=True, slots=True)
class ViewerChoice:
    """What is typed for somebody, and who that is."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks; nobody in particular is a visitor."""

    user_id: int | None = None
    group_id: int | None = None


def list_viewers(ctx: AdminContext) -> Sequence[ViewerChoice]:
    """Offer groups and the first developers. Cost: 2 queries."""
    provider_id = ctx.actor.provider_id
    groups = select(Group.name).where(Group.provider_id == provider_id).order_by(Group.name)
    found = [
        ViewerChoice(f"{GROUP}{name}", "A member of the group")
        for name in ctx.db.exec(groups.limit(MOST_SHOWN))
    ]
    if not _may_be_developers(ctx):
        return found
    users = (
        select(User.username, Account.org_name)
        .join(Account, col(Account.id) == User.account_id)
        .where(User.provider_id == provider_id, User.state == "active")
        .order_by(col(User.id))
        .limit(MOST_SHOWN)
    )
    return [*found, *(ViewerChoice(name, org) for name, org in ctx.db.exec(users))]


def find_viewer(ctx: AdminContext, text: str) -> Viewer:
    """Find who is meant by a username, a mail address or a group. Raises: Invalid, Forbidden."""
    provider_id = ctx.actor.provider_id
    if not text:
        return Viewer()
    if text.lower().startswith(GROUP.strip()):
        name = text[len(GROUP.strip()) :].strip()
        query = select(Group.id).where(Group.provider_id == provider_id, Group.name == name)
        group_id = ctx.db.exec(query).first()
        if group_id is None:
            raise Invalid(f"There is no group {name}.", field="viewer")
        return Viewer(group_id=group_id)
    # A template can write whatever a developer sees, keys too.
    ctx.actor.require(Permission.APPLICATIONS_SECRETS)
    users = select(User.id).where(
        User.provider_id == provider_id,
        col(User.account_id).is_not(None),
        (col(User.username) == text) | (col(User.email) == text.lower()),
    )
    user_id = ctx.db.exec(users).first()
    if user_id is None:
        raise Invalid(f"Nobody has the username or mail address {text}.", field="viewer")
    return Viewer(user_id=user_id)


def _may_be_developers(ctx: AdminContext) -> bool:
    return ctx.actor.may(Permission.APPLICATIONS_SECRETS)
