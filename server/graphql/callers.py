"""Who asks: access token, provider key, or the cookie of a portal's session."""

from dataclasses import dataclass, replace

from sqlmodel import Session
from starlette.requests import Request

from server.auth.actors import find_actor_by_token
from server.auth.callers import find_admin_caller, presented
from server.auth.dependencies import Dependencies
from server.auth.sessions import TOUCH_EVERY, Login, find_login, touch
from server.domain.actors import Actor
from server.domain.errors import Forbidden
from server.domain.provider.providers import Provider
from server.domain.provider.settings import Setting
from server.web.access import has_access
from server.web.cookies import ADMIN, ADMIN_PLACES, DEVELOPER, Portal
from server.web.origin import check_place, check_same_origin
from server.web.requests import BadRequest

FOREIGN_PAGE = "A page of another site may not use your session."
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="gatehouse"'}


class AccessCodeNeeded(BadRequest):
    """The portal is not open yet."""

    code = "ACCESS_CODE_NEEDED"

    def __init__(self) -> None:
        super().__init__(
            403,
            "This portal is not open yet. Give its access code at /access_code, or send the "
            "access token of a developer.",
        )


@dataclass(frozen=True, slots=True)
class AuthContext:
    """How a request came in: the open snapshot, and whose host it came to."""

    deps: Dependencies
    db: Session
    provider: Provider
    request: Request
    is_there: bool = True  # a person, or his program: not a subscription that goes on by itself


def admin(auth: AuthContext) -> Actor:
    """Recognise somebody of the provider's side. Raises: BadRequest 401 or 403."""
    authorization = auth.request.headers.get("authorization", "")
    credentials = presented(authorization, auth.request.query_params)
    actor = None
    if not credentials.is_empty:
        installation = auth.deps.installation
        actor = find_admin_caller(auth.db, installation, auth.provider.id, credentials)
    elif not authorization:
        actor = _by_cookie(auth, ADMIN)
    if actor is None:
        raise BadRequest(401, "Send an access token, or log in.", CHALLENGE)
    _note_token(auth, actor)
    return actor


def developer(auth: AuthContext) -> Actor:
    """Recognise a developer; without credentials it is a visitor.

    Who sends no access token has to give the access code of a portal that is not open, as on its
    pages. Raises: BadRequest 401 or 403.
    """
    authorization = auth.request.headers.get("authorization", "")
    if not authorization:
        _check_access(auth)
        cookie = _by_cookie(auth, DEVELOPER)
        return cookie or Actor.anonymous(auth.provider.id)
    token = presented(authorization, {}).token
    clock = auth.deps.installation.clock
    actor = find_actor_by_token(auth.db, clock, auth.provider.id, "developer", token)
    if actor is None:
        raise BadRequest(401, "This access token is not valid.", CHALLENGE)
    _note_token(auth, actor)
    return actor


def _note_token(auth: AuthContext, actor: Actor) -> None:
    if auth.is_there and actor.token_id is not None:
        auth.deps.note_token(actor.token_id)


def _check_access(auth: AuthContext) -> None:
    """Let in who has given the access code, where one is needed. Raises: AccessCodeNeeded."""
    code = auth.db.get_one(Setting, auth.provider.id).site_access_code
    if not has_access(auth.request, auth.deps, auth.provider.id, code):
        raise AccessCodeNeeded


def _by_cookie(auth: AuthContext, portal: Portal) -> Actor | None:
    token = portal.session.read(auth.request, auth.deps)
    if not token:
        return None
    try:
        check_same_origin(auth.request, FOREIGN_PAGE)
        if portal is ADMIN:
            check_place(auth.request, ADMIN_PLACES)
    except Forbidden as error:
        raise BadRequest(403, error.message) from error
    login = find_login(auth.db, auth.deps.installation, auth.provider.id, portal.audience, token)
    if login is None:
        return None
    if auth.is_there:
        _keep_alive(auth, login)
    return login.actor


def _keep_alive(auth: AuthContext, login: Login) -> None:
    """Note now and then that the session is in use."""
    installation = auth.deps.installation
    if installation.clock.now() - login.session.last_seen_at > TOUCH_EVERY:
        with auth.deps.database.write() as db:
            touch(db, installation, replace(login, session=db.merge(login.session)))
