"""The MCP server, made anew for each request: the library reads and writes, `mcp_tools` answers.

Only `mcp` imports this, by name and with the first call: the library takes time and memory.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

import mcp_types as types
import structlog
from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.shared.exceptions import MCPError
from starlette.types import Receive, Scope, Send

from cms.liquid.drops.machines import markdown_path
from cms.liquid.drops.themes import ThemeDrop
from cms.portal.context import PortalContext
from cms.portal.machines.mcp import MOST_BODY_BYTES, Visit
from cms.portal.machines.mcp_tools import Answer, Arguments, call_tool, path_in_portal, read_page
from cms.portal.machines.mcp_tools import tools_of as tools_for
from cms.portal.machines.readable import find_body, list_pages, list_specs
from cms.portal.machines.twins import MARKDOWN
from server.domain.errors import DomainError, NotFound
from server.kit.ids import random_hex
from server.web.requests import BadRequest

PAGE_SIZE = 200  # resources of one answer
LARGEST_DOCUMENT = 1_500_000  # characters
JSON = "application/json"
INSTRUCTIONS = (
    "The developer portal of {name}: documentation, APIs and plans. Find pages with search or "
    "the list of resources, operations with list_apis and list_operations; describe_operation "
    "shows how to call one. Nothing can be changed here."
)
FAULT = "Something went wrong on our side. If it stays, tell the provider this number: {id}."
Ctx = Any  # the library's, which is made for a session that there is none of
Known = TypeVar("Known")
log = structlog.get_logger("gatehouse.portal")


async def serve(visit: Visit, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request; nothing of it is kept."""
    portal = await visit.deps.executor.run(_introduce, visit)
    handlers = _Handlers(visit)
    server: Server[dict[str, Any]] = Server(
        "gatehouse-portal",
        title=portal,
        instructions=INSTRUCTIONS.format(name=portal),
        get_tool_input_schema=_no_schema,
        on_list_tools=handlers.list_tools,
        on_call_tool=handlers.call_tool,
        on_list_resources=handlers.list_resources,
        on_list_resource_templates=handlers.list_templates,
        on_read_resource=handlers.read_resource,
    )
    manager = StreamableHTTPSessionManager(
        server, json_response=True, stateless=True, max_request_body_size=MOST_BODY_BYTES
    )
    async with manager.run():
        await manager.handle_request(scope, receive, send)


def _introduce(visit: Visit) -> str:
    with visit.open() as ctx:
        return ThemeDrop(ctx.provider, ctx.data).title


def _no_schema(_name: str) -> None:
    """No argument is repeated in a header."""
    return


