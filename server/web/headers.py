"""The headers of pages and of the files beside them."""

import re
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
HOST = re.compile(r"[a-z0-9.-]+(:[0-9]+)?", re.IGNORECASE)
SEVERED = {"Cross-Origin-Opener-Policy": "same-origin"}  # no other page has a hold on its window
PAGE_HEADERS = {
    "X-Frame-Options": "DENY",
    **NO_SNIFFING,
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def page_policy(host: str, scripts: str) -> str:
    """Write the policy of a page that runs only the scripts below one path of its own host.

    `'self'` would do for a host that is the page's alone, but a bare host serves APIs by path.
    """
    source = f"{host}{scripts}" if HOST.fullmatch(host) else "'none'"
    return f"{CONTENT_SECURITY_POLICY}; script-src {source}; worker-src 'none'"


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
