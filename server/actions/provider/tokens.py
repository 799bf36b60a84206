"""Access tokens: made, listed, deleted; the value is shown once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.rows import get_owned
from server.actions.work import Work
from server.domain.actors import Actor
from server.domain.errors import Forbidden, Invalid
from server.domain.events import Event, EventKind
from server.domain.fields import clean_text, is_future
from server.domain.permissions import Permission, Scope
from server.domain.provider.tokens import AccessToken
from server.kit.crypto import token_digest
from server.kit.ids import random_hex
from server.kit.paging import Listing

LISTING = Listing("access_tokens", AccessToken)
TOKEN_BYTES = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class NewToken:
    """What a new token needs."""

    name: str
    scopes: Sequence[str]
    permission: str = "ro"
    expires_at: datetime | None = None


def tokens_query(actor: Actor) -> SelectOfScalar[AccessToken]:
    """Select the actor's own tokens."""
    actor.require(Permission.TOKENS_EDIT, account_id=actor.account_id)
    return select(AccessToken).where(
        AccessToken.provider_id == actor.provider_id, AccessToken.user_id == actor.user_id
    )


def create_token(work: Work, draft: NewToken) -> tuple[AccessToken, str]:
    """Make a token for the acting user; the value is in the answer and nowhere else.

    Raises: Forbidden without a user (provider key), Invalid.
    """
    actor = work.actor
    actor.require(Permission.TOKENS_EDIT, account_id=actor.account_id)
    if actor.user_id is None:
        raise Forbidden("A token belongs to a user. Log in, or use a user's token.")
    if draft.permission not in {"ro", "rw"}:
        raise Invalid("must be ro or rw.", field="permission")
    scopes = _clean_scopes(draft.scopes)
    if draft.expires_at is not None and not is_future(draft.expires_at, work.now):
        raise Invalid("must be in the future, with its time zone.", field="expires_at")
    value = random_hex(TOKEN_BYTES)
    token = AccessToken(
        provider_id=actor.provider_id,
        user_id=actor.user_id,
        name=clean_text(draft.name, "name"),
        digest=token_digest(value),
        hint=value[-4:],
        scopes=scopes,
        permission=draft.permission,
        expires_at=draft.expires_at,
    )
    work.db.add(token)
    work.db.flush()  # its id is in the event
    event = Event(EventKind.TOKEN_CREATED, token.id, account_id=actor.account_id)
    work.record(event)
    return token, value


def delete_token(work: Work, token_id: int) -> AccessToken:
    """Take one's own token away; it is dead at once. Raises: NotFound."""
    work.actor.require(Permission.TOKENS_EDIT, account_id=work.actor.account_id)
    token = get_owned(work, AccessToken, token_id)
    if token.user_id != work.actor.user_id:
        get_owned(work, AccessToken, None)
    work.db.delete(token)
    work.record(Event(EventKind.TOKEN_DELETED, token.id, account_id=work.actor.account_id))
    return token


def _clean_scopes(scopes: Sequence[str]) -> list[str]:
    unknown = [scope for scope in scopes if scope not in set(Scope)]
    if unknown or not scopes:
        raise Invalid(f"must be some of {', '.join(Scope)}.", field="scopes")
    return sorted(set(scopes))
