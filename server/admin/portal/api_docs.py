"""ActiveDocs: the specifications that developers read in the portal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sqlmodel import col
from starlette.responses import Response

from server.actions.portal.api_docs import API_DOCS, fetched_from, store_fetched
from server.actions.portal.api_docs_versions import compared_with_seen, get_outline
from server.actions.services.services import SERVICES
from server.admin.context import AdminContext
from server.admin.lists import Pager, by_id, page_through
from server.admin.page_face import AdminRequest
from server.admin.portal.api_docs_versions import accepting
from server.admin.render import render
from server.domain.errors import BreaksCallers
from server.domain.permissions import Permission
from server.domain.portal.api_docs import ADDRESS, ApiDocs
from server.domain.portal.specs.differences import Differences
from server.domain.portal.specs.operations import Outline
from server.domain.services.services import Service
from server.web.requests import port_of

MOST_EDITED = 500_000  # characters that a browser edits with ease
MOVES = {
    "publish": (True, "is published: developers find it in the portal."),
    "hide": (False, "is hidden: developers don't see it any more."),
}


@dataclass(frozen=True, slots=True)
class ApiDocsListPage:
    """The list of specifications with the service of each."""

    api_docs: Pager[ApiDocs]
    services: Mapping[int, Service]


@dataclass(frozen=True, slots=True)
class ApiDocsPage:
    """One specification, and where the portal serves it."""

    api_docs: ApiDocs
    service: Service | None
    portal: str
    outline: Outline
    differences: Differences | None  # from what developers saw last, while it is hidden
    is_asked: bool  # whether callers may break: what was fetched does that

    @property
    def url(self) -> str:
        """Where the document is."""
        return f"{self.portal}{self.api_docs.path}"

    @property
    def shown(self) -> str:
        """The document, or its beginning."""
        return self.api_docs.body[:MOST_EDITED]

    @property
    def is_cut(self) -> bool:
        """Whether that is not all of it."""
        return len(self.api_docs.body) > MOST_EDITED


@dataclass(frozen=True, slots=True)
class NewApiDocsPage:
    services: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class EditApiDocsPage:
    api_docs: ApiDocs
    services: Sequence[tuple[str, str]]

    @property
    def body(self) -> str:
        """The document to be edited; none where it is too large for that."""
        body = self.api_docs.body
        return body if len(body) <= MOST_EDITED else ""


def index(ctx: AdminContext) -> Response:
    api_docs = page_through(ctx, API_DOCS.listing, API_DOCS.query(ctx.actor))
    services = by_id(ctx.db, Service, (row.service_id for row in api_docs.rows if row.service_id))
    return render(ctx, "api_docs/index.html.j2", ApiDocsListPage(api_docs, services))


def new(ctx: AdminContext) -> Response:
    ctx.actor.require(Permission.SERVICES_EDIT)
    return render(ctx, "api_docs/new.html.j2", NewApiDocsPage(_service_choices(ctx)))


def create(page_request: AdminRequest) -> Response:
    """Add a specification; one that is named by its address is fetched before the transaction."""
    with page_request.open(write=False) as ctx:
        ctx.actor.require(Permission.SERVICES_EDIT)
        sent, provider_id = _sent(ctx), ctx.provider.id

    def store(values: Mapping[str, str]) -> Response:
        with page_request.open() as ctx:
            api_docs = API_DOCS.create(ctx, values)
            return ctx.go(f"/api_docs/{api_docs.id}", f"{api_docs.name} is added.")

    return store_fetched(sent, partial(_fetch, page_request, provider_id), store)


def show(ctx: AdminContext) -> Response:
    api_docs = _api_docs(ctx)
    service = ctx.db.get(Service, api_docs.service_id) if api_docs.service_id else None
    page = ApiDocsPage(
        api_docs,
        service,
        ctx.installation.addresses.portal(ctx.provider),
        get_outline(api_docs),
        compared_with_seen(ctx, api_docs),
        isinstance(ctx.error, BreaksCallers),
    )
    return render(ctx, "api_docs/show.html.j2", page)


def edit(ctx: AdminContext) -> Response:
    ctx.actor.require(Permission.SERVICES_EDIT)
    page = EditApiDocsPage(_api_docs(ctx), _service_choices(ctx))
    return render(ctx, "api_docs/edit.html.j2", page)


def update(page_request: AdminRequest) -> Response:
    """Save a specification; the document of a new address is fetched before the transaction."""
    with page_request.open(write=False) as ctx:
        ctx.actor.require(Permission.SERVICES_EDIT)
        api_docs, provider_id = _api_docs(ctx), ctx.provider.id
        sent = _changed(ctx, api_docs)
        is_new = sent.get(ADDRESS, "").strip() != api_docs.source_url
    store = partial(_save, page_request, "is saved.")
    if not is_new:
        return store(sent)
    return store_fetched(sent, partial(_fetch, page_request, provider_id), store)


def fetch(page_request: AdminRequest) -> Response:
    """Fetch a specification's document again, from the address that it came from."""
    with page_request.open(write=False) as ctx:
        ctx.actor.require(Permission.SERVICES_EDIT)
        url, provider_id = fetched_from(_api_docs(ctx)), ctx.provider.id
    store = partial(_save, page_request, "is fetched.")
    return store_fetched({ADDRESS: url}, partial(_fetch, page_request, provider_id), store)


