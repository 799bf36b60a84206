"""The headers of pages and of the files beside them."""

from collections.abc import Mapping
from os import PathLike

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

NO_SNIFFING = {"X-Content-Type-Options": "nosniff"}
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'"
)
PAGE_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Frame-Options": "DENY",
    **NO_SNIFFING,
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Files(StaticFiles):
    """A folder of files with headers of its own; browsers take them for what they are."""

    def __init__(
        self,
        folder: PathLike[str],
        headers: Mapping[str, str] | None = None,
        *,
        must_exist: bool = True,
    ) -> None:
        super().__init__(directory=folder, check_dir=must_exist)
        self._headers = {**NO_SNIFFING, **(headers or {})}

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers.update(self._headers)
        return response
