"""Specifications: one YAML file each, with the JSON document beside it."""

from server.actions.portal.api_docs import API_DOCS
from server.as_code.fields import Field, FieldKind
from server.as_code.resources import ResourceTopic
from server.domain.attributes import Attribute


class Specifications(ResourceTopic):
    section, file = "specifications", "specs/*.yaml"
    order = ("system_name", "name", "service", "description", "published")

    def field_of(self, attribute: Attribute) -> Field:
        field = super().field_of(attribute)
        if attribute.name != "body":
            return field
        return Field(
            name="body",
            kind=FieldKind.FILE,
            check=field.check,
            path=lambda values: str(values["system_name"]),
            suffix=".json",
            also=(".yml",),
        )


SPECIFICATION_TOPIC = Specifications(API_DOCS)
