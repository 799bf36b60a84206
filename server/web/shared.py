"""Answers that hold nothing of one browser, and so may be given to others."""

from starlette.requests import Request
from starlette.responses import Response

OF_PROVIDER = "gatehouse.shared"  # in the scope: whose answer it is, when it is the same for all


def mark_shared(request: Request, provider_id: int) -> None:
    """Say that the answer to a request is the same for all visitors of a provider."""
    request.scope[OF_PROVIDER] = provider_id


def is_shared(request: Request, response: Response) -> bool:
    """Return whether an answer may be given to others: it brings no cookie then."""
    is_public = response.headers.get("cache-control", "").startswith("public")
    return is_public or OF_PROVIDER in request.scope
