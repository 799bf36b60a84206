"""Whether an object is still there. Source: reference-portal 1.6."""

from collections.abc import Mapping
from typing import Annotated, Any

from server.actions.rows import get_owned
from server.domain.accounts.accounts import Account
from server.domain.attributes import Whole
from server.domain.drafts import Draft
from server.domain.errors import Forbidden
from server.domain.permissions import Permission
from server.domain.services.proxies import Proxy
from server.domain.services.services import Service
from server.kit.ids import MOST_ID
from server.rest.answers import Gone
from server.rest.context import RestContext
from server.rest.operations import Operation

KINDS: Mapping[str, type[Account] | type[Proxy] | type[Service]] = {
    "account": Account,
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
    if kind is None or not ctx.actor.may(Permission.SETTINGS_EDIT):
        raise Forbidden(f"Ask about one of {', '.join(KINDS)}, as an admin.")
    row = get_owned(ctx, kind, wanted["object_id"])
    if getattr(row, "state", "") == "deleted":
        get_owned(ctx, kind, None)


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
