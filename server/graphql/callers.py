"""Who asks: access token, provider key, or the cookie of a portal's session."""

from dataclasses import dataclass, replace

from sqlmodel import Session
from starlette.requests import Request

from server.auth.actors import actor_of_token
from server.auth.callers import admin_caller, presented
from server.auth.sessions import TOUCH_EVERY, Login, session_of, touch
from server.auth.site import Site
from server.domain.actors import Actor
from server.domain.provider.providers import Provider
from server.graphql.requests import BadRequest, check_same_origin

ADMIN_COOKIE = "admin_session"
DEVELOPER_COOKIE = "user_session"
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="gatehouse"'}


@dataclass(frozen=True, slots=True)
class Door:
    """How a request came in: the open snapshot, and whose host it came to."""

    site: Site
    db: Session
    provider: Provider
    request: Request


def admin(door: Door) -> Actor:
    """Recognise somebody of the provider's side. Raises: BadRequest 401 or 403."""
    authorization = door.request.headers.get("authorization", "")
    credentials = presented(authorization, door.request.query_params)
    actor = None
    if not credentials.is_empty:
        installation = door.site.installation
        actor = admin_caller(door.db, installation, door.provider.id, credentials)
    elif not authorization:
        actor = _by_cookie(door, ADMIN_COOKIE, "provider")
    if actor is None:
        raise BadRequest(401, "Send an access token, or log in.", CHALLENGE)
    return actor


def developer(door: Door) -> Actor:
    """Recognise a developer; without credentials it is a visitor. Raises: BadRequest 401 or 403."""
    authorization = door.request.headers.get("authorization", "")
    if not authorization:
        cookie = _by_cookie(door, DEVELOPER_COOKIE, "developer")
        return cookie or Actor.anonymous(door.provider.id)
    token = presented(authorization, {}).token
    clock = door.site.installation.clock
    actor = actor_of_token(door.db, clock, door.provider.id, "developer", token)
    if actor is None:
        raise BadRequest(401, "This access token is not valid.", CHALLENGE)
    return actor


def _by_cookie(door: Door, name: str, audience: str) -> Actor | None:
    token = door.request.cookies.get(name, "")
    if not token:
        return None
    check_same_origin(door.request)
    login = session_of(door.db, door.site.installation, door.provider.id, audience, token)
    if login is None:
        return None
    _keep_alive(door, login)
    return login.actor


def _keep_alive(door: Door, login: Login) -> None:
    """Note now and then that the session is in use."""
    installation = door.site.installation
    if installation.clock.now() - login.session.last_seen_at > TOUCH_EVERY:
        with door.site.database.write() as db:
            touch(db, installation, replace(login, session=db.merge(login.session)))
