"""Credentials of applications: replaced, added, deleted."""

import strawberry

from server.domain.permissions import Permission
from server.graphql import credentials
from server.graphql.admin.applications.applications import ApplicationPayload, ApplicationType
from server.graphql.context import Info
from server.graphql.credentials import (
    ApplicationKeyType,
    KeyDeleteInput,
    KeyInput,
    KeyRotateInput,
)
from server.graphql.mutations import mutation
from server.graphql.topics import Topic


@strawberry.type
class UserKeyPayload(ApplicationPayload):
    user_key: str | None = None


@strawberry.type
class KeyPayload(ApplicationPayload):
    key: ApplicationKeyType | None = None


@strawberry.type
class KeyMutations:
    @mutation(UserKeyPayload, Permission.APPLICATIONS_EDIT)
    def user_key_replace(self, info: Info, input: KeyInput) -> UserKeyPayload:
        """Give an application another user_key; the old is dead at once, or after the overlap."""
        row, key = credentials.replace_user_key(info.context, input)
        return UserKeyPayload(application=ApplicationType.of(row), user_key=key)

    @mutation(KeyPayload, Permission.APPLICATIONS_EDIT)
    def key_rotate(self, info: Info, input: KeyRotateInput) -> KeyPayload:
        """Put another app_key in the place of one, which holds on for the overlap."""
        row, key = credentials.rotate_key(info.context, input)
        return KeyPayload(application=ApplicationType.of(row), key=key)

    @mutation(KeyPayload, Permission.APPLICATIONS_EDIT)
    def key_add(self, info: Info, input: KeyInput) -> KeyPayload:
        """Add an app_key to an application."""
        row, key = credentials.add_key(info.context, input)
        return KeyPayload(application=ApplicationType.of(row), key=key)

    @mutation(ApplicationPayload, Permission.APPLICATIONS_EDIT)
    def key_delete(self, info: Info, input: KeyDeleteInput) -> ApplicationPayload:
        """Take an app_key away; it is dead at once."""
        row = credentials.delete_key(info.context, input)
        return ApplicationPayload(application=ApplicationType.of(row))


TOPIC = Topic(mutations=KeyMutations)
