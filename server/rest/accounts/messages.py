"""Messages to accounts. Source: reference-portal 1.1."""

from server.actions.messages.messages import send_message
from server.domain.messages.messages import Message, MessageDraft
from server.domain.permissions import Permission
from server.rest.answers import Made
from server.rest.context import RestContext
from server.rest.operations import Operation
from server.rest.shapes import Shape, columns

MESSAGE = Shape(
    name="message",
    model=Message,
    parts=columns("id", "created_at", "state", "subject", "body"),
)


def _send(ctx: RestContext) -> Message:
    return send_message(ctx, ctx.params.pick(MessageDraft.model_fields), ctx.path_id("account_id"))


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "POST",
        "/accounts/{account_id}/messages",
        "Write to an account.",
        Permission.MESSAGES_EDIT,
        _send,
        Made(MESSAGE),
        takes=MessageDraft,
        wrappers=("message",),
    ),
)
