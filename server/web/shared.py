"""Answers that may be given again: to others, or for a moment to the same logged-in browser."""

from starlette.requests import Request
from starlette.responses import Response

OF_PROVIDER = "gatehouse.shared"  # in the scope: whose answer it is, when it is the same for all

OF_ONE = "gatehouse.own"  # the same of an answer that depends on the session and nothing newer


def mark_shared(request: Request, provider_id: int) -> None:
    """Say that the answer to a request is the same for all visitors of a provider."""
    request.scope[OF_PROVIDER] = provider_id


def mark_own(request: Request, provider_id: int) -> None:
    """Say that an answer is the same for this session while the database and the second are."""
    request.scope[OF_ONE] = provider_id


def is_shared(request: Request, response: Response) -> bool:
    """Return whether an answer may be given again: it brings no cookie then."""
    is_public = response.headers.get("cache-control", "").startswith("public")
    return is_public or OF_PROVIDER in request.scope or OF_ONE in request.scope
