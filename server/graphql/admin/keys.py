"""Credentials of applications: replaced, added, deleted."""

import strawberry

from server.actions import keys as actions
from server.actions.applications import application_of
from server.domain.permissions import Permission
from server.graphql.admin.applications import ApplicationPayload, ApplicationType
from server.graphql.context import Info
from server.graphql.ids import number_of
from server.graphql.mutations import Input, mutation
from server.graphql.transport.credentials import ApplicationKeyType


@strawberry.type
class UserKeyPayload(ApplicationPayload):
    user_key: str | None = None


@strawberry.type
class KeyPayload(ApplicationPayload):
    key: ApplicationKeyType | None = None


@strawberry.input
class KeyInput(Input):
    application_id: strawberry.ID
    value: str | None = strawberry.field(default=None, description="Random unless given.")


@strawberry.input
class KeyDeleteInput(Input):
    application_id: strawberry.ID
    key_id: strawberry.ID


@strawberry.type
class KeyMutations:
    @mutation(UserKeyPayload, Permission.APPLICATIONS_EDIT)
    def user_key_replace(self, info: Info, input: KeyInput) -> UserKeyPayload:
        """Give an application another user_key; the old one is dead at once."""
        ctx, number = info.context, number_of(input.application_id, "Application", "application_id")
        with ctx.write() as db:
            row, key = actions.replace_user_key(
                db, ctx.actor, ctx.installation, number, input.value
            )
        return UserKeyPayload(application=ApplicationType.of(row), user_key=key)

    @mutation(KeyPayload, Permission.APPLICATIONS_EDIT)
    def key_add(self, info: Info, input: KeyInput) -> KeyPayload:
        """Add an app_key to an application."""
        ctx, number = info.context, number_of(input.application_id, "Application", "application_id")
        with ctx.write() as db:
            key, _ = actions.add_key(db, ctx.actor, ctx.installation, number, input.value)
            row = application_of(db, ctx.actor, number)
        shown = ApplicationType.of(row)
        return KeyPayload(application=shown, key=ApplicationKeyType(row=key))

    @mutation(ApplicationPayload, Permission.APPLICATIONS_EDIT)
    def key_delete(self, info: Info, input: KeyDeleteInput) -> ApplicationPayload:
        """Take an app_key away; it is dead at once."""
        ctx, number = info.context, number_of(input.application_id, "Application", "application_id")
        with ctx.write() as db:
            key_id = number_of(input.key_id, "ApplicationKey", "key_id")
            row = actions.delete_key(db, ctx.actor, number, key_id)
        return ApplicationPayload(application=ApplicationType.of(row))
