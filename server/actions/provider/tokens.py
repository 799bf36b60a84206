"""Access tokens: made, listed, deleted; the value is shown once."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col

from server.actions.resources import Lifecycle, Resource
from server.actions.rows import get_owned
from server.actions.work import Work
from server.domain.accounts.users import User
from server.domain.actors import Actor
from server.domain.errors import Forbidden, Invalid, MoreThanOwn
from server.domain.events import EventKind
from server.domain.fields import is_future
from server.domain.permissions import (
    Permission,
    permissions_of_role,
    permissions_of_token,
)
from server.domain.provider.tokens import AccessToken, TokenDraft
from server.kit.crypto import token_digest
from server.kit.ids import random_hex
from server.kit.paging import Listing

TOKEN_BYTES = 48
STRICT = "registered_only"


def _own(actor: Actor) -> tuple[Any, ...]:
    return (col(AccessToken.user_id) == actor.user_id,)


def _get_own(work: Work, model: type[AccessToken], token_id: int | None) -> AccessToken:
    token = get_owned(work, model, token_id)
    return token if token.user_id == work.actor.user_id else get_owned(work, model, None)


def _check(work: Work, token: AccessToken) -> None:
    """Refuse what can't be, and what may do more or for longer than whoever makes it.

    Scopes are compared beside what they give today: one may give more tomorrow.
    Raises: Invalid, MoreThanOwn.
    """
    if token.expires_at is not None and not is_future(token.expires_at, work.now):
        raise Invalid("must be in the future, with its time zone.", field="expires_at")
    actor, user = work.actor, work.db.get_one(User, token.user_id)
    if actor.scopes is not None and not actor.scopes.issuperset(token.scopes):
        own = ", ".join(sorted(actor.scopes))
        raise MoreThanOwn(f"must be some of your own token's: {own}.", field="scopes")
    reached = permissions_of_token(token.scopes, writes=token.permission == "rw")
    is_staff = user.account_id is None
    role = permissions_of_role(user.role, is_staff=is_staff, sections=user.sections)
    actor.require_to_give(reached & role, field="scopes")
    if actor.registered_only and not token.registered_only:
        raise MoreThanOwn("must be set: your own token sends nothing else.", field=STRICT)
    ends = token.expires_at
    if actor.expires_at is not None and (ends is None or ends > actor.expires_at):
        end = actor.expires_at.isoformat()
        raise MoreThanOwn(f"must not be after your own token's end, {end}.", field="expires_at")


TOKENS = Resource(
    name="access_token",
    model=AccessToken,
    draft=TokenDraft,
    read=Permission.TOKENS_EDIT,
    edit=Permission.TOKENS_EDIT,
    is_own=True,
    events=Lifecycle(created=EventKind.TOKEN_CREATED, deleted=EventKind.TOKEN_DELETED),
    listing=Listing("access_tokens", AccessToken),
    reach=_own,
    find=_get_own,
    account=lambda work, token: work.actor.account_id,
    prepare=_check,
)


def create_token(
    work: Work, values: Mapping[str, Any], user_id: int | None = None
) -> tuple[AccessToken, str]:
    """Make a token for the acting user; the value is in the answer and nowhere else.

    The provider key makes one for any of the staff, whom `user_id` names. Raises: NotFound,
    Forbidden without a user and for another one, MoreThanOwn, Invalid.
    """
    TOKENS.require(work.actor, TOKENS.edit)
    value = random_hex(TOKEN_BYTES)
    owner = _owner(work, user_id)
    token = TOKENS.create(work, values, user_id=owner, digest=token_digest(value), hint=value[-4:])
    return token, value


def _owner(work: Work, user_id: int | None) -> int:
    """Tell whose a new token is. Raises: NotFound, Forbidden."""
    own = require_user(work.actor) if user_id is None else work.actor.user_id
    if user_id is None or user_id == own:
        return own or 0
    user = get_owned(work, User, user_id)
    if user.account_id is not None:
        get_owned(work, User, None)
    if work.actor.kind != "provider_key":
        raise Forbidden("A token is made by the user whose it is, or with the provider key.")
    return user.id


def require_user(actor: Actor) -> int:
    """Return who acts. Raises: Forbidden for a provider key, which is nobody."""
    if actor.user_id is None:
        raise Forbidden("A token belongs to a user. Log in, or use a user's token.")
    return actor.user_id


def find_own_token(work: Work, value: str) -> AccessToken:
    """Find one's own token by what it is. Raises: NotFound, Forbidden."""
    query = TOKENS.query(work.actor).where(AccessToken.digest == token_digest(value))
    token = work.db.exec(query).first()
    return token if token is not None else get_owned(work, AccessToken, None)
