"""Invitations into developer accounts."""

from datetime import datetime
from typing import Any

import strawberry

from server.actions.accounts import invitations as actions
from server.domain.accounts.accounts import Account
from server.domain.accounts.invitations import Invitation
from server.domain.permissions import Permission
from server.graphql.admin.references import related
from server.graphql.context import Context, Info
from server.graphql.enums import InvitationState
from server.graphql.fields import Node, OfRow, described
from server.graphql.ids import parse_id
from server.graphql.mutations import DeletedPayload, IdInput, Input, Payload, mutation
from server.graphql.topics import Shown, Topic


@strawberry.type(name="Invitation", description="A mail address that may join an account.")
class InvitationType(OfRow[Invitation], Node):
    email: str
    sent_at: datetime
    expires_at: datetime
    accepted_at: datetime | None

    @described("What became of it.")
    def state(self, info: Info) -> InvitationState:
        return InvitationState(self.row.state_at(info.context.now))

    @related(Account)
    def account(self) -> int:
        return self.row.account_id


@strawberry.type
class InvitationPayload(Payload):
    invitation: InvitationType | None = None


@strawberry.input
class InvitationCreateInput(Input):
    account_id: strawberry.ID
    email: str


@strawberry.type
class InvitationMutations:
    @mutation(InvitationPayload, Permission.ACCOUNTS_EDIT)
    def invitation_create(self, info: Info, input: InvitationCreateInput) -> InvitationPayload:
        """Invite somebody into an account: a mail with a link goes to the address."""
        ctx = info.context
        account_id = parse_id(input.account_id, "Account", "account_id")
        ctx.deps.gates.invitation_mails.enter(ctx.provider.id, f"staff {account_id}", ctx.address)
        with ctx.write() as work:
            row = actions.invite_user(work, account_id, {"email": input.email})
        return InvitationPayload(invitation=InvitationType.of(row))

    @mutation(InvitationPayload, Permission.ACCOUNTS_EDIT)
    def invitation_resend(self, info: Info, input: IdInput) -> InvitationPayload:
        """Send an invitation again, with a new link."""
        return _resent(info.context, input, actions.resend_invitation)

    @mutation(DeletedPayload, Permission.ACCOUNTS_EDIT)
    def invitation_delete(self, info: Info, input: IdInput) -> DeletedPayload:
        """Withdraw an invitation: its link opens nothing any more."""
        with info.context.write() as work:
            actions.withdraw_invitation(work, parse_id(input.id, "Invitation"))
        return DeletedPayload(deleted_id=input.id)


def _resent(ctx: Context, named: IdInput, action: Any) -> InvitationPayload:
    number = parse_id(named.id, "Invitation")
    ctx.deps.gates.invitation_mails.enter(ctx.provider.id, f"invitation {number}", ctx.address)
    with ctx.write() as work:
        row = action(work, number)
    return InvitationPayload(invitation=InvitationType.of(row))


TOPIC = Topic(
    shows=(Shown(Invitation, InvitationType, actions.invitations_query),),
    mutations=InvitationMutations,
)
