"""The changes of a specification as Atom. Source: RFC 4287."""

from datetime import datetime

from starlette.responses import Response

from cms.portal.api_docs import Spec
from cms.portal.context import PortalContext
from server.actions.portal.api_docs_versions import list_versions
from server.domain.portal.api_docs_versions import ApiDocsVersion
from server.domain.portal.specs.differences import Change, Differences
from server.kit.xml import Element, document_of, escaped

MEDIA_TYPE = "application/atom+xml"
MOST_ENTRIES = 50
MOST_TOLD = 100  # changes of one entry


def feed(ctx: PortalContext) -> Response:
    """Tell what changed, the newest first. Raises: NotFound."""
    spec = Spec.of_path(ctx)
    api_docs = spec.api_docs
    portal = ctx.installation.addresses.portal(ctx.provider)
    page = f"{portal}{api_docs.page_path}/changes"
    versions = list_versions(ctx, api_docs, only_public=True)[:MOST_ENTRIES]
    newest = versions[0].created_at if versions else api_docs.updated_at
    root = Element(
        "feed",
        [
            Element("id", page),
            Element("title", f"Changes of {api_docs.name}"),
            Element("updated", _moment(newest)),
            Element("author", [Element("name", ctx.provider.name)]),
            Element("link", "", {"rel": "self", "type": MEDIA_TYPE, "href": f"{page}.atom"}),
            Element("link", "", {"rel": "alternate", "type": "text/html", "href": page}),
            *(_entry(version, page) for version in versions),
        ],
        {"xmlns": "http://www.w3.org/2005/Atom"},
    )
    return Response(document_of(root), media_type=MEDIA_TYPE)


def _entry(version: ApiDocsVersion, page: str) -> Element:
    found = Differences.read(version.changes)
    title = f"Version {version.title}" if version.title else f"Change {version.number}"
    if found.breaking:
        title = f"{title}: breaks callers"
    address = f"{page}#version-{version.number}"
    told = "".join(f"<li>{_line(change)}</li>" for change in found.changes[:MOST_TOLD])
    content = f"<ul>{told}</ul>" if told else "<p>The first version.</p>"
    return Element(
        "entry",
        [
            Element("id", address),
            Element("title", title),
            Element("updated", _moment(version.created_at)),
            Element("link", "", {"rel": "alternate", "type": "text/html", "href": address}),
            Element("content", content, {"type": "html"}),
        ],
    )


def _line(change: Change) -> str:
    place = f"<code>{escaped(change.place)}</code> " if change.place else ""
    why = f" <strong>Breaks callers: {escaped(change.why)}.</strong>" if change.why else ""
    return f"{place}{escaped(change.what)}{why}"


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
