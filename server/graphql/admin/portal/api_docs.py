"""ActiveDocs: specifications of APIs."""

from collections.abc import Sequence
from datetime import datetime

import strawberry
from sqlmodel import col

from server.actions.portal import api_docs as actions
from server.domain.permissions import Permission
from server.domain.portal.api_docs import ApiDocs
from server.domain.services.services import Service
from server.graphql.admin.references import connection, related
from server.graphql.context import Info
from server.graphql.fields import Node, OfRow, described
from server.graphql.ids import number_or_none, parse_id
from server.graphql.mutations import (
    DeletedPayload,
    IdInput,
    Input,
    Payload,
    changes_of,
    mutation,
)
from server.graphql.paging import Rows
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
class ApiDocsPayload(Payload):
    api_docs: ApiDocsType | None = None


@strawberry.input
class ApiDocsCreateInput(Input):
    name: str
    body: str = strawberry.field(
        description="Swagger 1.2 or 2.0, or OpenAPI 3.0 or 3.1, as JSON. "
        "What is too large for a request here can be pasted into the admin portal."
    )
    system_name: str | None = None
    description: str = ""
    service_id: strawberry.ID | None = None
    published: bool = False
    skip_swagger_validations: bool = strawberry.field(
        default=False, description="Take any JSON object."
    )


@strawberry.input
class ApiDocsUpdateInput(IdInput):
    name: strawberry.Maybe[str]
    body: strawberry.Maybe[str]
    description: strawberry.Maybe[str | None]
    service_id: strawberry.Maybe[strawberry.ID | None]
    published: strawberry.Maybe[bool]
    skip_swagger_validations: strawberry.Maybe[bool]


@strawberry.type
class ApiDocsQueries:
    @connection(ApiDocs, Permission.SERVICES_READ, "All specifications.")
    def api_docs(self, info: Info) -> Rows:
        return Rows(actions.LISTING, info.context.rows(ApiDocs))


@strawberry.type
class ApiDocsMutations:
    @mutation(ApiDocsPayload, Permission.SERVICES_EDIT)
    def api_docs_create(self, info: Info, input: ApiDocsCreateInput) -> ApiDocsPayload:
        """Add a specification."""
        ctx = info.context
        draft = actions.NewApiDocs(
            name=input.name,
            body=input.body,
            system_name=input.system_name,
            description=input.description,
            service_id=number_or_none(input.service_id, "Service", "service_id"),
            published=input.published,
            skip_swagger_validations=input.skip_swagger_validations,
        )
        with ctx.write() as work:
            row = actions.create_api_docs(work, draft)
        return ApiDocsPayload(api_docs=ApiDocsType.of(row))

    @mutation(ApiDocsPayload, Permission.SERVICES_EDIT)
    def api_docs_update(self, info: Info, input: ApiDocsUpdateInput) -> ApiDocsPayload:
        """Change, publish or hide a specification."""
        ctx, changes = info.context, changes_of(input)
        if "service_id" in changes:
            changes["service_id"] = number_or_none(changes["service_id"], "Service", "service_id")
        with ctx.write() as work:
            number = parse_id(input.id, "ApiDocs")
            row = actions.update_api_docs(work, number, changes)
        return ApiDocsPayload(api_docs=ApiDocsType.of(row))

    @mutation(DeletedPayload, Permission.SERVICES_EDIT)
    def api_docs_delete(self, info: Info, input: IdInput) -> DeletedPayload:
        """Take a specification away."""
        ctx = info.context
        with ctx.write() as work:
            actions.delete_api_docs(work, parse_id(input.id, "ApiDocs"))
        return DeletedPayload(deleted_id=input.id)


TOPIC = Topic(
    shows=(Shown(ApiDocs, ApiDocsType, actions.api_docs_query),),
    queries=ApiDocsQueries,
    mutations=ApiDocsMutations,
)
