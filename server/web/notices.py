"""What a page has done, told once by the next one: a signed text in a cookie."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from server.auth.dependencies import Dependencies
from server.kit.base64url import decoded, encoded
from server.web.cookies import Cookie


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence and its tone: success, info or danger."""

    text: str
    kind: str = "success"


def go_to(path: str, status: int = 303) -> Response:
    """Send the browser to a page of ours, which it gets with GET."""
    return RedirectResponse(path, status_code=status)


def put_notice(response: Response, cookie: Cookie, deps: Dependencies, notice: Notice) -> None:
    """Have the next page tell something; signed, so that nobody else puts words on our pages."""
    plain = f"{notice.kind}:{notice.text}".encode()
    told = encoded(plain)
    signature = deps.installation.vault.sign(f"{cookie.name}:{told}")
    cookie.put(response, deps, f"{signature}.{told}")


def find_notice(request: Request, cookie: Cookie, deps: Dependencies) -> Notice | None:
    """Read what is to be told; None when there is nothing, or the cookie is not ours."""
    signature, _, told = cookie.read(request, deps).partition(".")
    vault = deps.installation.vault
    if not told or not vault.signature_holds(f"{cookie.name}:{told}", signature):
        return None
    try:
        plain = decoded(told).decode()
    except ValueError:
        return None
    kind, _, text = plain.partition(":")
    return Notice(text, kind)
