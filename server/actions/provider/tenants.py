"""Tenants, which the installation's operator makes, moves and deletes. Source: 1.10, 6, 13."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from sqlmodel import Session, col, delete, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.accounts.users import hold_link
from server.actions.provider.providers import FirstAdmin, NewProvider, create_provider
from server.actions.rows import hold
from server.actions.work import Work
from server.domain.accounts.users import OneTimeToken, Proof, User, clean_password
from server.domain.drafts import parse
from server.domain.errors import BadToken, Conflict, Invalid, NotFound
from server.domain.events import Event, EventKind
from server.domain.installation import Installation
from server.domain.permissions import Role
from server.domain.provider.hosts import Host
from server.domain.provider.providers import Provider
from server.domain.provider.tenants import (
    DELETED,
    KEEP,
    STATE_EVENTS,
    TOKEN_NAME,
    TOKEN_SCOPES,
    TenantDraft,
)
from server.domain.states import TENANT, move
from server.kit.clock import Clock
from server.kit.crypto import token_digest
from server.kit.ids import random_hex

PURPOSE = "staff_sso"
HELPER = "installation-operator"  # as whom the operator looks into a tenant's admin portal
DEAD = "This link was used or has expired. Log in, or get another one where it came from."


def create_tenant(
    db: Session, installation: Installation, values: Mapping[str, Any]
) -> NewProvider:
    """Make a tenant with its first admin and a token of his. Raises: Invalid at the field, Taken.

    Who calls has proved that he runs the installation.
    """
    given = parse(TenantDraft, values)
    clean_password(given.password, username=given.username)
    first = FirstAdmin(
        username=given.username,
        password=given.password,
        token_name=TOKEN_NAME,
        scopes=TOKEN_SCOPES,
    )
    return create_provider(db, installation, given.org_name, given.email, first)


def tenants_query() -> SelectOfScalar[Provider]:
    """Select all tenants that are there, also those that are scheduled for deletion."""
    return select(Provider).where(Provider.state != DELETED)


def move_tenant(work: Work, event: str) -> Provider:
    """Take a tenant through an event of its states.

    Raises: Forbidden, Invalid for what is no event, StateConflict.
    """
    if event not in STATE_EVENTS:
        known = ", ".join(STATE_EVENTS)
        raise Invalid(f"must be one of {known}.", field="state_event")
    return _moved(work, event)


def schedule_deletion(work: Work) -> Provider:
    """Close a tenant at once, and delete it after a time in which `resume` brings it back.

    Raises: Forbidden; Conflict for the one that the bare host serves; StateConflict.
    """
    if _tenant(work).is_first:
        raise Conflict("The first tenant stays: the installation's own address serves it.")
    return _moved(work, "schedule_for_deletion")


def _moved(work: Work, event: str) -> Provider:
    tenant = hold(work.db, _tenant(work))
    before, due_before = tenant.state, tenant.deletion_at
    move(tenant, TENANT, event)
    is_going = event == "schedule_for_deletion"
    tenant.deletion_at = work.now + KEEP if is_going else None
    changes: dict[str, list[Any]] = {"state": [before, tenant.state]}
    if due_before != tenant.deletion_at:
        changes["deletion_at"] = [_text(due_before), _text(tenant.deletion_at)]
    work.record(Event(EventKind.PROVIDER_MOVED, tenant.id, changes=changes))
    return tenant


def _text(at: Any) -> str | None:
    return None if at is None else at.isoformat()


def _tenant(work: Work) -> Provider:
    work.actor.require_operator()
    return work.db.get_one(Provider, work.actor.provider_id)


def due_query(clock: Clock) -> SelectOfScalar[int]:
    """Select the ids of tenants whose time is over, and of those that are half gone."""
    is_over = col(Provider.deletion_at) <= clock.now()
    is_due = (col(Provider.state) == "scheduled_for_deletion") & is_over
    query = select(Provider.id).where(is_due | (col(Provider.state) == DELETED))
    return query.order_by(col(Provider.id))


def begin_deletion(work: Work) -> bool:
    """Take a tenant whose time is over out of the world, which nothing brings back.

    Its hosts are free from now on. Returns whether its rows may go. Raises: Forbidden.
    """
    tenant = hold(work.db, _tenant(work))
    if tenant.state == DELETED:
        return True
    if tenant.state != "scheduled_for_deletion" or (tenant.deletion_at or work.now) > work.now:
        return False  # somebody has brought it back meanwhile
    changes = {"state": [tenant.state, DELETED]}
    tenant.state = DELETED
    work.db.execute(delete(Host).where(col(Host.provider_id) == tenant.id))
    work.record(Event(EventKind.PROVIDER_MOVED, tenant.id, changes=changes))
    return True


def create_staff_link(work: Work, expires_in_s: int) -> tuple[str, str]:
    """Make an address that logs the operator into a tenant's admin portal once; and its token.

    He comes in as a member of staff of his own, an admin whom the tenant sees among its people, so
    that the tenant's audit log tells who did what. Raises: Forbidden, Conflict.
    """
    tenant = hold(work.db, _tenant(work))
    if tenant.state != "approved":
        raise Conflict(f"is {tenant.state}: nobody logs in there.", field="provider_id")
    helper, token = _helper(work), random_hex(32)
    expires_at = work.now + timedelta(seconds=expires_in_s)
    work.db.add(
        OneTimeToken(
            provider_id=tenant.id,
            user_id=helper.id,
            purpose=PURPOSE,
            digest=token_digest(token),
            expires_at=expires_at,
        )
    )
    work.record(Event(EventKind.STAFF_LINK_CREATED, helper.id))
    query = urlencode({"token": token, "expires_at": str(int(expires_at.timestamp()))})
    return f"{work.installation.addresses.admin(tenant)}/p/admin/sso?{query}", token


def _helper(work: Work) -> User:
    """Find who the operator is at the tenant, or make him: he has no password and no mails."""
    provider_id = work.actor.provider_id
    query = select(User).where(
        User.provider_id == provider_id, User.audience == "provider", User.username == HELPER
    )
    found = work.db.exec(query).first()
    if found is None:
        found = User(
            provider_id=provider_id,
            audience="provider",
            username=HELPER,
            email="",
            role=Role.ADMIN,
            state="active",
        )
        work.db.add(found)
        work.db.flush()
        work.record(Event(EventKind.USER_CREATED, found.id))
    if found.state != "active" or found.role != Role.ADMIN:
        raise Conflict(
            f"has locked {HELPER} out: its admins let him in again among their users.",
            field="provider_id",
        )
    return found


def use_staff_link(work: Work, token: str) -> Proof:
    """Use an address once. Raises: BadToken."""
    try:
        link, user = hold_link(work.db, work.installation, work.actor.provider_id, PURPOSE, token)
    except (BadToken, NotFound) as error:
        raise BadToken(DEAD) from error
    link.used_at = work.now
    return Proof(user.id, user.password_hash)
