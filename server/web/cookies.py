"""The cookies of both portals: session, seed of anonymous forms, notice of the page before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from server.auth.dependencies import Dependencies
from server.auth.sessions import ABSOLUTE_LIFETIME

SESSION_LIFETIME_S = int(ABSOLUTE_LIFETIME.total_seconds())
NOTICE_LIFETIME_S = 60
COOKIES = "gatehouse.cookies"  # in the scope


def parse_cookies(header: str) -> Iterator[tuple[str, str]]:
    """Read names and values in their order.

    Cost: grows with the text; the library's reading of quoted values grows with its square. Ours
    hold nothing that would be quoted.
    """
    for pair in header.split(";"):
        name, equals, value = pair.partition("=")
        if equals:
            yield name.strip(), value.strip().strip('"')


def cookies_of(scope: Scope) -> Mapping[str, str]:
    """Give the cookies of a request, which are read once."""
    known: Mapping[str, str] | None = scope.get(COOKIES)
    if known is None:
        sent = [value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie"]
        known = scope[COOKIES] = dict(parse_cookies("; ".join(sent)))
    return known


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie that scripts can't read and other sites don't send along.

    Over https its name begins with `__Host-`: no other host of the domain can set it.
    """

    name: str
    lifetime_s: int
    path: str = "/"  # over http; over https it is all of the host

    def name_for(self, deps: Dependencies) -> str:
        """Name it as this installation's browsers know it."""
        return f"__Host-{self.name}" if deps.cookie_is_secure else self.name

    def path_for(self, deps: Dependencies) -> str:
        """Tell where it is sent along: a name with `__Host-` is refused for less than all."""
        return "/" if deps.cookie_is_secure else self.path

    def read(self, request: Request, deps: Dependencies) -> str:
        """Read it; empty when the browser has none."""
        return cookies_of(request.scope).get(self.name_for(deps), "")

    def put(self, response: Response, deps: Dependencies, value: str) -> None:
        """Give it to the browser."""
        response.set_cookie(
            self.name_for(deps),
            value,
            max_age=self.lifetime_s,
            path=self.path_for(deps),
            secure=deps.cookie_is_secure,
            httponly=True,
            samesite="lax",
        )

    def drop(self, response: Response, deps: Dependencies) -> None:
        """Have the browser forget it."""
        response.delete_cookie(
            self.name_for(deps),
            path=self.path_for(deps),
            secure=deps.cookie_is_secure,
            httponly=True,
            samesite="lax",
        )


@dataclass(frozen=True, slots=True)
class Portal:
    """One of the two portals as browsers know it: who logs in, where, by which cookies."""

    audience: str  # of the users who log in there
    home: str  # the page after a login
    login_path: str
    session: Cookie
    form_seed: Cookie
    notice: Cookie


ADMIN_HOME = "/p/admin"
ADMIN_PLACES = (ADMIN_HOME, "/admin/api")  # paths of pages that may use an admin's session
ADMIN = Portal(
    audience="provider",
    home=ADMIN_HOME,
    login_path=f"{ADMIN_HOME}/login",
    session=Cookie("admin_session", SESSION_LIFETIME_S),  # the GraphQL API takes it too
    form_seed=Cookie("admin_login", 3_600, ADMIN_HOME),
    notice=Cookie("admin_notice", NOTICE_LIFETIME_S, ADMIN_HOME),
)
ACCESS = Cookie("access_code", 30 * 86_400)  # of a portal that is not open yet
DEVELOPER = Portal(
    audience="developer",
    home="/admin",
    login_path="/login",
    session=Cookie("user_session", SESSION_LIFETIME_S),
    form_seed=Cookie("portal_form", 86_400),
    notice=Cookie("portal_flash", NOTICE_LIFETIME_S),
)
