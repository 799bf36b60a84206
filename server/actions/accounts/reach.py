"""What somebody of one's own side may be given: a role, sections of the work, services."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col, select

from server.actions.work import Work
from server.domain.accounts.users import ReachDraft, User
from server.domain.actors import Actor
from server.domain.drafts import changes_model, parse
from server.domain.errors import Invalid
from server.domain.permissions import Role, permissions_of_role
from server.domain.services.services import Service

REACH = changes_model(ReachDraft)


def checked_reach(work: Work, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Check which sections and services a member of staff is to reach. Raises: Invalid."""
    given = parse(REACH, changes).given()
    wanted: set[int] = set(given.get("service_ids") or ())
    known = select(Service.id).where(
        Service.provider_id == work.actor.provider_id,
        Service.state != "deleted",
        col(Service.id).in_(wanted),
    )
    found = set(work.db.exec(known).all()) if wanted else set()
    unknown = sorted(wanted - found)
    if unknown:
        wrong = f"must be ids of your APIs. These are none: {', '.join(map(str, unknown))}."
        raise Invalid(wrong, field="service_ids")
    return given


def require_to_give_role(
    actor: Actor, role: str, account_id: int | None, user: User | None = None
) -> None:
    """Refuse to let somebody of one's own side do more than oneself. Raises: MoreThanOwn.

    What developers may do stays within their account: staff who may edit accounts gives that. A
    member of staff does what his sections say, with the services that he reaches.
    """
    if actor.account_id != account_id:
        return
    is_staff = account_id is None
    sections = user.sections if user else None
    permissions = permissions_of_role(role, is_staff=is_staff, sections=sections)
    actor.require_to_give(permissions, field="role")
    if is_staff:
        is_bound = user is not None and role == Role.MEMBER
        actor.require_to_give_services(user.service_ids if user and is_bound else None)
