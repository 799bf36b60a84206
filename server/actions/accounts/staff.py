"""What members of the provider's staff reach: sections of the work, and services."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.accounts.reach import checked_reach
from server.actions.accounts.users import hold_with_account, require_edit
from server.actions.rows import get_owned
from server.actions.work import Work
from server.domain.accounts.users import User
from server.domain.actors import Actor
from server.domain.errors import Conflict
from server.domain.events import Event, EventKind
from server.domain.permissions import Permission, Role, permissions_of_role


def staff_query(actor: Actor) -> SelectOfScalar[User]:
    """Select the people of the provider's own side. Raises: Forbidden."""
    actor.require(Permission.SETTINGS_READ)
    query = select(User).where(User.provider_id == actor.provider_id)
    return query.where(col(User.account_id).is_(None))


def get_staff(work: Work, user_id: int | None) -> User:
    """Find one of the provider's own side; everybody finds himself. Raises: NotFound, Forbidden."""
    user = get_owned(work, User, user_id)
    if user.account_id is not None:
        get_owned(work, User, None)
    if user.id != work.actor.user_id:
        work.actor.require(Permission.SETTINGS_READ)
    return user


def change_reach(work: Work, user_id: int, changes: Mapping[str, Any]) -> User:
    """Choose the `sections` and `service_ids` that a member of the staff reaches.

    Null for the sections: he reads everything and changes nothing; for the services: all of them.
    Nobody gives what he does not reach himself, nor takes it. Raises: NotFound, Forbidden,
    MoreThanOwn, Conflict for an admin, Invalid.
    """
    user = get_staff(work, user_id)
    require_edit(work.actor, user)
    hold_with_account(work.db, user)
    if user.role != Role.MEMBER:
        raise Conflict("An admin reaches everything. Make the user a member first.", field="role")
    given = checked_reach(work, changes)
    before = {"sections": user.sections, "service_ids": user.service_ids}
    after = {**before, **given}
    for reach in (before, after):
        _require_to_give(work.actor, reach)
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if changed:
        user.sections, user.service_ids = after["sections"], after["service_ids"]
        work.db.flush()
        work.record(Event(EventKind.USER_UPDATED, user.id, changes=changed))
    return user


def _require_to_give(actor: Actor, reach: Mapping[str, Any]) -> None:
    """Refuse to deal with what one does not reach oneself. Raises: MoreThanOwn."""
    permissions = permissions_of_role(Role.MEMBER, is_staff=True, sections=reach["sections"])
    actor.require_to_give(permissions, field="sections")
    actor.require_to_give_services(reach["service_ids"], field="service_ids")
