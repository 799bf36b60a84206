"""The headers of pages and of the files beside them."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from os import PathLike
from pathlib import Path

from anyio import to_thread
from starlette.datastructures import Headers, QueryParams
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from server.web.compression import LEAST_BYTES, is_text, pack, takes_gzip, tell_packed

NO_SNIFFING = {"X-Content-Type-Options": "nosniff"}
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'"
)
HOST = re.compile(r"[a-z0-9.-]+(:[0-9]+)?", re.IGNORECASE)
SEVERED = {"Cross-Origin-Opener-Policy": "same-origin"}  # no other page has a hold on its window
KEPT_AN_HOUR = {"Cache-Control": "public, max-age=3600"}
KEPT_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
# Of a picture opened alone: whatever it is taken for, nothing in it runs.
NO_SCRIPTS = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
BEST = 9  # the level of compression of what is compressed once
PAGE_HEADERS = {
    "X-Frame-Options": "DENY",
    **NO_SNIFFING,
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def picture_answer(content: bytes, media_type: str) -> Response:
    """Answer with a picture that somebody sent."""
    headers = {"Content-Security-Policy": NO_SCRIPTS, **NO_SNIFFING}
    return Response(content, headers=headers, media_type=media_type)


def page_policy(host: str, scripts: str) -> str:
    """Write the policy of a page that runs only the scripts below one path of its own host.

    `'self'` would do for a host that is the page's alone, but a bare host serves APIs by path.
    """
    source = f"{host}{scripts}" if HOST.fullmatch(host) else "'none'"
    return f"{CONTENT_SECURITY_POLICY}; script-src {source}; worker-src 'none'"


class Files(StaticFiles):
    """A folder of files with headers of its own; browsers take them for what they are.

    Who asks with `?v=` and the version gets what will never change, and is told to keep it.
    """

    def __init__(
        self,
        folder: PathLike[str],
        version: Callable[[], str],
        headers: Mapping[str, str] | None = None,
        *,
        must_exist: bool = True,
    ) -> None:
        super().__init__(directory=folder, check_dir=must_exist)
        self._version = version
        self._headers = {**NO_SNIFFING, **KEPT_AN_HOUR, **(headers or {})}

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await self.find_file(path, scope)
        response.headers.update(self._headers)
        if self.is_current(scope):
            response.headers.update(KEPT_FOR_EVER)
        return response

    def is_current(self, scope: Scope) -> bool:
        """Return whether a file is asked for by the version that it has now."""
        return QueryParams(scope["query_string"]).get("v") == self._version()

    async def find_file(self, path: str, scope: Scope) -> Response:
        """Answer with a file, compressed for who takes that. Raises: HTTPException."""
        response = await super().get_response(path, scope)
        asked = Headers(scope=scope)
        if response.status_code == 304:
            response.headers.add_vary_header("Accept-Encoding")
        if (
            not isinstance(response, FileResponse)
            or response.stat_result is None
            or response.stat_result.st_size < LEAST_BYTES
            or not is_text(response.headers.get("content-type", ""))
        ):
            return response
        response.headers.add_vary_header("Accept-Encoding")
        if scope["method"] not in {"GET", "HEAD"} or "range" in asked or not takes_gzip(asked):
            return response
        changed_ns = response.stat_result.st_mtime_ns
        body = await to_thread.run_sync(_packed_file, str(response.path), changed_ns)
        packed = Response(body, headers=dict(response.headers))
        tell_packed(packed.headers, len(body))
        return packed


@lru_cache(maxsize=64)  # there are fewer files: one of each
def _packed_file(path: str, _changed_ns: int) -> bytes:
    return pack(Path(path).read_bytes(), BEST)
