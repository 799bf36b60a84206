"""Signing up where anybody may: nobody learns from the answer which mail addresses are known."""

from dataclasses import replace

from sqlmodel import select

from server.actions.accounts.signup import NewSignup, Origin, begin_signup, tell_signup
from server.actions.accounts.users import repeat_signup
from server.actions.work import Work
from server.domain.accounts.users import User, clean_email
from server.domain.actors import Actor
from server.domain.errors import Invalid, Taken
from server.domain.events import savepoint
from server.kit.ids import random_hex

NOBODYS = "known.invalid"  # a domain that no mail can reach


class _Known(Exception):
    """The mail address has an account already."""


def sign_up_openly(work: Work, draft: NewSignup, origin: Origin = "portal") -> User | None:
    """Sign a visitor up. A known mail address is no refusal: its owner gets a mail that says so.

    Gives the new user, None for a known address: nobody may be shown which.

    For a known one the same is done with an address of nobody's, and undone, so that the time that
    it takes tells nothing either.
    Raises: SignupDisabled, Invalid, Taken for other attributes, PlanMismatch, NotFound.
    """
    visitor = replace(work, actor=Actor.anonymous(work.actor.provider_id))
    is_known = _is_known(visitor, draft.email)
    tried = replace(draft, email=f"{random_hex(16)}@{NOBODYS}") if is_known else draft
    try:
        with savepoint(work.db):
            user = begin_signup(visitor, tried, origin).user
            if is_known:
                raise _Known
    except _Known:
        repeat_signup(visitor, draft.email)
    except Taken as error:
        if error.field != "email":
            raise
        repeat_signup(visitor, draft.email)  # somebody else came with it at the same moment
    else:
        tell_signup(visitor, user, "portal")
        return user
    return None


def _is_known(work: Work, email: str) -> bool:
    """Return whether a developer has the address; one that can't be any is refused later."""
    try:
        address = clean_email(email)
    except Invalid:
        return False
    query = select(User.id).where(
        User.provider_id == work.actor.provider_id,
        User.audience == "developer",
        User.email == address,
    )
    return work.db.exec(query).first() is not None
