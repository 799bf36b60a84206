"""Access tokens of the person who asks, and of the staff. Source: reference-portal 1.2."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import BeforeValidator
from sqlmodel import col
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.provider.tokens import TOKENS, create_token, find_own_token, require_user
from server.domain.attributes import Name, ShortText, When
from server.domain.drafts import Draft
from server.domain.permissions import Permission, Scope
from server.domain.provider.tokens import AccessToken, TokenPermission
from server.kit.ids import id_or_none
from server.rest.answers import Gone, Listed, Made, One
from server.rest.context import RestContext
from server.rest.operations import Operation
from server.rest.params import listed
from server.rest.shapes import Shape, Texts, columns, computed

PATH = "/personal/access_tokens"
OWN = f"{PATH}/{{id}}"
PARTS = (
    *columns("id", "name"),
    Texts("scopes", "scope", load=lambda _work, _rows: lambda row: row.scopes),
    *columns("permission", "expires_at"),
)
TOKEN = Shape(name="access_token", model=AccessToken, parts=PARTS)


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token that was made just now; its value is told this once."""

    id: int
    name: str
    scopes: list[str]
    permission: str
    expires_at: datetime | None
    value: str


NEW_TOKEN = Shape(
    name="access_token",
    title="NewAccessToken",
    model=AccessToken,
    parts=(*PARTS, computed("value", str, lambda row: row.value)),
)


class TokenBody(Draft):
    """What a token is made of."""

    name: Name
    permission: TokenPermission
    scopes: Annotated[list[Scope], BeforeValidator(listed)]
    expires_at: When | None = None


class TokenFilters(Draft):
    """What one's tokens may be narrowed by."""

    name: ShortText = ""


def index(ctx: RestContext) -> SelectOfScalar[AccessToken]:
    """Select one's own tokens; `name` is a part of theirs. Raises: Forbidden."""
    require_user(ctx.actor)
    name = ctx.given(TokenFilters).get("name", "")
    return TOKENS.query(ctx.actor).where(col(AccessToken.name).icontains(name, autoescape=True))


def find(ctx: RestContext) -> AccessToken:
    """Find one's own token by its id or its value. Raises: NotFound, Forbidden."""
    require_user(ctx.actor)
    named = str(ctx.path["id"])
    number = id_or_none(named)
    return TOKENS.get(ctx, number) if number is not None else find_own_token(ctx, named)


def create(ctx: RestContext) -> NewToken:
    """Make a token of one's own."""
    return _made(ctx, None)


def create_of_user(ctx: RestContext) -> NewToken:
    """Make a token of the path's user: one's own, or with the provider key anybody's."""
    return _made(ctx, ctx.path_id("user_id") or 0)


def _made(ctx: RestContext, user_id: int | None) -> NewToken:
    token, value = create_token(ctx, ctx.given(TokenBody), user_id)
    told = (token.id, token.name, token.scopes, token.permission, token.expires_at)
    return NewToken(*told, value)


def _delete(ctx: RestContext) -> None:
    TOKENS.delete(ctx, find(ctx).id)


MAY = Permission.TOKENS_EDIT
OPERATIONS = (
    Operation(
        "POST",
        "/users/{user_id}/access_tokens",
        "Make a token: of oneself, or with the provider key of anybody of the staff.",
        MAY,
        create_of_user,
        Made(NEW_TOKEN, OWN),
        takes=TokenBody,
        wrappers=("token",),
        only_json=True,
        needs="token",
    ),
    Operation(
        "GET",
        PATH,
        "List one's own tokens.",
        MAY,
        index,
        Listed(TOKEN),
        filters=TokenFilters,
        only_json=True,
    ),
    Operation(
        "POST",
        PATH,
        "Make a token of one's own; only this answer tells its value.",
        MAY,
        create,
        Made(NEW_TOKEN, OWN),
        takes=TokenBody,
        wrappers=("token",),
        resource=TOKENS,
        only_json=True,
        needs="token",
    ),
    Operation(
        "GET",
        OWN,
        "Show one of one's own tokens, by its id or its value.",
        MAY,
        find,
        One(TOKEN),
        resource=TOKENS,
        only_json=True,
        texts=("id",),
    ),
    Operation(
        "DELETE",
        OWN,
        "Delete one of one's own tokens, by its id or its value.",
        MAY,
        _delete,
        Gone(),
        only_json=True,
        texts=("id",),
    ),
)
