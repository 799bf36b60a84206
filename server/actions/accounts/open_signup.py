"""Signing up where anybody may: nobody learns from the answer which mail addresses are known."""

from server.actions.accounts.signup import NewSignup, sign_up
from server.actions.accounts.users import repeat_signup
from server.actions.work import Work
from server.domain.actors import Actor
from server.domain.errors import Taken
from server.kit.passwords import hash_password


def sign_up_openly(work: Work, draft: NewSignup) -> None:
    """Sign a visitor up. A known mail address is no refusal: its owner gets a mail that says so.

    Raises: SignupDisabled, Invalid, Taken for other attributes, PlanMismatch, NotFound.
    """
    provider_id = work.actor.provider_id
    visitor = Work(work.db, Actor.anonymous(provider_id), work.installation)
    try:
        with work.db.begin_nested():  # the account that was begun goes with a refusal
            sign_up(visitor, draft, "portal")
    except Taken as error:
        if error.field != "email":
            raise
        hash_password(draft.password or "")  # the same time as for a new address
        repeat_signup(work.db, provider_id, draft.email)
