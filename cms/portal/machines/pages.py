"""Reading pages for programs: as Markdown, with the rights of who asks, and without his keys."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import compile_path

from cms.content.theme import default_theme
from cms.liquid.drops.forum import FORUM, GALLERY
from cms.liquid.language import languages_of
from cms.portal import api_docs, forum, legal
from cms.portal.context import PortalContext
from cms.portal.languages import ASKED
from cms.portal.machines import community
from cms.portal.machines.twins import MARKDOWN, TWIN
from cms.portal.render import render_content
from server.domain.errors import NotFound

NO_PAGE = "There is no such page."
OPERATION = api_docs.PAGE + "/operations/{operation}"
# The portal's own pages that tell more than one visitor something.
OWN: Mapping[str, Callable[[PortalContext], Response]] = {
    "/api_docs": api_docs.index,
    api_docs.PAGE: api_docs.show_page,
    f"{api_docs.PAGE}/changes": api_docs.changes,
    OPERATION: api_docs.show_operation,
    "/terms": legal.show_terms,
    "/privacy": legal.show_privacy,
    "/refunds": legal.show_refunds,
    FORUM: community.show_forum,
    f"{FORUM}/categories/{{id}}": community.show_category,
    forum.TOPIC: community.show_topic,
    GALLERY: community.show_gallery,
}
PATTERNS: Mapping[re.Pattern[str], str] = {compile_path(path)[0]: path for path in OWN}
HEADERS = (b"host", b"user-agent")  # what of a request is true of one for another page


def as_reader(ctx: PortalContext) -> PortalContext:
    """Make the context of who reads with the same rights, but of whom pages know nothing.

    He sees his sections, and the samples of his pages have no key of his in them.
    """
    scope = ctx.request.scope
    kept = [(name, value) for name, value in scope["headers"] if name in HEADERS]
    asked = Request(
        {**scope, "method": "GET", "headers": kept, "query_string": b"", ASKED: ctx.data.locale}
    )
    page_request = replace(ctx.page_request, request=asked, form={}, error=None)
    return replace(ctx, visitor=None, page_request=page_request)


def markdown_at(reader: PortalContext, path: str) -> str:
    """Read a page that programs may read, in the language that begins its path if one does.

    Raises: NotFound; Unavailable when it can't be made.
    """
    response = _page_at(*_in_language(reader, path))
    is_markdown = response.headers.get("content-type", "").startswith(MARKDOWN)
    if response.status_code != 200 or not is_markdown:
        raise NotFound(NO_PAGE)
    return bytes(response.body).decode()


def _in_language(reader: PortalContext, path: str) -> tuple[PortalContext, str]:
    _, tag, *rest = path.split("/", 2)
    if tag not in languages_of(default_theme()):
        return reader, path
    asked = Request({**reader.request.scope, ASKED: tag})
    spoken = replace(reader, page_request=replace(reader.page_request, request=asked))
    spoken.__dict__["library"] = reader.library
    return spoken, f"/{rest[0] if rest else ''}"


def _page_at(reader: PortalContext, path: str) -> Response:
    for pattern, name in PATTERNS.items():
        match = pattern.match(path)
        if match is not None:
            return OWN[name](_at(reader, path, match.groupdict()))
    return render_content(_at(reader, path, {}), path)


def _at(reader: PortalContext, path: str, params: Mapping[str, str]) -> PortalContext:
    """Make the context of another page; what is read of the catalogue is read once for all."""
    scope = {**reader.request.scope, "path": path, "raw_path": path.encode(), TWIN: True}
    asked = Request({**scope, "path_params": dict(params)})
    ctx = replace(reader, page_request=replace(reader.page_request, request=asked))
    ctx.__dict__.update(library=reader.library, data=reader.data)  # what is computed once
    return ctx
