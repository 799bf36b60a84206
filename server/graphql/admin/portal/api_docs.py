"""ActiveDocs: specifications of APIs."""

from collections.abc import Sequence
from datetime import datetime

import strawberry
from sqlmodel import col

from server.actions.portal.api_docs import API_DOCS
from server.domain.permissions import Permission
from server.domain.portal.api_docs import ApiDocs
from server.domain.services.services import Service
from server.graphql.admin.references import connection, related
from server.graphql.context import Info
from server.graphql.fields import Node, OfRow, described
from server.graphql.paging import Rows
from server.graphql.resources import mutations_of
from server.graphql.topics import Shown, Topic


@strawberry.type(name="ApiDocs", description="A specification: a Swagger or OpenAPI document.")
class ApiDocsType(OfRow[ApiDocs], Node):
    name: str
    system_name: str
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


@strawberry.type
class ApiDocsQueries:
    @connection(ApiDocs, Permission.SERVICES_READ, "All specifications.")
    def api_docs(self, info: Info) -> Rows:
        return Rows(API_DOCS.listing, info.context.rows(ApiDocs))


TOPIC = Topic(
    shows=(Shown(ApiDocs, ApiDocsType, API_DOCS.query),),
    queries=ApiDocsQueries,
    mutations=mutations_of(API_DOCS, ApiDocsType, "ApiDocs"),
)
