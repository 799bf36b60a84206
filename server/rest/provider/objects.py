"""Whether an object is still there. Source: reference-portal 1.6."""

from collections.abc import Mapping
from typing import Annotated, Any

from server.actions.rows import get_owned
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.attributes import Whole
from server.domain.drafts import Draft
from server.domain.errors import Forbidden
from server.domain.permissions import Permission, Role
from server.domain.services.backend_apis import BackendApi
from server.domain.services.proxies import Proxy
from server.domain.services.services import Service
from server.kit.ids import MOST_ID
from server.rest.answers import Gone
from server.rest.context import RestContext
from server.rest.operations import Operation

KINDS: Mapping[str, type[Account] | type[BackendApi] | type[Proxy] | type[Service]] = {
    "account": Account,
    "backend_api": BackendApi,
    "proxy": Proxy,
    "service": Service,
}


class There(Gone):
    """Says nothing: the object is there."""

    def described(self) -> Mapping[str, Any]:
        return {"200": {"description": "It is there; the body is empty."}}


class ObjectKey(Draft):
    """Which object is meant."""

    object_type: str
    object_id: Annotated[int, Whole(1, MOST_ID)]


def _find(ctx: RestContext) -> None:
    """Answer nothing for what is there; what is being deleted is gone already.

    Raises: NotFound; Forbidden for kinds that nobody asks about, and who is no admin.
    """
    wanted = ctx.given(ObjectKey)
    kind = KINDS.get(wanted["object_type"])
    if kind is None or not _is_admin(ctx):
        raise Forbidden(f"Ask about one of {', '.join(KINDS)}, as an admin.")
    row = get_owned(ctx, kind, wanted["object_id"])
    if getattr(row, "state", "") == "deleted":
        get_owned(ctx, kind, None)


def _is_admin(ctx: RestContext) -> bool:
    """Return whether an admin asks, by whichever token, or who holds the provider key."""
    if ctx.actor.user_id is None:
        return True
    return get_owned(ctx, User, ctx.actor.user_id).role == Role.ADMIN


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "GET",
        "/objects/status",
        "Tell by the status whether an object is still there: 200, or 404 once it is gone.",
        Permission.SETTINGS_READ,
        _find,
        There(),
        filters=ObjectKey,
        only_json=True,
    ),
)