def _save(page_request: AdminRequest, done: str, values: Mapping[str, str]) -> Response:
    with page_request.open() as ctx:
        api_docs = API_DOCS.update(accepting(ctx), ctx.path_id("api_docs_id"), values)
        return ctx.go(f"/api_docs/{api_docs.id}", f"{api_docs.name} {done}")


def _fetch(page_request: AdminRequest, provider_id: int, url: str) -> str:
    return page_request.deps.fetch(provider_id, url, port_of(page_request.request))


def move(ctx: AdminContext) -> Response:
    """Publish or hide a specification."""
    published, done = ctx.verb(MOVES)
    api_docs_id, changes = ctx.path_id("api_docs_id"), {"published": published}
    api_docs = API_DOCS.update(ctx, api_docs_id, changes)
    return ctx.go(f"/api_docs/{api_docs.id}", f"{api_docs.name} {done}")


def delete(ctx: AdminContext) -> Response:
    api_docs = API_DOCS.delete(ctx, ctx.path_id("api_docs_id"))
    return ctx.go("/api_docs", f"{api_docs.name} is deleted.")


def _api_docs(ctx: AdminContext) -> ApiDocs:
    return API_DOCS.get(ctx, ctx.path_id("api_docs_id"))


def _sent(ctx: AdminContext) -> dict[str, str]:
    """Read the form: a chosen file goes before what is pasted.

    What is pasted gets the line ends that it had: browsers send others.
    """
    sent = ctx.sent(API_DOCS)
    pasted = sent.get("body", "").replace("\r\n", "\n")
    return {**sent, "body": ctx.values.get("file", "") or pasted}


def _changed(ctx: AdminContext, api_docs: ApiDocs) -> dict[str, str]:
    """Read the form of a change; without the document where that stays as it is.

    One too large to be edited is not in the form, so it stays unless another is sent.
    """
    sent = _sent(ctx)
    is_kept = not sent["body"] and (len(api_docs.body) > MOST_EDITED or sent.get(ADDRESS))
    if is_kept or sent["body"].strip() == api_docs.body.replace("\r\n", "\n"):
        del sent["body"]
    return sent


def _service_choices(ctx: AdminContext) -> list[tuple[str, str]]:
    services = ctx.db.exec(SERVICES.query(ctx.actor).order_by(col(Service.id)))
    named = [(str(service.id), service.name) for service in services]
    return [("", "No API in particular"), *named]
