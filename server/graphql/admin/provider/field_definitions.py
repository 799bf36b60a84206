"""Definitions of the fields of accounts, users and applications."""

from datetime import datetime

import strawberry

from server.actions.provider.field_definitions import (
    FIELD_DEFINITIONS,
    list_definitions,
    reorder_definitions,
)
from server.domain.permissions import Permission
from server.domain.provider.field_definitions import FieldDefinition, FieldTarget
from server.graphql.context import Info
from server.graphql.fields import Node, OfRow, needing
from server.graphql.ids import parse_id
from server.graphql.mutations import Input, Payload, mutation
from server.graphql.resources import mutations_of
from server.graphql.topics import Shown, Topic


@strawberry.type(name="FieldDefinition", description="A field of accounts, users or applications.")
class FieldDefinitionType(OfRow[FieldDefinition], Node):
    target: FieldTarget
    name: str
    label: str
    hint: str
    required: bool
    hidden: bool
    read_only: bool
    choices: list[str]
    position: int
    created_at: datetime
    updated_at: datetime


@strawberry.input(description="Fields that are not named go behind, as they stood.")
class FieldDefinitionsReorderInput(Input):
    target: FieldTarget
    ids: list[strawberry.ID]


@strawberry.type
class FieldDefinitionsReorderPayload(Payload):
    field_definitions: list[FieldDefinitionType] = strawberry.field(default_factory=list)


@strawberry.type
class FieldDefinitionQueries:
    @needing(Permission.SETTINGS_READ, "The fields of a target, or all, in their order.")
    def field_definitions(
        self, info: Info, target: FieldTarget | None = None
    ) -> list[FieldDefinitionType]:
        ctx = info.context
        rows = list_definitions(ctx.db, ctx.provider.id, target)
        return [FieldDefinitionType.of(row) for row in rows]


Mutations = mutations_of(FIELD_DEFINITIONS, FieldDefinitionType, "FieldDefinition")


@strawberry.type
class FieldDefinitionMutations(Mutations):  # type: ignore[misc, valid-type]  # made
    @mutation(FieldDefinitionsReorderPayload, Permission.SETTINGS_EDIT)
    def field_definitions_reorder(
        self, info: Info, input: FieldDefinitionsReorderInput
    ) -> FieldDefinitionsReorderPayload:
        """Put the fields of a target in an order."""
        ids = [parse_id(each, "FieldDefinition", "ids") for each in input.ids]
        with info.context.write() as work:
            rows = reorder_definitions(work, input.target.value, ids)
        shown = [FieldDefinitionType.of(row) for row in rows]
        return FieldDefinitionsReorderPayload(field_definitions=shown)


TOPIC = Topic(
    shows=(Shown(FieldDefinition, FieldDefinitionType, FIELD_DEFINITIONS.query),),
    queries=FieldDefinitionQueries,
    mutations=FieldDefinitionMutations,
)
