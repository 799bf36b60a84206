"""Requests by hand, and the cookies of a response."""

from starlette.requests import Request
from starlette.responses import Response


def request_with(cookie: str = "") -> Request:
    """Make a request of a browser that sends a Cookie header."""
    return Request({"type": "http", "headers": [(b"cookie", cookie.encode("latin-1"))]})


def cookie_of(response: Response) -> str:
    """Read name and value of the cookie that a response sets."""
    return response.headers["set-cookie"].partition(";")[0]
