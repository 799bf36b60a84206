"""One-time addresses that log developers in. Source: reference-portal 1.1."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from server.actions.accounts.sso_tokens import SSOToken, SSOTokenDraft, create_sso_token
from server.domain.permissions import Permission
from server.kit.xml import Element
from server.rest.context import RestContext
from server.rest.formats import Format, json_answer, xml_answer
from server.rest.operations import Operation
from server.rest.schemas import Schema

TEXT: Schema = {"type": "string"}


class Told:
    """Shows the address; it is told once, so it has no place of its own."""

    shape = None

    def write(self, ctx: RestContext, outcome: SSOToken | tuple[str, str]) -> Response:
        url, token = outcome if isinstance(outcome, tuple) else (outcome.sso_url, outcome.token)
        if ctx.language is Format.XML:
            return xml_answer(Element("sso_url", url), 201, None)
        told = {"sso_url": url, "token": token}
        return json_answer({"sso_token": told}, 201, None)

    def described(self) -> Mapping[str, Any]:
        inner = {
            "type": "object",
            "properties": {"sso_url": TEXT, "token": TEXT},
            "required": ["sso_url", "token"],
        }
        body = {"type": "object", "properties": {"sso_token": inner}, "required": ["sso_token"]}
        content = {
            "application/xml": {"schema": {**TEXT, "xml": {"name": "sso_url"}}},
            "application/json": {"schema": body},
        }
        return {"201": {"description": "The address, which works once.", "content": content}}


def create(ctx: RestContext) -> SSOToken:
    """Make an address that logs a developer in."""
    return create_sso_token(ctx, ctx.params.pick(SSOTokenDraft.model_fields))


OPERATIONS = (
    Operation(
        "POST",
        "/sso_tokens",
        "Make an address that logs a developer in once: give `user_id` or `username`.",
        Permission.ACCOUNTS_EDIT,
        create,
        Told(),
        takes=SSOTokenDraft,
        wrappers=("sso_token",),
    ),
)
