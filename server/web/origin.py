"""Where a request was made: browsers tell whether a page of another site sent it."""

from urllib.parse import urlsplit

from starlette.requests import Request

from server.domain.errors import Forbidden

FOREIGN_FORM = "This form came from another site."


def check_same_origin(request: Request, refusal: str = FOREIGN_FORM) -> None:
    """Refuse what a page of another site sent. Raises: Forbidden."""
    origin = request.headers.get("origin")
    if origin is not None and _host_of(origin) != request.headers.get("host"):
        raise Forbidden(refusal)
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise Forbidden(refusal)


def _host_of(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:  # such as http://[
        return None
