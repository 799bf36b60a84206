"""Messages, alerts and wanted mails, as both schemas show them and take orders about them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import strawberry
from strawberry.scalars import JSON

from server.actions.messages import messages as actions
from server.actions.messages import preferences
from server.actions.work import Work
from server.domain.messages.alerts import Alert, message_of
from server.domain.messages.messages import Message, MessageCopy
from server.domain.plans.limits import LimitPeriod
from server.graphql.context import Context
from server.graphql.enums import (
    AlertState,
    MessageFolder,
    MessageRole,
    MessageState,
    ReadState,
)
from server.graphql.fields import described
from server.graphql.ids import parse_id
from server.graphql.mutations import IdInput, Input, Payload
from server.graphql.scalars import BigInt


@strawberry.type
class MessageFields:
    """What was written, and how far it is on its way."""

    row: strawberry.Private[Message]
    subject: str
    body: str = strawberry.field(description="Text, never HTML.")
    author: str = strawberry.field(
        description="The username of the developer who wrote it; empty from the provider."
    )
    label: str = strawberry.field(description="Which mail it is a copy of; empty: it was written.")
    created_at: datetime

    @described("How far it is on its way.")
    def state(self) -> MessageState:
        return MessageState(self.row.state)


@strawberry.type
class CopyFields:
    """One side's own copy of a message."""

    row: strawberry.Private[MessageCopy]
    read_at: datetime | None

    @strawberry.field
    def folder(self) -> MessageFolder:
        return MessageFolder(self.row.folder)

    @strawberry.field
    def role(self) -> MessageRole:
        return MessageRole(self.row.role)

    @strawberry.field
    def state(self) -> ReadState:
        return ReadState(self.row.state)


@strawberry.type
class AlertFields:
    """A level of a limit that an application has reached."""

    row: strawberry.Private[Alert]
    level: int = strawberry.field(description="In percent: 50, 80, 90, 100, 120, 150, 200 or 300.")
    metric_name: str
    window_start: datetime
    created_at: datetime

    @strawberry.field
    def period(self) -> LimitPeriod:
        return LimitPeriod(self.row.period)

    @strawberry.field
    def used(self) -> BigInt:
        return BigInt(self.row.used)

    @strawberry.field
    def limit(self) -> BigInt:
        return BigInt(self.row.limit_value)

    @described("The same in words: `hits per day: 5 of 5`.")
    def message(self) -> str:
        return message_of(self.row)


@strawberry.input
class MessageReplyInput(IdInput):
    body: str


@strawberry.input(description="Names the application whose alerts are meant.")
class AlertsInput(Input):
    application_id: strawberry.ID


@strawberry.input(description="What one wants to be mailed: names to true or false.")
class NotificationPreferencesUpdateInput(Input):
    preferences: JSON


@strawberry.type
class CountPayload(Payload):
    count: int | None = strawberry.field(default=None, description="How many that were.")


@strawberry.type
class NotificationPreferencesPayload(Payload):
    preferences: JSON | None = None


def act_on_copy(
    ctx: Context, input: IdInput, act: Callable[[Work, int], MessageCopy]
) -> MessageCopy:
    """Do something to one's own copy."""
    with ctx.write() as work:
        return act(work, parse_id(input.id, "MessageCopy"))


def act_on_alert(ctx: Context, input: IdInput, act: Callable[[Work, int], Alert]) -> Alert:
    """Do something to an alert."""
    with ctx.write() as work:
        return act(work, parse_id(input.id, "Alert"))


def act_on_alerts(
    ctx: Context, input: AlertsInput, act: Callable[[Work, int], int]
) -> CountPayload:
    """Do something to all alerts of an application."""
    with ctx.write() as work:
        number = act(work, parse_id(input.application_id, "Application", "application_id"))
    return CountPayload(count=number)


def empty_trash(ctx: Context) -> CountPayload:
    """Delete for good what is in one's trash."""
    with ctx.write() as work:
        return CountPayload(count=actions.empty_trash(work))


def update_preferences(
    ctx: Context, input: NotificationPreferencesUpdateInput
) -> NotificationPreferencesPayload:
    """Choose which mails one wants."""
    given: Any = input.preferences
    with ctx.write() as work:
        chosen: Any = preferences.update_preferences(work, given)
    return NotificationPreferencesPayload(preferences=chosen)


def state_of(alert: Alert, side: str) -> AlertState:
    """Tell whether a side has read an alert."""
    return AlertState(getattr(alert, side))
