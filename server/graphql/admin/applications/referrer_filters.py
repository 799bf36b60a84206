"""Referrer filters of applications: added, deleted."""

import strawberry

from server.domain.permissions import Permission
from server.graphql import credentials
from server.graphql.admin.applications.applications import ApplicationPayload, ApplicationType
from server.graphql.context import Info
from server.graphql.credentials import (
    ReferrerFilterDeleteInput,
    ReferrerFilterInput,
    ReferrerFilterType,
)
from server.graphql.mutations import mutation
from server.graphql.topics import Topic


@strawberry.type
class ReferrerFilterPayload(ApplicationPayload):
    referrer_filter: ReferrerFilterType | None = None


@strawberry.type
class ReferrerFilterMutations:
    @mutation(ReferrerFilterPayload, Permission.APPLICATIONS_EDIT)
    def referrer_filter_add(self, info: Info, input: ReferrerFilterInput) -> ReferrerFilterPayload:
        """Let calls of one more referrer through."""
        row, made = credentials.add_filter(info.context, input)
        return ReferrerFilterPayload(application=ApplicationType.of(row), referrer_filter=made)

    @mutation(ApplicationPayload, Permission.APPLICATIONS_EDIT)
    def referrer_filter_delete(
        self, info: Info, input: ReferrerFilterDeleteInput
    ) -> ApplicationPayload:
        """Let calls of a referrer through no more."""
        row = credentials.delete_filter(info.context, input)
        return ApplicationPayload(application=ApplicationType.of(row))


TOPIC = Topic(mutations=ReferrerFilterMutations)
