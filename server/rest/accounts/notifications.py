"""Which mails the person of a token wants. Source: reference-portal 1.1, 8.2."""

from operator import itemgetter
from typing import Any

from pydantic import create_model

from server.actions.messages.preferences import get_preferences, update_preferences
from server.domain.attributes import Flag
from server.domain.drafts import Draft, changes_model
from server.domain.messages.preferences import OPTIONAL, NotificationPreference
from server.domain.permissions import Permission
from server.rest.answers import One
from server.rest.context import RestContext
from server.rest.operations import Operation
from server.rest.shapes import Shape, computed

PATH = "/personal/notification_preferences"
NAMES = tuple(name for name, optional in OPTIONAL.items() if optional.audience == "provider")
FIELDS: dict[str, Any] = {name: (Flag, OPTIONAL[name].default) for name in NAMES}
CHANGES = changes_model(create_model("NotificationPreferencesDraft", __base__=Draft, **FIELDS))
PREFERENCES: Shape[Any] = Shape(
    name="notification_preferences",
    model=NotificationPreference,
    parts=tuple(computed(name, bool, itemgetter(name)) for name in NAMES),
)


def _read(ctx: RestContext) -> dict[str, bool]:
    return get_preferences(ctx)


def _change(ctx: RestContext) -> dict[str, bool]:
    return update_preferences(ctx, ctx.given(CHANGES))


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "GET",
        PATH,
        "Tell which optional mails one wants.",
        Permission.MESSAGES_READ,
        _read,
        One(PREFERENCES),
    ),
    Operation(
        "PATCH",
        PATH,
        "Choose which optional mails one wants: what is left out stays.",
        Permission.MESSAGES_EDIT,
        _change,
        One(PREFERENCES),
        takes=CHANGES,
        wrappers=("notification_preferences",),
    ),
)
