"""Definitions of the fields of accounts, users and applications: made, changed, put in order."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Text, bindparam, cast, func, literal
from sqlmodel import Session, col, select

from server.actions.resources import Lifecycle, Resource
from server.actions.rows import get_owned, hold_provider
from server.actions.work import Work
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.applications.applications import Application
from server.domain.errors import Conflict, Invalid
from server.domain.events import EventKind
from server.domain.permissions import Permission
from server.domain.provider.field_definitions import (
    DEFAULTS,
    MOST_DEFINITIONS,
    REQUIRED,
    FieldDefinition,
    FieldDefinitionDraft,
    FieldTarget,
    check_definition,
)
from server.domain.services.mapping_rules import Direction
from server.kit.json_columns import json_pairs
from server.kit.paging import Listing

TABLES: Mapping[FieldTarget, Any] = {
    FieldTarget.ACCOUNT: Account,
    FieldTarget.USER: User,
    FieldTarget.APPLICATION: Application,
}
# What most pages ask, built once.
ALL_OF_PROVIDER = (
    select(FieldDefinition)
    .where(FieldDefinition.provider_id == bindparam("provider_id"))
    .order_by(col(FieldDefinition.position), col(FieldDefinition.id))
)


def _prepare(work: Work, definition: FieldDefinition) -> None:
    """Check a definition as a whole; a new one is counted, and goes to the end. Raises: Invalid."""
    check_definition(definition)
    if not definition.id:
        hold_provider(work)
        mine = select(func.count()).where(
            FieldDefinition.provider_id == work.actor.provider_id,
            FieldDefinition.target == definition.target,
        )
        if work.db.exec(mine).one() >= MOST_DEFINITIONS:
            raise Invalid(f"may have at most {MOST_DEFINITIONS} fields.", field="target")
    if not definition.position:
        definition.position = (_last(work, definition) or 0) + 1


def _last(work: Work, definition: FieldDefinition) -> int | None:
    query = select(func.max(FieldDefinition.position)).where(
        FieldDefinition.provider_id == work.actor.provider_id,
        FieldDefinition.target == definition.target,
        col(FieldDefinition.id).is_distinct_from(definition.id),
    )
    return work.db.exec(query).one()


def _refuse_needed(work: Work, definition: FieldDefinition) -> None:
    if definition.is_needed:
        raise Conflict(
            f"There is no {definition.target} without {definition.name}: "
            "it can be renamed, and not deleted."
        )


FIELD_DEFINITIONS = Resource(
    name="field_definition",
    noun="field",
    model=FieldDefinition,
    draft=FieldDefinitionDraft,
    read=Permission.SETTINGS_READ,
    edit=Permission.SETTINGS_EDIT,
    events=Lifecycle(
        created=EventKind.FIELD_DEFINITION_CREATED,
        updated=EventKind.FIELD_DEFINITION_UPDATED,
        deleted=EventKind.FIELD_DEFINITION_DELETED,
    ),
    listing=Listing("field_definitions", FieldDefinition),
    unique="name",
    facts=("target", "name"),
    prepare=_prepare,
    refuse_delete=_refuse_needed,
)


def list_definitions(
    db: Session, provider_id: int, target: FieldTarget | None = None
) -> Sequence[FieldDefinition]:
    """Read the definitions of a target, or of all, in their order. Cost: one statement."""
    query = ALL_OF_PROVIDER
    if target is not None:
        query = query.where(FieldDefinition.target == target.value)
    return db.exec(query, params={"provider_id": provider_id}).all()


def add_default_definitions(db: Session, provider_id: int) -> None:
    """Give a new provider the fields that everybody starts with."""
    last = dict.fromkeys(FieldTarget, 0)
    for target, name, label in DEFAULTS:
        last[target] += 1
        db.add(
            FieldDefinition(
                provider_id=provider_id,
                target=target.value,
                name=name,
                label=label,
                required=name in REQUIRED[target],
                position=last[target],
            )
        )


def reorder_definitions(work: Work, target: str, ids: Sequence[int]) -> Sequence[FieldDefinition]:
    """Put the fields of a target in an order; those that are not named go behind, as they stood.

    Raises: Forbidden, NotFound, Invalid.
    """
    work.actor.require(FIELD_DEFINITIONS.edit)
    if target not in set(FieldTarget):
        raise Invalid("must be account, user or application.", field="target")
    hold_provider(work)
    there = list_definitions(work.db, work.actor.provider_id, FieldTarget(target))
    known = {row.id: row for row in there}
    for row_id in ids:
        if row_id not in known:
            get_owned(work, FieldDefinition, row_id)
            raise Invalid(f"must be fields of the {target}.", field="ids")
    first = dict.fromkeys(ids)
    order = [known[row_id] for row_id in first] + [row for row in there if row.id not in first]
    for position, row in enumerate(order, start=1):
        FIELD_DEFINITIONS.change(work, row, {"position": position})
    return order


def move_definition(work: Work, definition_id: int, direction: str) -> FieldDefinition:
    """Move a field one place up or down; the first can't go up, the last not down.

    Raises: Forbidden, NotFound, Invalid.
    """
    work.actor.require(FIELD_DEFINITIONS.edit)
    steps = {Direction.UP.value: -1, Direction.DOWN.value: 1}
    if direction not in steps:
        raise Invalid("must be up or down.", field="direction")
    hold_provider(work)  # the order stays as read
    row = get_owned(work, FieldDefinition, definition_id)
    rows = list_definitions(work.db, row.provider_id, FieldTarget(row.target))
    ids = [each.id for each in rows]
    at = ids.index(row.id)
    to = min(max(at + steps[direction], 0), len(ids) - 1)
    ids[at], ids[to] = ids[to], ids[at]
    reorder_definitions(work, row.target, ids)
    return row


def is_found_in(target: FieldTarget, provider_id: int, text: str) -> ColumnElement[bool]:
    """Make the condition that a field of a row, which is defined, has a text in its value."""
    pairs = json_pairs(TABLES[target].extra_fields).table_valued("key", "value")
    defined = select(FieldDefinition.name).where(
        FieldDefinition.provider_id == provider_id, FieldDefinition.target == target.value
    )
    value = cast(pairs.c.value, Text)
    fits = select(literal(1)).select_from(pairs)
    return fits.where(pairs.c.key.in_(defined), value.icontains(text, autoescape=True)).exists()


def count_values(work: Work, definition: FieldDefinition) -> int:
    """Count the rows that have a value of a field: what is put out of sight with it."""
    table = TABLES[FieldTarget(definition.target)]
    value = (
        getattr(table, definition.name)
        if definition.is_column
        else table.extra_fields[definition.name].as_string()
    )
    query = select(func.count()).where(table.provider_id == work.actor.provider_id)
    if definition.target == FieldTarget.USER:
        query = query.where(User.audience == "developer")
    return work.db.exec(query.where(value.is_not(None), value != "")).one()
