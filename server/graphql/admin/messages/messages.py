"""Messages with developers."""

import strawberry

from server.actions.messages import lists, many
from server.actions.messages import messages as actions
from server.domain.accounts.accounts import Account
from server.domain.drafts import word_of
from server.domain.messages.messages import Folder, Message, MessageCopy
from server.domain.permissions import Permission
from server.domain.plans.plans import AccountPlan
from server.domain.services.services import Service
from server.graphql import letters
from server.graphql.admin.references import connection, related
from server.graphql.context import Info
from server.graphql.enums import MessageFolder, ReadState
from server.graphql.fields import Node, OfRow, needing
from server.graphql.ids import parse_id
from server.graphql.mutations import IdInput, Input, Payload, mutation
from server.graphql.paging import Rows
from server.graphql.topics import Shown, Topic


@strawberry.type(name="Message", description="What a provider or a developer wrote.")
class MessageType(letters.MessageFields, OfRow[Message], Node):
    recipients: int = strawberry.field(description="To how many accounts it goes.")

    @related(Account)
    def account(self) -> int | None:
        """The account that wrote it; null from the provider."""
        return self.row.account_id


@strawberry.type(name="MessageCopy", description="The provider's own copy of a message.")
class MessageCopyType(letters.CopyFields, OfRow[MessageCopy], Node):
    @related(Message)
    def message(self) -> int:
        return self.row.message_id


@strawberry.type
class MessagePayload(Payload):
    message: MessageType | None = None


@strawberry.type
class MessageCopyPayload(Payload):
    message_copy: MessageCopyType | None = None


@strawberry.input
class MessageSendInput(Input):
    account_id: strawberry.ID
    subject: str = ""
    body: str


@strawberry.input(
    description="Approved accounts: all, or of an account plan, or with an application of an API."
)
class MessageSendToManyInput(Input):
    service_id: strawberry.ID | None = None
    account_plan_id: strawberry.ID | None = None
    subject: str = ""
    body: str


@strawberry.type
class MessageQueries:
    @connection(MessageCopy, Permission.MESSAGES_READ, "The provider's messages, newest first.")
    def messages(
        self,
        info: Info,
        folder: MessageFolder = MessageFolder.INBOX,
        state: ReadState | None = None,
        search: str | None = None,
    ) -> Rows:
        wanted = lists.MessageFilter(
            folder=Folder(folder.value), state=word_of(state) or "", search=search or ""
        )
        return Rows(actions.LISTING, lists.narrowed_copies(info.context.actor, wanted))

    @needing(Permission.MESSAGES_READ, "How many messages nobody of the provider has read.")
    def unread_messages(self, info: Info) -> int:
        return actions.count_unread(info.context.db, info.context.actor.provider_id, None)


@strawberry.type
class MessageMutations:
    @mutation(MessagePayload, Permission.MESSAGES_EDIT)
    def message_send(self, info: Info, input: MessageSendInput) -> MessagePayload:
        """Write to a developer account."""
        values = {"subject": input.subject, "body": input.body}
        with info.context.write() as work:
            number = parse_id(input.account_id, "Account", "account_id")
            row = actions.send_message(work, values, number)
        return MessagePayload(message=MessageType.of(row))

    @mutation(MessagePayload, Permission.MESSAGES_EDIT)
    def message_send_to_many(self, info: Info, input: MessageSendToManyInput) -> MessagePayload:
        """Write to many developer accounts; `recipients` tells how many, a job delivers it."""
        ctx = info.context
        service_id = ctx.number_within_reach(input.service_id, Service, "serviceId")
        plan_id = ctx.number_within_reach(input.account_plan_id, AccountPlan, "accountPlanId")
        values = {"subject": input.subject, "body": input.body}
        with ctx.write() as work:
            row = many.send_to_many(work, values, service_id=service_id, plan_id=plan_id)
        return MessagePayload(message=MessageType.of(row))

    @mutation(MessagePayload, Permission.MESSAGES_EDIT)
    def message_reply(self, info: Info, input: letters.MessageReplyInput) -> MessagePayload:
        """Answer a message that was received."""
        with info.context.write() as work:
            row = actions.reply_to_message(work, parse_id(input.id, "MessageCopy"), input.body)
        return MessagePayload(message=MessageType.of(row))

    @mutation(MessageCopyPayload, Permission.MESSAGES_EDIT)
    def message_read(self, info: Info, input: IdInput) -> MessageCopyPayload:
        """Note that a message was read."""
        row = letters.act_on_copy(info.context, input, actions.mark_message_read)
        return MessageCopyPayload(message_copy=MessageCopyType.of(row))

    @mutation(MessageCopyPayload, Permission.MESSAGES_EDIT)
    def message_unread(self, info: Info, input: IdInput) -> MessageCopyPayload:
        """Note that a message is to be read again."""
        row = letters.act_on_copy(info.context, input, actions.mark_message_unread)
        return MessageCopyPayload(message_copy=MessageCopyType.of(row))

    @mutation(MessageCopyPayload, Permission.MESSAGES_EDIT)
    def message_trash(self, info: Info, input: IdInput) -> MessageCopyPayload:
        """Put one's own copy into the trash."""
        row = letters.act_on_copy(info.context, input, actions.trash_message)
        return MessageCopyPayload(message_copy=MessageCopyType.of(row))

    @mutation(MessageCopyPayload, Permission.MESSAGES_EDIT)
    def message_restore(self, info: Info, input: IdInput) -> MessageCopyPayload:
        """Take one's own copy out of the trash."""
        row = letters.act_on_copy(info.context, input, actions.restore_message)
        return MessageCopyPayload(message_copy=MessageCopyType.of(row))

    @mutation(letters.CountPayload, Permission.MESSAGES_EDIT)
    def message_trash_empty(self, info: Info, input: Input) -> letters.CountPayload:
        """Delete for good what is in the trash; the other side keeps its copies."""
        return letters.empty_trash(info.context)


TOPIC = Topic(
    shows=(
        Shown(Message, MessageType, actions.messages_query),
        Shown(MessageCopy, MessageCopyType, actions.copies_query),
    ),
    queries=MessageQueries,
    mutations=MessageMutations,
)
