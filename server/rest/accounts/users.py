"""Users of accounts. Source: reference-portal 1.1, 5."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlmodel import col

from server.actions.accounts.users import users_query
from server.actions.work import Work
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.provider.field_definitions import FieldTarget
from server.rest.fields import DefinedFields
from server.rest.shapes import Shape, columns

USER = Shape(
    name="user",
    model=User,
    parts=(
        *columns("id", "created_at", "updated_at", "account_id", "state", "role"),
        *columns("username", "email", hides=True),
        DefinedFields(FieldTarget.USER),
    ),
)


def users_of(work: Work, accounts: Sequence[Account]) -> Mapping[int, Sequence[User]]:
    """Read the users of accounts, oldest first. Cost: one statement."""
    query = users_query(work.actor).where(col(User.account_id).in_([one.id for one in accounts]))
    found: dict[int, list[User]] = defaultdict(list)
    for user in work.db.exec(query.order_by(col(User.id))):
        found[user.account_id or 0].append(user)
    return found
