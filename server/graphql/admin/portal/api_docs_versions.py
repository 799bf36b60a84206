"""The versions of a specification, and what each changed for callers."""

from collections.abc import Sequence
from datetime import datetime

import strawberry
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.rows import within_services
from server.domain.actors import Actor
from server.domain.permissions import Permission
from server.domain.portal.api_docs import ApiDocs
from server.domain.portal.api_docs_versions import ApiDocsVersion
from server.domain.portal.specs.differences import Change, Differences
from server.graphql.admin.references import related
from server.graphql.context import Info
from server.graphql.fields import Node, OfRow, described
from server.graphql.topics import Shown, Topic


@strawberry.type(description="One difference between two versions of a specification.")
class ApiDocsChange:
    kind: str = strawberry.field(description="`added`, `removed` or `changed`.")
    place: str = strawberry.field(description="`GET /pets`; empty for the document as a whole.")
    what: str
    why: str = strawberry.field(description="How it breaks callers; empty when it does not.")

    @classmethod
    def of(cls, change: Change) -> "ApiDocsChange":
        return cls(kind=change.kind, place=change.place, what=change.what, why=change.why)


@strawberry.type(name="ApiDocsVersion", description="A document that a specification had, or has.")
class ApiDocsVersionType(OfRow[ApiDocsVersion], Node):
    number: int
    title: str
    author: str
    created_at: datetime
    is_public: bool
    breaking: int = strawberry.field(description="How many of its changes break callers.")

    @described("Its document; empty where that is not kept any more.")
    async def body(self, info: Info) -> str:
        ctx = info.context

        def read(ids: Sequence[int]) -> dict[int, str]:
            row = ApiDocsVersion
            found = ctx.db.execute(
                select(row.id, row.body, row.size).where(col(row.id).in_(ids))
            ).all()
            newest = [version_id for version_id, body, size in found if size and not body]
            query = (
                select(row.id, ApiDocs.body)
                .join(ApiDocs, col(ApiDocs.id) == row.api_docs_id)
                .where(col(row.id).in_(newest))
            )
            return {each[0]: each[1] for each in (*found, *ctx.db.execute(query))}

        body: str = await ctx.loaders.batch("body of versions", read, "").load(self.row.id)
        return body

    @described("What is different from the version before, breaking changes first.")
    def changes(self) -> list[ApiDocsChange]:
        return [ApiDocsChange.of(each) for each in Differences.read(self.row.changes).changes]

    @related(ApiDocs)
    def api_docs(self) -> int:
        return self.row.api_docs_id


def _rows(actor: Actor) -> SelectOfScalar[ApiDocsVersion]:
    actor.require(Permission.SERVICES_READ)
    query = select(ApiDocsVersion).where(ApiDocsVersion.provider_id == actor.provider_id)
    if actor.service_ids is None:
        return query
    within = select(ApiDocs.id).where(*within_services(actor, ApiDocs))
    return query.where(col(ApiDocsVersion.api_docs_id).in_(within))


TOPIC = Topic(shows=(Shown(ApiDocsVersion, ApiDocsVersionType, _rows),))
