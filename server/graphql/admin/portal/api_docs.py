"""ActiveDocs: specifications of APIs."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import strawberry
from sqlmodel import col

from server.actions.portal.api_docs import (
    API_DOCS,
    fetched_from,
    restore_version,
    store_fetched,
)
from server.actions.portal.api_docs_versions import ACCEPTING, VERSIONS
from server.domain.permissions import Permission
from server.domain.portal.api_docs import ADDRESS, ApiDocs
from server.domain.portal.api_docs_versions import ApiDocsVersion
from server.domain.services.services import Service
from server.graphql.admin.references import connection, related
from server.graphql.context import Context, Info
from server.graphql.fields import Node, OfRow, described
from server.graphql.ids import parse_id
from server.graphql.mutations import IdInput, Payload, changes_of, mutation
from server.graphql.paging import Rows
from server.graphql.resources import Before, Store, given, mutations_of, update_input
from server.graphql.topics import Shown, Topic
from server.web.requests import port_of


@strawberry.type(name="ApiDocs", description="A specification: a Swagger or OpenAPI document.")
class ApiDocsType(OfRow[ApiDocs], Node):
    name: str
    system_name: str
    source_url: str
    description: str
    published: bool
    skip_swagger_validations: bool
    created_at: datetime
    updated_at: datetime

    @described("The document: JSON, as it was given.")
    async def body(self, info: Info) -> str:
        ctx = info.context

        def read(ids: Sequence[int]) -> dict[int, str]:
            columns = ctx.rows(ApiDocs).with_only_columns(col(ApiDocs.id), col(ApiDocs.body))
            found = ctx.db.execute(columns.where(col(ApiDocs.id).in_(ids)))
            return {row[0]: row[1] for row in found}

        body: str = await ctx.loaders.batch("body of api docs", read, "").load(self.row.id)
        return body

    @described("Where the developer portal serves it while it is published.")
    def url(self, info: Info) -> str:
        ctx = info.context
        return f"{ctx.installation.addresses.portal(ctx.provider)}{self.row.path}"

    @related(Service)
    def service(self) -> int | None:
        return self.row.service_id

    @connection(ApiDocsVersion, description="Its versions, the newest first.")
    def versions(self, info: Info) -> Rows:
        rows = info.context.rows(ApiDocsVersion)
        return Rows(VERSIONS, rows, (ApiDocsVersion.api_docs_id, self.row.id))


@strawberry.type
class ApiDocsQueries:
    @connection(ApiDocs, Permission.SERVICES_READ, "All specifications.")
    def api_docs(self, info: Info) -> Rows:
        return Rows(API_DOCS.listing, info.context.rows(ApiDocs))


@strawberry.type
class ApiDocsPayload(Payload):
    api_docs: ApiDocsType | None = None


ACCEPT = (
    "Go ahead where the document takes something away that callers of a published specification "
    "may use; else it is refused with `BREAKS_CALLERS` and what breaks."
)


@strawberry.input
class ApiDocsUpdateInput(update_input(API_DOCS, "ApiDocsBase")):  # type: ignore[misc]  # made
    accept_breaking: bool = strawberry.field(default=False, description=ACCEPT)


@strawberry.input
class ApiDocsRestoreInput(IdInput):
    accept_breaking: bool = strawberry.field(default=False, description=ACCEPT)
    number: int = strawberry.field(description="Of the version.")


def _with_fetched(ctx: Context, values: Mapping[str, Any], store: Store) -> Any:
    """Fetch the document of an address first, while nothing of the database is held."""

    def fetch(url: str) -> str:
        ctx.forget()
        return ctx.deps.fetch(ctx.provider.id, url, port_of(ctx.request))

    return store_fetched(values, fetch, store)


def _accepted(input: Any) -> frozenset[str]:
    return ACCEPTING if getattr(input, "accept_breaking", False) else frozenset()


def _changed(ctx: Context, input: Any, values: Mapping[str, Any]) -> ApiDocsPayload:
    """Change the specification that an input names."""
    number = parse_id(input.id, "ApiDocs")

    def store(values: Mapping[str, Any]) -> ApiDocs:
        with ctx.write(_accepted(input)) as work:
            ctx.check_version(work, ApiDocs, number, getattr(input, "expected_version", None))
            return API_DOCS.update(work, number, values)

    return ApiDocsPayload(api_docs=ApiDocsType.of(_with_fetched(ctx, values, store)))


BEFORE = Before(_with_fetched, may_lack=("body",))
Mutations = mutations_of(API_DOCS, ApiDocsType, "ApiDocs", ApiDocsPayload, BEFORE)


@strawberry.type
class ApiDocsMutations(Mutations):  # type: ignore[misc,valid-type]  # made
    @mutation(ApiDocsPayload, Permission.SERVICES_EDIT)
    def api_docs_update(self, info: Info, input: ApiDocsUpdateInput) -> ApiDocsPayload:
        """Change a specification: what is left out stays."""
        return _changed(info.context, input, given(API_DOCS, changes_of(input)))

    @mutation(ApiDocsPayload, Permission.SERVICES_EDIT)
    def api_docs_fetch(self, info: Info, input: IdInput) -> ApiDocsPayload:
        """Fetch the document of a specification again, from its `sourceUrl`.

        What breaks callers is refused: `apiDocsUpdate` with this `sourceUrl` and `acceptBreaking`
        takes it.
        """
        ctx = info.context
        api_docs = API_DOCS.get(ctx.work, parse_id(input.id, "ApiDocs"))
        return _changed(ctx, input, {ADDRESS: fetched_from(api_docs)})

    @mutation(ApiDocsPayload, Permission.SERVICES_EDIT)
    def api_docs_restore(self, info: Info, input: ApiDocsRestoreInput) -> ApiDocsPayload:
        """Make the document of an earlier version the specification's again, as a new version."""
        number = parse_id(input.id, "ApiDocs")
        with info.context.write(_accepted(input)) as work:
            row = restore_version(work, number, input.number)
        return ApiDocsPayload(api_docs=ApiDocsType.of(row))


TOPIC = Topic(
    shows=(Shown(ApiDocs, ApiDocsType, API_DOCS.query),),
    queries=ApiDocsQueries,
    mutations=ApiDocsMutations,
)
