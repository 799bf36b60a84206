"""From a user, token or provider key to the actor that it stands for."""

from dataclasses import replace

from sqlmodel import Session, select

from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.actors import Actor, ActorKind
from server.domain.installation import Installation
from server.domain.permissions import (
    EVERYTHING,
    Role,
    Scope,
    permissions_of_role,
    permissions_of_token,
)
from server.domain.provider.providers import Provider
from server.domain.provider.tokens import AccessToken
from server.kit.clock import Clock
from server.kit.crypto import token_digest


def actor_of_user(user: User) -> Actor:
    """Make the actor of a person who logged in."""
    is_staff = user.account_id is None
    permissions = permissions_of_role(user.role, is_staff=is_staff, sections=user.sections)
    kind: ActorKind = "staff" if is_staff else "developer"
    is_bound = is_staff and user.role == Role.MEMBER and user.service_ids is not None
    return Actor(
        kind,
        user.provider_id,
        user.username,
        permissions,
        user.id,
        user.account_id,
        service_ids=frozenset(user.service_ids or ()) if is_bound else None,
    )


def find_actor_by_token(
    db: Session, clock: Clock, provider_id: int, audience: str, value: str
) -> Actor | None:
    """Recognise an access token of this provider and side. Cost: two queries by key."""
    query = select(AccessToken).where(AccessToken.digest == token_digest(value))
    return _actor_of_token(db, clock, provider_id, audience, db.exec(query).first())


def find_actor_again(
    db: Session, clock: Clock, provider_id: int, user_id: int | None, token_id: int | None
) -> Actor | None:
    """Recognise one of the staff, by his token or himself, or the provider key, some time later."""
    if token_id is not None:
        token = db.get(AccessToken, token_id)
        return _actor_of_token(db, clock, provider_id, "provider", token)
    provider = db.get(Provider, provider_id)
    if provider is None or provider.state != "approved":
        return None
    if user_id is None:
        return Actor("provider_key", provider.id, "provider key", EVERYTHING)
    user = db.get(User, user_id)
    if user is None or user.provider_id != provider_id or user.state != "active":
        return None
    return actor_of_user(user) if user.audience == "provider" else None


def _actor_of_token(
    db: Session, clock: Clock, provider_id: int, audience: str, token: AccessToken | None
) -> Actor | None:
    if token is None or token.provider_id != provider_id:
        return None
    if token.expires_at is not None and token.expires_at <= clock.now():
        return None
    user = db.get(User, token.user_id)
    if user is None or user.state != "active" or user.audience != audience:
        return None
    if user.account_id and db.get_one(Account, user.account_id).state != "approved":
        return None
    actor = actor_of_user(user)
    return replace(
        actor,
        permissions=actor.permissions
        & permissions_of_token(token.scopes, writes=token.permission == "rw"),
        scopes=frozenset(Scope(scope) for scope in token.scopes),
        expires_at=token.expires_at,
        token_id=token.id,
        registered_only=token.registered_only,
    )


def find_actor_by_provider_key(
    db: Session, installation: Installation, provider_id: int, key: str
) -> Actor | None:
    """Recognise the provider's own key: it may do everything, as nobody in particular."""
    query = select(Provider).where(Provider.provider_key_digest == installation.vault.digest(key))
    provider = db.exec(query).first()
    if provider is None or provider.id != provider_id or provider.state != "approved":
        return None
    return Actor("provider_key", provider.id, "provider key", EVERYTHING)
