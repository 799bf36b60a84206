"""What the portal holds, as language models read it. Source: llmstxt.org.

Both are in the language of who asks and hold what he may see: a list with links to the Markdown
twins of pages, and all of them in one text.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import quote

from starlette.responses import Response

from cms.liquid.drops.machines import markdown_path
from cms.liquid.drops.themes import ThemeDrop
from cms.portal.context import PortalContext
from cms.portal.machines.mcp import MCP_PATH
from cms.portal.machines.pages import as_reader, markdown_at
from cms.portal.machines.readable import ReadableSpec, list_pages, list_specs
from cms.portal.machines.twins import CATALOGUE
from cms.rendering.documentation import FOLDER
from server.domain.errors import DomainError
from server.web.requests import address_of

MEDIA_TYPE = "text/plain; charset=utf-8"
MOST_LINKS = 1_000  # of one part of the list
MOST_WORDS = 300  # characters of a description
MOST_PAGES = 200  # in one text
MOST_TEXT = 1_000_000  # characters
MOST_S = 5.0


def show(ctx: PortalContext) -> Response:
    """List what there is to read."""
    return _answer(as_reader(ctx), "/llms.txt", _list)


def show_full(ctx: PortalContext) -> Response:
    """Give all of it in one text; what does not fit is listed. Cost: bounded, see above."""
    return _answer(as_reader(ctx), "/llms-full.txt", _full)


def _answer(
    reader: PortalContext, name: str, write: Callable[[PortalContext], Iterator[str]]
) -> Response:
    """Give a text that is kept while nothing changes. Raises: LimitReached."""
    key = reader.kept_pages.key_of(reader, name)
    text = reader.kept_pages.find(key)
    if text is None:
        text = "\n".join(write(reader))
        reader.kept_pages.keep(reader, key, text)
    return Response(text, media_type=MEDIA_TYPE)


def _head(ctx: PortalContext) -> Iterator[str]:
    theme = ThemeDrop(ctx.provider, ctx.data)
    say = ctx.data.language.say
    told = theme.tagline or theme.hero_text or say("Documentation, plans and APIs.")
    yield f"# {_one_line(theme.title)}"
    yield ""
    yield f"> {_one_line(told)}"
    yield ""


def _list(ctx: PortalContext) -> Iterator[str]:
    say, portal = ctx.data.language.say, _portal(ctx)
    pages = [(page.title, page.path) for page in list_pages(ctx)]
    specs = list_specs(ctx)
    documentation = [page for page in pages if _is_documentation(page[1])]
    others = [page for page in pages if not _is_documentation(page[1])]
    yield from _head(ctx)
    yield say("Every page of this portal is Markdown at its address with .md behind it.")
    yield ""
    yield from _links(ctx, say("Documentation"), documentation)
    yield from _specs(ctx, specs)
    yield from _links(ctx, say("Pages"), others)
    yield "## Optional"
    yield ""
    yield f"- [{say('All of this in one text')}]({portal}/llms-full.txt)"
    yield f"- [{say('The APIs as a catalog')}]({portal}{CATALOGUE}): RFC 9727"
    if ctx.data.settings.mcp_enabled:
        yield f"- [MCP]({portal}{MCP_PATH}): Model Context Protocol, Streamable HTTP"
    yield ""


def _links(ctx: PortalContext, title: str, pages: Sequence[tuple[str, str]]) -> Iterator[str]:
    if not pages:
        return
    yield f"## {title}"
    yield ""
    for name, path in pages[:MOST_LINKS]:
        yield f"- [{_named(name)}]({_twin(ctx, path)})"
    if len(pages) > MOST_LINKS:
        yield f"- [{ctx.data.language.say('More pages')}]({_portal(ctx)}/sitemap.xml)"
    yield ""


def _specs(ctx: PortalContext, specs: Sequence[ReadableSpec]) -> Iterator[str]:
    if not specs:
        return
    say, portal = ctx.data.language.say, _portal(ctx)
    yield f"## {say('API reference')}"
    yield ""
    for spec in specs:
        docs = spec.api_docs
        told = _one_line(docs.description or spec.outline.description)[:MOST_WORDS]
        yield (f"- [{_named(docs.name)}]({_twin(ctx, docs.page_path)}){': ' if told else ''}{told}")
        yield f"  - [{spec.outline.format or 'JSON'}]({portal}{docs.path})"
    yield ""


def _full(ctx: PortalContext) -> Iterator[str]:
    """Write page after page; once it is too much or too slow, list the rest.

    Raises: LimitReached.
    """
    user_id, address = ctx.actor.user_id, address_of(ctx.request)
    user = "" if user_id is None else f"user {user_id}"
    ctx.deps.gates.whole_texts.enter(ctx.provider.id, user, address)
    ends_at = time.monotonic() + MOST_S
    left, number = MOST_TEXT, 0
    rest: list[tuple[str, str]] = []
    yield from _head(ctx)
    for title, path in _readable(ctx):
        is_over = number >= MOST_PAGES or left <= 0 or time.monotonic() > ends_at
        text = "" if is_over else _text_of(ctx, path)
        if not text or len(text) > left:
            rest.append((title, path))
            continue
        left, number = left - len(text), number + 1
        yield f"<!-- {_twin(ctx, path)} -->"
        yield ""
        yield text
        yield ""
    yield from _links(ctx, ctx.data.language.say("More pages"), rest)


def _readable(ctx: PortalContext) -> Iterator[tuple[str, str]]:
    """List titles and paths: pages, then specifications with their operations."""
    for page in list_pages(ctx):
        yield page.title, page.path
    for spec in list_specs(ctx):
        yield spec.api_docs.name, spec.api_docs.page_path
        for each in spec.outline.operations:
            path = f"{spec.api_docs.page_path}/operations/{each.slug}"
            yield f"{each.method} {each.path}", path


def _text_of(ctx: PortalContext, path: str) -> str:
    """Read a page; empty for one that can't be read now."""
    try:
        return markdown_at(ctx, path)
    except DomainError:
        return ""


def _portal(ctx: PortalContext) -> str:
    return ctx.installation.addresses.portal(ctx.provider)


def _is_documentation(path: str) -> bool:
    return f"{path}/".startswith(f"{FOLDER}/")


def _twin(ctx: PortalContext, path: str) -> str:
    """Write the address of a twin in the language of the text."""
    return _portal(ctx) + quote(markdown_path(path, ctx.data.locale), safe="/:")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _named(text: str) -> str:
    """Make a text the words of a link."""
    return _one_line(text).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
