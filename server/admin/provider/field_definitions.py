"""Definitions of fields: listed by what they are of, made, changed, put in order, deleted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from server.actions.provider.field_definitions import (
    FIELD_DEFINITIONS,
    count_values,
    list_definitions,
    move_definition,
    reorder_definitions,
)
from server.admin.context import AdminContext
from server.admin.render import render
from server.domain.errors import Invalid
from server.domain.permissions import Permission
from server.domain.provider.field_definitions import (
    MOST_DEFINITIONS,
    OPTIONAL,
    FieldDefinition,
    FieldTarget,
)
from server.kit.ids import id_or_none

LIST = "/field_definitions"
TITLES: Mapping[FieldTarget, tuple[str, str]] = {
    FieldTarget.ACCOUNT: ("Accounts", "Asked when somebody signs up, and on the account's page."),
    FieldTarget.USER: ("Users", "Asked of each person, also when somebody signs up."),
    FieldTarget.APPLICATION: ("Applications", "Asked when a developer creates an application."),
}
MOST_SENT = 2_000  # characters of an order


@dataclass(frozen=True, slots=True)
class TargetFields:
    """The fields of one target."""

    target: FieldTarget
    title: str
    lead: str
    fields: Sequence[FieldDefinition]

    @property
    def is_full(self) -> bool:
        """Whether no more can be added."""
        return len(self.fields) >= MOST_DEFINITIONS


@dataclass(frozen=True, slots=True)
class FieldDefinitionsPage:
    targets: Sequence[TargetFields]


@dataclass(frozen=True, slots=True)
class NewFieldPage:
    """The form of a new field, with the names that mean something to us already."""

    target: FieldTarget
    title: str
    builtin: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class FieldPage:
    """One field, and how many have a value for it."""

    field: FieldDefinition
    title: str
    values: int


def index(ctx: AdminContext) -> Response:
    """List the fields of accounts, users and applications."""
    ctx.actor.require(Permission.SETTINGS_READ)
    rows = list_definitions(ctx.db, ctx.provider.id)
    targets = [
        TargetFields(target, *TITLES[target], [row for row in rows if row.target == target])
        for target in FieldTarget
    ]
    return render(ctx, "field_definitions/index.html.j2", FieldDefinitionsPage(targets))


def new(ctx: AdminContext) -> Response:
    """Show the form of a new field of the target that the address or the form names."""
    ctx.actor.require(Permission.SETTINGS_EDIT)
    wanted = ctx.text("target") or ctx.query("target")
    target = FieldTarget(wanted) if wanted in set(FieldTarget) else FieldTarget.ACCOUNT
    known = {row.name for row in list_definitions(ctx.db, ctx.provider.id, target)}
    builtin = [(name, label) for name, label in OPTIONAL[target].items() if name not in known]
    page = NewFieldPage(target, TITLES[target][0], builtin)
    return render(ctx, "field_definitions/new.html.j2", page)


def create(ctx: AdminContext) -> Response:
    """Add a field behind the others."""
    row = FIELD_DEFINITIONS.create(ctx, ctx.sent(FIELD_DEFINITIONS))
    return ctx.go(LIST, f"{row.label} is added. Forms ask for it from now on.")


def edit(ctx: AdminContext) -> Response:
    ctx.actor.require(Permission.SETTINGS_EDIT)
    row = FIELD_DEFINITIONS.get(ctx, ctx.path_id("field_id"))
    page = FieldPage(row, TITLES[FieldTarget(row.target)][0], count_values(ctx, row))
    return render(ctx, "field_definitions/edit.html.j2", page)


def update(ctx: AdminContext) -> Response:
    row = FIELD_DEFINITIONS.update(ctx, ctx.path_id("field_id"), ctx.sent(FIELD_DEFINITIONS))
    return ctx.go(LIST, f"{row.label} is saved.")


def move(ctx: AdminContext) -> Response:
    """Move a field one place up or down."""
    row = move_definition(ctx, ctx.path_id("field_id"), ctx.text("direction"))
    return ctx.go(LIST, f"{row.label} is moved.")


def reorder(ctx: AdminContext) -> Response:
    """Put the fields of a target in the order that they were dragged to."""
    sent = ctx.text("ids")[:MOST_SENT].split()
    ids = [number for number in map(id_or_none, sent) if number is not None]
    if len(ids) != len(sent):
        raise Invalid("must be fields of the list.", field="ids")
    reorder_definitions(ctx, ctx.text("target"), ids)
    return ctx.go(LIST, "The order is saved.")


def delete(ctx: AdminContext) -> Response:
    row = FIELD_DEFINITIONS.delete(ctx, ctx.path_id("field_id"))
    return ctx.go(LIST, f"{row.label} is deleted. What was filled in is kept, out of sight.")
