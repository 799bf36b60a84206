"""Serving a provider's files: ranges, caching, and nothing that runs in the portal's name."""

import re
from collections.abc import AsyncIterator
from email.utils import format_datetime
from urllib.parse import quote

from sqlmodel import select
from starlette.responses import Response, StreamingResponse

from cms.content.index import Entry
from cms.portal.context import PortalContext
from server.actions.portal.files import read_chunks
from server.auth.dependencies import Dependencies
from server.domain.portal.files import CHUNK_BYTES, FileChunk, PortalFile
from server.domain.portal.media_types import media_type_of
from server.web.compression import is_text
from server.web.headers import KEPT_AN_HOUR, KEPT_FOR_EVER

RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})")
ONLY_HIS = {"Cache-Control": "private, no-cache"}  # of a section that not everybody sees
# What could hold scripts is shown without them, and apart from the portal's own pages.
ACTIVE = re.compile(r"(text|application)/(\w+\+)?(html|xml|xhtml)|image/svg|.*\+xml")
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'"
AT_ONCE = 4 * CHUNK_BYTES  # larger files are read while they are sent
Span = tuple[int, int]  # from, to: both inclusive


def file_response(ctx: PortalContext, file: Entry, *, is_public: bool) -> Response:
    """Answer with a file, a part of it, or that it has not changed."""
    asked = ctx.request.headers
    etag = f'"{file.extra[:32]}"'
    headers = _headers(file, etag, is_public=is_public)
    if ctx.request.query_params.get("v", "-") == file.extra[:12] and is_public:
        headers |= KEPT_FOR_EVER
    if etag in re.findall(r'"[^"]*"', asked.get("if-none-match", "")):
        return Response(None, 304, headers)
    is_same = asked.get("if-range", etag) == etag
    span = _span(asked.get("range", "") if is_same else "", file.number)
    if span is None:
        return Response(None, 416, {**headers, "Content-Range": f"bytes */{file.number}"})
    is_part = span != (0, file.number - 1)
    if is_part:
        headers["Content-Range"] = f"bytes {span[0]}-{span[1]}/{file.number}"
    return _body(ctx, file, span, 206 if is_part else 200, headers)


def _headers(file: Entry, etag: str, *, is_public: bool) -> dict[str, str]:
    media_type = file.content_type or media_type_of(file.name)
    name = quote(file.name.rsplit("/", 1)[-1])
    sandbox = "; sandbox" if ACTIVE.match(media_type) else ""
    charset = "; charset=utf-8" if is_text(media_type) and "charset" not in media_type else ""
    return {
        **(KEPT_AN_HOUR if is_public else ONLY_HIS),
        "Content-Type": f"{media_type}{charset}",
        "ETag": etag,
        "Last-Modified": format_datetime(file.changed_at, usegmt=True),
        "Accept-Ranges": "bytes",
        "Content-Security-Policy": POLICY + sandbox,
        **({"Content-Disposition": f"attachment; filename*=UTF-8''{name}"} if file.yes else {}),
    }


def _span(wanted: str, size: int) -> Span | None:
    """Read which bytes are asked for; all of them where that can't be read, None for none."""
    match = RANGE.fullmatch(wanted.strip())
    if match is None or not any(match.groups()):
        return 0, size - 1
    first, last = match.groups()
    if not first:
        start, end = max(0, size - int(last)), size - 1
    else:
        start, end = int(first), min(int(last), size - 1) if last else size - 1
    if last and first and int(last) < int(first):
        return 0, size - 1
    return (start, end) if start <= end else None


def _body(
    ctx: PortalContext, file: Entry, span: Span, status: int, headers: dict[str, str]
) -> Response:
    """Send the bytes: those of a small file at once, others while they are read."""
    first, last = span
    length = max(0, last - first + 1)
    headers["Content-Length"] = str(length)
    if ctx.request.method == "HEAD":
        return Response(None, status, headers)
    if length <= AT_ONCE:
        numbers = (first // CHUNK_BYTES, last // CHUNK_BYTES)
        content = b"".join(read_chunks(ctx.db, file.id, *numbers)) if length else b""
        start = first % CHUNK_BYTES
        return Response(content[start : start + length], status, headers)
    return StreamingResponse(_sent(ctx.deps, file, span), status, headers)


async def _sent(deps: Dependencies, file: Entry, span: Span) -> AsyncIterator[bytes]:
    """Read chunk by chunk; a file that is replaced meanwhile breaks off."""
    for number in range(span[0] // CHUNK_BYTES, span[1] // CHUNK_BYTES + 1):
        content = await deps.executor.run(_chunk, deps, file, number)
        start = max(0, span[0] - number * CHUNK_BYTES)
        yield content[start : span[1] - number * CHUNK_BYTES + 1]


def _chunk(deps: Dependencies, file: Entry, number: int) -> bytes:
    query = (
        select(FileChunk.content)
        .join(PortalFile)
        .where(FileChunk.file_id == file.id, FileChunk.number == number)
        .where(PortalFile.digest == file.extra)
    )
    with deps.database.read() as db:
        return db.exec(query).first() or b""
