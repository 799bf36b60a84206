"""Which optional mails a person wants: his own choice, or that of a link in such a mail."""

from collections.abc import Mapping
from typing import Any

from server.actions.rows import hold
from server.actions.work import Work
from server.domain.accounts.users import User
from server.domain.errors import BadToken, Forbidden, Invalid
from server.domain.installation import Installation
from server.domain.messages.preferences import OPTIONAL, NotificationPreference, is_wanted
from server.kit.ids import id_or_none

NOBODY = "Only a person chooses mails: log in, or use a token of a person."
BROKEN = "This link is broken. Log in and choose your mails there."
SIGNATURE = 22  # characters that `Vault.sign` makes


def get_preferences(work: Work) -> dict[str, bool]:
    """Tell of each optional mail whether the actor wants it. Raises: Forbidden for a program."""
    user = _own(work)
    return preferences_of(work, user)


def preferences_of(work: Work, user: User) -> dict[str, bool]:
    """Tell of each optional mail whether a user wants it. Cost: one query."""
    row = work.db.get(NotificationPreference, user.id)
    chosen = row.switches if row else {}
    return {
        name: is_wanted(chosen, name)
        for name, optional in OPTIONAL.items()
        if optional.audience == user.audience
    }


def update_preferences(work: Work, changes: Mapping[str, Any]) -> dict[str, bool]:
    """Choose what one is mailed; what is not named stays. Raises: Forbidden, Invalid."""
    user = _own(work)
    if not isinstance(changes, Mapping):
        raise Invalid("must map names to true or false.", field="preferences")
    known = preferences_of(work, user)
    for name, wanted in changes.items():
        if name not in known:
            raise Invalid(f"are {', '.join(known)}; there is no {name[:60]}.", field="preferences")
        if not isinstance(wanted, bool):
            raise Invalid(f"must be true or false for {name}.", field="preferences")
    return _put(work, user, {**known, **changes})


def leave_mail(work: Work, code: str) -> tuple[User, str]:
    """Leave a mail by the link in it; no login is needed, and no other mail. Raises: BadToken."""
    user, name = find_leaver(work, code)
    _put(work, user, {**preferences_of(work, user), name: False})
    return user, name


def find_leaver(work: Work, code: str) -> tuple[User, str]:
    """Find who leaves which mail by a link. Raises: BadToken."""
    number, _, rest = code.partition("-")
    name, signature = rest[:-SIGNATURE], rest[-SIGNATURE:]
    user = work.db.get(User, id_or_none(number) or 0)
    is_ours = work.installation.vault.signature_holds(_signed(number, name), signature)
    if user is None or user.provider_id != work.actor.provider_id or not is_ours:
        raise BadToken(BROKEN)
    if name not in OPTIONAL or OPTIONAL[name].audience != user.audience:
        raise BadToken(BROKEN)
    return user, name


def leave_code(installation: Installation, user: User, name: str) -> str:
    """Make the part of an address by which somebody leaves a mail."""
    number = str(user.id)
    return f"{number}-{name}{installation.vault.sign(_signed(number, name))}"


def _signed(number: str, name: str) -> str:
    return f"leave-mail:{number}:{name}"


def _own(work: Work) -> User:
    user = work.db.get(User, work.actor.user_id) if work.actor.user_id else None
    if user is None:
        raise Forbidden(NOBODY)
    return user


def _put(work: Work, user: User, switches: Mapping[str, bool]) -> dict[str, bool]:
    hold(work.db, user)  # his first choice is written once
    row = work.db.get(NotificationPreference, user.id)
    if row is None:
        row = NotificationPreference(user_id=user.id, provider_id=user.provider_id)
    row.switches = dict(switches)
    work.db.add(row)
    work.db.flush()  # refused here when its user is gone
    return dict(switches)