class _Handlers:
    """What the library calls, each in a transaction of its own in a worker thread."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit

    async def list_tools(self, _ctx: Ctx, _params: Any) -> types.ListToolsResult:
        return await self._run(_list_tools)

    async def call_tool(
        self, _ctx: Ctx, params: types.CallToolRequestParams
    ) -> types.CallToolResult:
        return await self._run(partial(_call_tool, params.name, params.arguments or {}))

    async def list_resources(
        self, _ctx: Ctx, params: types.PaginatedRequestParams | None
    ) -> types.ListResourcesResult:
        cursor = params.cursor if params else None
        return await self._run(partial(_list_resources, cursor or "0"))

    async def list_templates(self, _ctx: Ctx, _params: Any) -> types.ListResourceTemplatesResult:
        return await self._run(_list_templates)

    async def read_resource(
        self, _ctx: Ctx, params: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        return await self._run(partial(_read_resource, str(params.uri)))

    async def _run(self, answer: Callable[[PortalContext], Known]) -> Known:
        return await self._visit.deps.executor.run(self._answer, answer)

    def _answer(self, answer: Callable[[PortalContext], Known]) -> Known:
        """Answer, or refuse as the protocol has it. Raises: MCPError."""
        try:
            with self._visit.open() as ctx:
                return answer(ctx)
        except BadRequest as error:  # changed since the request was let in
            raise MCPError(types.INVALID_REQUEST, error.message) from error
        except DomainError as error:
            data = {"code": error.code, "field": error.field}
            raise MCPError(types.INVALID_PARAMS, _told(error), data) from error
        except MCPError:
            raise
        except Exception as error:
            request_id = getattr(self._visit.request.state, "request_id", "") or random_hex(8)
            log.exception("mcp failed", request_id=request_id)
            told = FAULT.format(id=request_id)
            raise MCPError(types.INTERNAL_ERROR, told, {"request_id": request_id}) from error


def _list_tools(ctx: PortalContext) -> types.ListToolsResult:
    return types.ListToolsResult(
        tools=[
            types.Tool(
                name=tool.name,
                title=tool.title,
                description=tool.description,
                input_schema=tool.schema,
                annotations=types.ToolAnnotations(read_only_hint=True, open_world_hint=False),
            )
            for tool in tools_for(ctx)
        ]
    )


def _call_tool(name: str, arguments: Arguments, ctx: PortalContext) -> types.CallToolResult:
    """Call a tool; what it refuses the model is told, so that it can ask otherwise."""
    try:
        answer, is_error = call_tool(ctx, name, arguments), False
    except DomainError as error:
        data = {"code": error.code, "field": error.field}
        answer, is_error = Answer(_told(error), data), True
    text = types.TextContent(type="text", text=answer.text)
    return types.CallToolResult(content=[text], structured_content=answer.data, is_error=is_error)


def _list_resources(cursor: str, ctx: PortalContext) -> types.ListResourcesResult:
    """List pages, then specifications, from a place on."""
    if not cursor.isdecimal() or len(cursor) > 6:
        raise NotFound("There is no such place in the list.", field="cursor")
    resources, start = _resources(ctx), int(cursor)
    end = start + PAGE_SIZE
    return types.ListResourcesResult(
        resources=list(resources[start:end]),
        next_cursor=str(end) if end < len(resources) else None,
    )


def _resources(ctx: PortalContext) -> Sequence[types.Resource]:
    portal, tag = ctx.installation.addresses.portal(ctx.provider), ctx.data.locale
    found = [
        types.Resource(
            uri=f"{portal}{markdown_path(page.path, tag)}",
            name=page.path,
            title=page.title,
            mime_type=MARKDOWN,
        )
        for page in list_pages(ctx)
    ]
    for spec in list_specs(ctx):
        docs = spec.api_docs
        told = docs.description or spec.outline.description[:500] or None
        page, name = f"{portal}{markdown_path(docs.page_path, tag)}", docs.system_name
        found += [
            types.Resource(
                uri=page, name=docs.page_path, title=docs.name, description=told, mime_type=MARKDOWN
            ),
            types.Resource(
                uri=f"{portal}{docs.path}",
                name=name,
                title=f"{docs.name} ({spec.outline.format or 'JSON'})",
                description=told,
                mime_type=JSON,
                size=spec.outline.size or None,
            ),
        ]
    return found


def _list_templates(ctx: PortalContext) -> types.ListResourceTemplatesResult:
    portal = ctx.installation.addresses.portal(ctx.provider)
    page = types.ResourceTemplate(
        uri_template=f"{portal}/{{+path}}.md",
        name="page",
        title="A page as Markdown",
        mime_type=MARKDOWN,
    )
    operation = types.ResourceTemplate(
        uri_template=f"{portal}/api_docs/specs/{{specification}}/operations/{{operation}}.md",
        name="operation",
        title="An operation as Markdown",
        mime_type=MARKDOWN,
    )
    return types.ListResourceTemplatesResult(resource_templates=[page, operation])


def _read_resource(uri: str, ctx: PortalContext) -> types.ReadResourceResult:
    """Read a page, or the document of a specification. Raises: NotFound."""
    path = path_in_portal(ctx, uri)
    spec = next((each for each in list_specs(ctx) if each.api_docs.path == path), None)
    if spec is None:
        contents = types.TextResourceContents(
            uri=uri, mime_type=MARKDOWN, text=read_page(ctx, path)
        )
        return types.ReadResourceResult(contents=[contents])
    if spec.outline.size > LARGEST_DOCUMENT:
        raise NotFound("This document is too large to be read here. Load it from its address.")
    text = find_body(ctx, spec.api_docs)
    document = types.TextResourceContents(uri=uri, mime_type=JSON, text=text)
    return types.ReadResourceResult(contents=[document])


def _told(error: DomainError) -> str:
    """Say what was wrong; what is said of a field names it first."""
    is_of_field = error.field and error.message[:1].islower()
    return f"{error.field} {error.message}" if is_of_field else error.message
