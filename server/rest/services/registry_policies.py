"""The registry of a provider's own policies. Source: reference-portal 1.5."""

import json
import warnings
from typing import Any

from pydantic import create_model
from sqlalchemy import and_, or_
from sqlmodel import col
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.services.registry_policies import REGISTRY_POLICIES
from server.domain.drafts import Draft, changes_model
from server.domain.errors import NotFound
from server.domain.services.registry_policies import RegistryPolicy, RegistryPolicyDraft
from server.kit.ids import id_or_none
from server.rest.answers import Answer, Gone, Listed, Made, One
from server.rest.context import RestContext
from server.rest.operations import Operation
from server.rest.services.data import Data
from server.rest.shapes import Links, Shape, columns

PATH = "/registry/policies"
ONE = f"{PATH}/{{id}}"


def _told(name: str) -> Data:
    """Tell what the definition says of a policy in words, if it does."""
    return Data(
        name,
        load=lambda _work, _rows: lambda row: json.loads(row.definition).get(name),
        described={},
    )


POLICY = Shape(
    name="policy",
    plural="policies",
    model=RegistryPolicy,
    parts=(
        *columns("id", "name", "version"),
        _told("description"),
        _told("summary"),
        Data(
            "schema",
            load=lambda _work, _rows: lambda row: json.loads(row.definition),
            described={"type": "object"},
        ),
        *columns("created_at", "updated_at"),
        Links({"self": ONE}),
    ),
)
_FIELDS = RegistryPolicyDraft.model_fields
_BODY: dict[str, Any] = {
    **{name: (_FIELDS[name].annotation, _FIELDS[name]) for name in ("name", "version")},
    "schema": (dict[str, Any], ...),
}
with warnings.catch_warnings():  # the reference's name is one of a method of models, of no use here
    warnings.simplefilter("ignore")
    PolicyBody = create_model("PolicyBody", __base__=Draft, **_BODY)
    PolicyChanges = changes_model(PolicyBody)


def _values(ctx: RestContext) -> dict[str, Any]:
    """Take what is given: the schema may be an object, or its text."""
    given = ctx.params.pick(PolicyBody.model_fields)
    if "schema" in given:
        told = given.pop("schema")
        given["definition"] = told if isinstance(told, str) else json.dumps(told)
    return given


def _saved(ctx: RestContext, row: RegistryPolicy | None) -> RegistryPolicy:
    """Make one, or change it."""
    if row is None:
        return REGISTRY_POLICIES.create(ctx, _values(ctx))
    return REGISTRY_POLICIES.update(ctx, row.id, _values(ctx))


def _found(ctx: RestContext) -> RegistryPolicy:
    """Find the one of the path, by its id or by name-version. Raises: NotFound."""
    text = str(ctx.path["id"]).strip()
    row_id = id_or_none(text)
    cuts = [at for at, letter in enumerate(text) if letter == "-"]
    named = [
        and_(col(RegistryPolicy.name) == text[:at], col(RegistryPolicy.version) == text[at + 1 :])
        for at in cuts[:20]
    ]
    meant = [col(RegistryPolicy.id) == row_id] if row_id is not None else named
    query = REGISTRY_POLICIES.query(ctx.actor)
    row = (
        ctx.db.exec(query.where(or_(*meant)).order_by(col(RegistryPolicy.id))).first()
        if meant
        else None
    )
    if row is None:
        raise NotFound("There is no such policy in the registry.", field="id")
    return row


def _list(ctx: RestContext) -> SelectOfScalar[RegistryPolicy]:
    return REGISTRY_POLICIES.query(ctx.actor)


def _row(method: str, path: str, summary: str, run: Any, answer: Answer, **more: Any) -> Operation:
    is_read = method == "GET"
    return Operation(
        method,
        path,
        summary,
        REGISTRY_POLICIES.read if is_read else REGISTRY_POLICIES.edit,
        run,
        answer,
        only_json=True,
        resource=REGISTRY_POLICIES,
        texts=("id",) if path == ONE else (),
        **more,
    )


WRAPPERS: dict[str, Any] = {
    "wrappers": ("policy",),
    "needs": "policy",
    "called": (("definition", "schema"),),
}
OPERATIONS: tuple[Operation, ...] = (
    _row("GET", PATH, "List the policies of one's own.", _list, Listed(POLICY)),
    _row(
        "POST",
        PATH,
        "Register a policy: `schema` says what it is set up by.",
        lambda ctx: _saved(ctx, None),
        Made(POLICY, ONE),
        takes=PolicyBody,
        **WRAPPERS,
    ),
    _row("GET", ONE, "Show a policy, by its id or as name-version.", _found, One(POLICY)),
    *(
        _row(
            method,
            ONE,
            "Change a policy: what is left out stays.",
            lambda ctx: _saved(ctx, _found(ctx)),
            One(POLICY),
            takes=PolicyChanges,
            **WRAPPERS,
        )
        for method in ("PUT", "PATCH")
    ),
    _row(
        "DELETE",
        ONE,
        "Take a policy out of the registry; one that a chain names stays.",
        lambda ctx: REGISTRY_POLICIES.delete(ctx, _found(ctx).id),
        Gone(),
    ),
)
