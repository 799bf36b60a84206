"""The list of all pages that everybody may see, for search engines. Source: sitemaps.org 0.9.

Whoever asks gets the same: what is for some only is for no search engine.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from starlette.responses import Response

from cms.liquid.drops.machines import ANY_LANGUAGE, Alternate, alternates_of
from cms.portal.context import PortalContext
from cms.portal.machines.readable import list_pages, list_specs
from cms.portal.machines.twins import SAFE
from server.domain.errors import NotFound
from server.kit.xml import HEAD, escaped

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
MEDIA_TYPE = "application/xml"
PAGES_OF_PART = 2_000  # each once for each language: the standard allows 50 000 addresses
MOST_PARTS = 200


@dataclass(frozen=True, slots=True)
class Listed:
    """A page by its path, without the language."""

    path: str
    changed_at: datetime | None


def show(ctx: PortalContext) -> Response:
    """List the pages, or the parts of a list that is too long for one. Raises: NotFound."""
    return _answer(ctx, 0)


def show_part(ctx: PortalContext, number: int) -> Response:
    """List one part of the pages. Raises: NotFound."""
    return _answer(ctx, number)


def _answer(ctx: PortalContext, number: int) -> Response:
    portal = ctx.installation.addresses.portal(ctx.provider)
    key = ctx.kept_pages.key_of(ctx, f"/sitemap {number}")
    text = ctx.kept_pages.find(key)
    if text is None:
        text = _document(ctx, portal, number)
        ctx.kept_pages.keep(ctx, key, text)
    return Response(text, media_type=MEDIA_TYPE)


def _document(ctx: PortalContext, portal: str, number: int) -> str:
    pages = _list_all(ctx)
    parts = [pages[start : start + PAGES_OF_PART] for start in range(0, len(pages), PAGES_OF_PART)][
        :MOST_PARTS
    ]
    if number == 0 and len(parts) > 1:
        return _index(portal, parts)
    if number > len(parts) or (number and len(parts) == 1):
        raise NotFound("There is no such part of the list of pages.")
    shown = parts[number - 1 if number else 0] if parts else []
    urls = "".join(url for page in shown for url in _urls(portal, page))
    return f'{HEAD}<urlset xmlns="{SITEMAP}" xmlns:xhtml="{XHTML}">{urls}</urlset>\n'


def _list_all(ctx: PortalContext) -> Sequence[Listed]:
    pages = [Listed(page.path, page.changed_at) for page in list_pages(ctx, for_all=True)]
    specs = list_specs(ctx)
    if specs:
        pages.append(Listed("/api_docs", max(spec.changed_at for spec in specs)))
    for spec in specs:
        page = spec.api_docs.page_path
        pages += [Listed(page, spec.changed_at), Listed(f"{page}/changes", spec.changed_at)]
        pages += [
            Listed(f"{page}/operations/{each.slug}", spec.changed_at)
            for each in spec.outline.operations
        ]
    return pages


def _index(portal: str, parts: Sequence[Sequence[Listed]]) -> str:
    items = []
    for number, part in enumerate(parts, start=1):
        moments = [page.changed_at for page in part if page.changed_at]
        address = escaped(f"{portal}/sitemap-{number}.xml")
        changed = _changed(max(moments) if moments else None)
        items.append(f"<sitemap><loc>{address}</loc>{changed}</sitemap>")
    return f'{HEAD}<sitemapindex xmlns="{SITEMAP}">{"".join(items)}</sitemapindex>\n'


def _urls(portal: str, page: Listed) -> Sequence[str]:
    """Write a page once for each language, each with all the others."""
    spoken = alternates_of(portal, page.path)
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{each.locale}" href="{address_of(each)}"/>'
        for each in spoken
    )
    changed = _changed(page.changed_at)
    return [
        f"<url><loc>{address_of(each)}</loc>{changed}{links}</url>"
        for each in spoken
        if each.locale != ANY_LANGUAGE
    ]


def address_of(each: Alternate) -> str:
    """Write an address as RFC 3986 and XML want it."""
    return escaped(quote(each.url, safe=SAFE))


def _changed(at: datetime | None) -> str:
    return f"<lastmod>{at.strftime('%Y-%m-%dT%H:%M:%SZ')}</lastmod>" if at else ""
