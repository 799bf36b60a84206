"""The current password, which whoever acts sends along to change what one logs in with."""

from server.auth.passwords import check_own_password
from server.domain.accounts.users import Proof
from server.graphql.context import Context

NEEDED = (
    "The password of whoever acts: needed for another username or mail address "
    "of oneself or of a colleague, with a token too."
)


def proof_of(ctx: Context, password: str | None) -> Proof | None:
    """Check a password that was sent along. Raises: PasswordNeeded, LimitReached."""
    return check_own_password(ctx.db, ctx.deps.gates, ctx.actor, password, ctx.address)
