"""Whose API a request came to, and who calls. Source: reference-portal 1.0, design 4."""

from dataclasses import dataclass

from sqlmodel import Session

from server.auth.actors import actor_of_user
from server.auth.callers import find_admin_caller, presented
from server.auth.dependencies import Dependencies, find_provider_by_host
from server.domain.accounts.users import User
from server.domain.actors import Actor
from server.domain.errors import Forbidden, NotFound
from server.domain.permissions import Permission
from server.domain.provider.hosts import HostKind
from server.domain.provider.providers import Provider
from server.rest.errors import AccessDenied, ProviderClosed, TokenTooWeak


@dataclass(frozen=True, slots=True)
class CallerRequest:
    """What tells whose request it is: host, Authorization header, top-level parameters."""

    host: str
    authorization: str
    params: dict[str, str]


@dataclass(frozen=True, slots=True)
class Caller:
    """The provider whose API is called, and who calls it."""

    provider: Provider
    actor: Actor


def get_caller(db: Session, deps: Dependencies, asking: CallerRequest) -> Caller:
    """Recognise the caller. Raises: NotFound, ProviderClosed, AccessDenied. Cost: 3 queries."""
    provider = _get_provider(db, deps, asking.host)
    credentials = presented(asking.authorization, asking.params)
    actor = find_admin_caller(db, deps.installation, provider.id, credentials)
    if actor is None:
        raise AccessDenied
    if actor.registered_only:
        raise Forbidden("This token sends registered documents of GraphQL, and nothing else.")
    if actor.token_id is not None:
        deps.note_token(actor.token_id)
    return Caller(provider, actor)


def _get_provider(db: Session, deps: Dependencies, host: str) -> Provider:
    provider = find_provider_by_host(db, deps.installation, host, (HostKind.ADMIN,))
    if provider is None and find_provider_by_host(db, deps.installation, host):
        raise AccessDenied  # the admin APIs live on the admin host only
    if provider is None:
        raise NotFound("There is no API at this address.")
    if provider.state != "approved":
        raise ProviderClosed
    return provider


def require(db: Session, actor: Actor, permission: Permission) -> None:
    """Let the actor pass, or tell whether the token or its user lacks the permission.

    Raises: TokenTooWeak, Forbidden.
    """
    if actor.may(permission):
        return
    user = db.get(User, actor.user_id) if actor.user_id else None
    if user is not None and permission in actor_of_user(user).permissions:
        raise TokenTooWeak("Use a token with the scope and permission for this.")
    raise Forbidden(f"You need the permission {permission} for this.")
