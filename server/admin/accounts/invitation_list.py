"""The invitations into all accounts in one list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from server.actions.accounts.invitations import LISTING, invitations_in
from server.admin.accounts.accounts import account_chosen, shown_if_chosen
from server.admin.context import AdminContext
from server.admin.lists import Filter, Pager, by_id, page_through
from server.admin.render import render
from server.domain.accounts.accounts import Account
from server.domain.accounts.invitations import Invitation

OPEN, EVERY = "open", "all"
STATES = ((OPEN, "Open"), ("expired", "Expired"), ("accepted", "Accepted"), (EVERY, "All"))


@dataclass(frozen=True, slots=True)
class InvitationsPage:
    """Invitations with the account of each; `states` tells what became of those shown."""

    invitations: Pager[Invitation]
    accounts: Mapping[int, Account]
    states: Mapping[int, str]
    filters: Sequence[Filter]
    is_filtered: bool


def index(ctx: AdminContext) -> Response:
    """List the invitations that nobody has accepted yet, unless told, oldest first."""
    state, account = Filter.read(ctx, "state", "State", STATES, every=""), account_chosen(ctx)
    query = invitations_in(ctx.actor, "" if state.value == EVERY else state.value, ctx.now)
    if account.number:
        query = query.where(Invitation.account_id == account.number)
    found = page_through(ctx, LISTING, query)
    page = InvitationsPage(
        found,
        by_id(ctx.db, Account, (row.account_id for row in found.rows)),
        {row.id: row.state_at(ctx.now) for row in found.rows},
        [state, *shown_if_chosen(account)],
        state.value != OPEN or bool(account.value),
    )
    return render(ctx, "invitations/index.html.j2", page)
