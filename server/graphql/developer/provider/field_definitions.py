"""Which fields forms have: what developers see of the provider's definitions."""

import strawberry

from server.domain.provider.field_definitions import FieldDefinition, FieldTarget
from server.domain.provider.field_values import choices_of
from server.graphql.context import Info
from server.graphql.extra_fields import definitions_for
from server.graphql.fields import OfRow, described
from server.graphql.topics import Topic


@strawberry.type(name="FieldDefinition", description="A field of a form.")
class FieldDefinitionType(OfRow[FieldDefinition]):
    target: FieldTarget
    name: str
    label: str
    hint: str
    required: bool

    @described("Whether the provider alone fills it in.")
    def read_only(self) -> bool:
        return not self.row.is_open

    @described("The values that may be chosen; where there are none, whatever is typed.")
    def choices(self) -> list[str]:
        return [value for value, _ in choices_of(self.row)]


@strawberry.type
class FieldDefinitionQueries:
    @described("The fields of accounts, users or applications, in their order.")
    async def field_definitions(self, info: Info, target: FieldTarget) -> list[FieldDefinitionType]:
        rows = await definitions_for(info.context, target)
        return [FieldDefinitionType.of(row) for row in rows]


TOPIC = Topic(queries=FieldDefinitionQueries)
