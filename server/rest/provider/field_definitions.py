"""Definitions of fields of accounts, users and applications. Source: reference-portal 1.6, 5."""

from dataclasses import replace

from server.actions.provider.field_definitions import FIELD_DEFINITIONS
from server.domain.provider.field_definitions import (
    REFERENCE_TARGETS,
    FieldDefinition,
    FieldTarget,
)
from server.rest.operations import rows_of
from server.rest.shapes import Links, Shape, Texts, columns, computed

WRAPPER = "fields_definition"
FIELD_DEFINITION = Shape(
    name=WRAPPER,
    model=FieldDefinition,
    parts=(
        *columns("id", "created_at", "updated_at"),
        computed("target", str, lambda row: REFERENCE_TARGETS[FieldTarget(row.target)]),
        *columns("name", "label", "hint", "required", "hidden", "read_only", "position"),
        Texts("choices", "choice", load=lambda _work, _rows: lambda row: row.choices),
        Links({"self": "/fields_definitions/{id}"}),
    ),
)
OPERATIONS = tuple(
    replace(operation, wrappers=(WRAPPER,)) if operation.wrappers else operation
    for operation in rows_of(FIELD_DEFINITIONS, FIELD_DEFINITION, "/fields_definitions")
)
