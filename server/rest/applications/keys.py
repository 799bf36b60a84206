"""Keys of applications, which their path names by value. Source: reference-portal 1.3."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlmodel import select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.applications.keys import add_key, delete_key, find_key
from server.actions.secrets import reveal
from server.actions.work import Work
from server.domain.applications.applications import Application, ApplicationKey
from server.domain.attributes import ShortText
from server.domain.drafts import Draft
from server.domain.permissions import Permission
from server.rest.answers import Gone, Listed, Made
from server.rest.applications.applications import APPLICATION, get_of_path
from server.rest.context import RestContext
from server.rest.operations import Operation
from server.rest.shapes import Field, Shape, columns, computed

PATH = "/accounts/{account_id}/applications/{application_id}/keys"


def _value(work: Work, _keys: Sequence[ApplicationKey]) -> Callable[[ApplicationKey], str | None]:
    return lambda row: reveal(work, row, "sealed")


KEY = Shape(
    name="key",
    model=ApplicationKey,
    parts=(
        Field("value", load=_value, type=str, hides=True),
        *columns("created_at"),
        computed("updated_at", datetime, lambda row: row.created_at),
    ),
)


class NewKey(Draft):
    """A key; without a value it is made at random."""

    key: ShortText = ""


def index(ctx: RestContext) -> SelectOfScalar[ApplicationKey]:
    """Select the keys of the path's application. Raises: NotFound."""
    application_id = get_of_path(ctx, "application_id").id
    return select(ApplicationKey).where(ApplicationKey.application_id == application_id)


def create(ctx: RestContext) -> Application:
    """Add a key; the reference shows the application then."""
    application = get_of_path(ctx, "application_id")
    add_key(ctx, application.id, ctx.given(NewKey).get("key") or None)
    return application


def delete(ctx: RestContext) -> Application:
    """Delete the key that has the value of the path. Raises: NotFound."""
    application = get_of_path(ctx, "application_id")
    key = find_key(ctx, application.id, str(ctx.path["key"]))
    return delete_key(ctx, application.id, key.id if key else 0)


READ, EDIT = Permission.APPLICATIONS_READ, Permission.APPLICATIONS_EDIT
OPERATIONS = (
    Operation("GET", PATH, "List the keys of an application.", READ, index, Listed(KEY)),
    Operation(
        "POST",
        PATH,
        "Add a key, a random one unless it is given; the answer is the application.",
        EDIT,
        create,
        Made(APPLICATION, PATH),
        takes=NewKey,
    ),
    Operation(
        "DELETE",
        f"{PATH}/{{key}}",
        "Delete a key, which the path names by its value; also the last one.",
        EDIT,
        delete,
        Gone(),
        texts=("key",),
    ),
)
