"""Sync page functions on an async server: form in, response out."""

from collections.abc import Awaitable, Callable, Mapping

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from server.kit.executor import FairExecutor

MAX_FORM_BYTES = 1_048_576
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


Page = Callable[[Request, Mapping[str, str]], Response]
Endpoint = Callable[[Request], Awaitable[Response]]


def endpoint(executor: FairExecutor, page: Page) -> Endpoint:
    """Run `page(request, form)` in the fair executor; it opens its own transactions."""

    async def run(request: Request) -> Response:
        form = {} if request.method in SAFE_METHODS else await parse_form(request)
        return await executor.run(page, request, form)

    return run


async def parse_form(request: Request) -> dict[str, str]:
    """Read a bounded form; the last value of a repeated field wins, files are left out.

    Raises: HTTPException 413 or 415.
    """
    content_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    length = request.headers.get("content-length", "0")
    if content_type not in FORM_TYPES:
        if length in {"0", ""}:
            return {}
        raise HTTPException(415, "Send a form.")
    if not length.isdecimal() or int(length) > MAX_FORM_BYTES:
        raise HTTPException(413, f"A form holds at most {MAX_FORM_BYTES} bytes.")
    form: FormData = await request.form(max_files=10, max_fields=500)
    return {key: value for key, value in form.items() if isinstance(value, str)}
