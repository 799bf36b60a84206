"""The users of one's account and the invitations into it, and joining one."""

from datetime import datetime

import strawberry

from server.actions.accounts import invitations as actions
from server.actions.accounts.users import delete_user, suspend_user, unsuspend_user
from server.domain.accounts.invitations import Invitation
from server.domain.permissions import Permission
from server.graphql.context import Info
from server.graphql.developer.accounts.accounts import UserPayload, UserType
from server.graphql.developer.references import connection
from server.graphql.enums import InvitationState
from server.graphql.extra_fields import FieldValueInput, values_of
from server.graphql.fields import Node, OfRow, described
from server.graphql.ids import parse_id
from server.graphql.mutations import DeletedPayload, IdInput, Input, Payload, mutation
from server.graphql.paging import Rows
from server.graphql.topics import Shown, Topic


@strawberry.type(name="Invitation", description="A mail address that may join one's account.")
class InvitationType(OfRow[Invitation], Node):
    email: str
    sent_at: datetime
    expires_at: datetime
    accepted_at: datetime | None

    @described("What became of it.")
    def state(self, info: Info) -> InvitationState:
        return InvitationState(self.row.state_at(info.context.now))


@strawberry.type
class InvitationPayload(Payload):
    invitation: InvitationType | None = None


@strawberry.input
class InvitationCreateInput(Input):
    email: str


@strawberry.input
class InvitationAcceptInput(Input):
    token: str = strawberry.field(description="The last part of the link in the mail.")
    username: str
    password: str
    first_name: str = ""
    last_name: str = ""
    extra_fields: list[FieldValueInput] = strawberry.field(default_factory=list)


@strawberry.type
class InvitationAcceptPayload(Payload):
    accepted: bool = strawberry.field(default=False, description="The user may log in now.")


@strawberry.type
class InvitationQueries:
    @connection(Invitation, Permission.ACCOUNTS_EDIT, "The invitations into one's account.")
    def invitations(self, info: Info) -> Rows:
        return Rows(actions.LISTING, info.context.rows(Invitation))


@strawberry.type
class InvitationMutations:
    @mutation(InvitationPayload, Permission.ACCOUNTS_EDIT)
    def invitation_create(self, info: Info, input: InvitationCreateInput) -> InvitationPayload:
        """Invite a colleague: a mail with a link goes to the address."""
        ctx = info.context
        account_id = ctx.actor.account_id or 0
        ctx.deps.gates.invitation_mails.enter(ctx.provider.id, str(account_id), ctx.address)
        with ctx.write() as work:
            row = actions.invite_user(work, account_id, {"email": input.email})
        return InvitationPayload(invitation=InvitationType.of(row))

    @mutation(InvitationPayload, Permission.ACCOUNTS_EDIT)
    def invitation_resend(self, info: Info, input: IdInput) -> InvitationPayload:
        """Send an invitation again, with a new link."""
        ctx, number = info.context, parse_id(input.id, "Invitation")
        account = str(ctx.actor.account_id)
        ctx.deps.gates.invitation_mails.enter(ctx.provider.id, account, ctx.address)
        with ctx.write() as work:
            row = actions.resend_invitation(work, number)
        return InvitationPayload(invitation=InvitationType.of(row))

    @mutation(DeletedPayload, Permission.ACCOUNTS_EDIT)
    def invitation_delete(self, info: Info, input: IdInput) -> DeletedPayload:
        """Withdraw an invitation: its link opens nothing any more."""
        with info.context.write() as work:
            actions.withdraw_invitation(work, parse_id(input.id, "Invitation"))
        return DeletedPayload(deleted_id=input.id)

    @mutation(InvitationAcceptPayload)
    def invitation_accept(
        self, info: Info, input: InvitationAcceptInput
    ) -> InvitationAcceptPayload:
        """Join an account by the link of an invitation; log in afterwards."""
        ctx = info.context
        ctx.deps.gates.invitation_links.enter(ctx.provider.id, input.token, ctx.address)
        names = ("username", "password", "first_name", "last_name")
        with ctx.write() as work:
            values = {name: getattr(input, name) for name in names}
            values["extra_fields"] = values_of(input.extra_fields)
            actions.accept_invitation(work, input.token, values)
        return InvitationAcceptPayload(accepted=True)

    @mutation(UserPayload, Permission.ACCOUNTS_EDIT)
    def user_suspend(self, info: Info, input: IdInput) -> UserPayload:
        """Lock a user of one's account out at once."""
        with info.context.write() as work:
            row = suspend_user(work, parse_id(input.id, "User"))
        return UserPayload(user=UserType.of(row))

    @mutation(UserPayload, Permission.ACCOUNTS_EDIT)
    def user_unsuspend(self, info: Info, input: IdInput) -> UserPayload:
        """Let a suspended user of one's account in again."""
        with info.context.write() as work:
            row = unsuspend_user(work, parse_id(input.id, "User"))
        return UserPayload(user=UserType.of(row))

    @mutation(DeletedPayload, Permission.ACCOUNTS_EDIT)
    def user_delete(self, info: Info, input: IdInput) -> DeletedPayload:
        """Take a user of one's account away; the last admin stays."""
        with info.context.write() as work:
            delete_user(work, parse_id(input.id, "User"))
        return DeletedPayload(deleted_id=input.id)


TOPIC = Topic(
    shows=(Shown(Invitation, InvitationType, actions.invitations_query),),
    queries=InvitationQueries,
    mutations=InvitationMutations,
)
