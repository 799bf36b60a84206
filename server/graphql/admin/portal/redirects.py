"""Redirects of the portal."""

from datetime import datetime

import strawberry

from server.actions.portal.redirects import REDIRECTS
from server.domain.permissions import Permission
from server.domain.portal.redirects import Redirect
from server.graphql.admin.references import connection
from server.graphql.context import Info
from server.graphql.fields import Node, OfRow
from server.graphql.paging import Rows
from server.graphql.resources import mutations_of
from server.graphql.topics import Shown, Topic


@strawberry.type(name="Redirect", description="A path of the portal that is somewhere else now.")
class RedirectType(OfRow[Redirect], Node):
    source: str
    target: str
    created_at: datetime
    updated_at: datetime


@strawberry.type
class RedirectQueries:
    @connection(Redirect, Permission.PORTAL_READ, "All redirects.")
    def redirects(self, info: Info) -> Rows:
        return Rows(REDIRECTS.listing, info.context.rows(Redirect))


TOPIC = Topic(
    shows=(Shown(Redirect, RedirectType, REDIRECTS.query),),
    queries=RedirectQueries,
    mutations=mutations_of(REDIRECTS, RedirectType, "Redirect"),
)
