"""The provider itself, and whoever asks."""

from datetime import datetime

import strawberry

from server.domain.accounts.users import User
from server.domain.provider.providers import Provider
from server.graphql.admin.references import related
from server.graphql.context import Info
from server.graphql.fields import Node, OfRow
from server.graphql.topics import Topic


@strawberry.type(name="Provider", description="The tenant: everything here is its own.")
class ProviderType(OfRow[Provider], Node):
    name: str
    subdomain: str
    timezone: str
    from_email: str
    support_email: str
    finance_support_email: str
    reply_to_email: str
    created_at: datetime

    @strawberry.field
    def portal_base_url(self, info: Info) -> str:
        return info.context.installation.addresses.portal(self.row)

    @strawberry.field
    def admin_base_url(self, info: Info) -> str:
        return info.context.installation.addresses.admin(self.row)


@strawberry.type(description="Whoever sent this request.")
class Viewer:
    kind: str
    name: str
    permissions: list[str]
    user_id: strawberry.Private[int | None]

    @related(User)
    def user(self) -> int | None:
        return self.user_id


@strawberry.type
class ProviderQueries:
    @strawberry.field
    def provider(self, info: Info) -> ProviderType:
        return ProviderType.of(info.context.provider)

    @strawberry.field
    def viewer(self, info: Info) -> Viewer:
        actor = info.context.actor
        permissions = sorted(permission.value for permission in actor.permissions)
        return Viewer(
            kind=actor.kind, name=actor.name, permissions=permissions, user_id=actor.user_id
        )


TOPIC = Topic(queries=ProviderQueries)
