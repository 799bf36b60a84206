"""Where a request was made: browsers tell whether a page of another site sent it."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.requests import Request

from server.domain.errors import Forbidden
from server.web.requests import SAFE_METHODS

FOREIGN_FORM = "This form came from another site."
FOREIGN_PLACE = (
    "This came from a page outside the admin portal, or your browser hides which page it came from "
    "(Referer). Open the page here and send it anew."
)


def check_same_origin(request: Request, refusal: str = FOREIGN_FORM) -> None:
    """Refuse what a page of another site sent. Raises: Forbidden."""
    origin = request.headers.get("origin")
    if origin is not None and netloc_of(origin) != request.headers.get("host"):
        raise Forbidden(refusal)
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise Forbidden(refusal)


def is_link(request: Request) -> bool:
    """Return whether the request shows a page in a window, which a link anywhere may."""
    destination = request.headers.get("sec-fetch-dest", "document")
    return request.method in SAFE_METHODS and destination == "document"


def check_place(request: Request, places: Sequence[str], refusal: str = FOREIGN_PLACE) -> None:
    """Refuse what a page of our address sent that is not below one of these paths.

    A bare host serves both portals, and pages that a provider wrote among them. Browsers that tell
    what they want an answer for must tell the page too; who tells neither is none, or an old one,
    whose `Origin` has been looked at. Raises: Forbidden.
    """
    referer = request.headers.get("referer", "")
    if not referer and "sec-fetch-dest" not in request.headers:
        return
    try:
        page = urlsplit(referer)
    except ValueError:
        raise Forbidden(refusal) from None
    is_there = any(f"{page.path}/".startswith(f"{place}/") for place in places)
    if page.netloc != request.headers.get("host") or not is_there:
        raise Forbidden(refusal)


def netloc_of(origin: str) -> str | None:
    """Return host and port of an origin; None for what is none."""
    try:
        return urlsplit(origin).netloc
    except ValueError:  # such as http://[
        return None
