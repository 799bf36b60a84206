"""Steps of the provider's journey that are about fields."""

from tests.server.graphql.steps import ANYTHING, Step, Thing, deletes, writes

FIELD = Thing("fieldDefinition", "FieldDefinition", "field")
FIELDS = (
    writes(
        "fieldDefinitionCreate",
        FIELD,
        {
            "target": "USER",
            "name": "colour-#",
            "label": "Colour",
            "hint": "Of your hat.",
            "required": True,
            "choices": ["red", "blue"],
        },
        target="USER",
        name="colour-#",
        label="Colour",
        hint="Of your hat.",
        required=True,
        hidden=False,
        readOnly=False,
        choices=["red", "blue"],
    ),
    writes(
        "fieldDefinitionUpdate",
        FIELD,
        {"id": "$field", "label": "Color", "required": False, "hidden": True, "hint": None},
        label="Color",
        hint="",
        required=False,
        hidden=True,
        choices=["red", "blue"],
    ),
    Step(
        "fieldDefinitionsReorder",
        {"target": "USER", "ids": ["$field"]},
        {"fieldDefinitions": [{"id": "$field"}, *[{"id": ANYTHING}] * 4]},
        '{ node(id: "$field") { ... on FieldDefinition { position } } }',
        {"node": {"position": 1}},
    ),
    deletes("fieldDefinitionDelete", FIELD),
)
