"""Which mails the person who asks wants."""

from typing import cast

import strawberry
from strawberry.scalars import JSON

from server.actions.messages.preferences import get_preferences
from server.domain.permissions import Permission
from server.graphql import letters
from server.graphql.context import Info
from server.graphql.fields import needing
from server.graphql.mutations import mutation
from server.graphql.topics import Topic


@strawberry.type
class NotificationQueries:
    @needing(Permission.MESSAGES_READ, "Which optional mails one wants: names to true or false.")
    def notification_preferences(self, info: Info) -> JSON:
        return cast(JSON, get_preferences(info.context.work))


@strawberry.type
class NotificationMutations:
    @mutation(letters.NotificationPreferencesPayload, Permission.MESSAGES_EDIT)
    def notification_preferences_update(
        self, info: Info, input: letters.NotificationPreferencesUpdateInput
    ) -> letters.NotificationPreferencesPayload:
        """Choose which optional mails one wants; what is not named stays."""
        return letters.update_preferences(info.context, input)


TOPIC = Topic(queries=NotificationQueries, mutations=NotificationMutations)
