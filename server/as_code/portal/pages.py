"""Portal templates that the provider changed: their texts are files beside `templates.yaml`."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cms.content.theme import FOLDERS
from server.actions.portal.pages import TEMPLATES
from server.as_code.fields import Field, FieldKind
from server.as_code.resources import ResourceTopic
from server.domain.attributes import Attribute
from server.domain.portal.pages import TemplateKind

SUFFIXES = {"published": ".liquid", "draft": ".draft.liquid"}
KINDS = tuple(TemplateKind)


def _path(values: Mapping[str, Any]) -> str:
    return f"{FOLDERS[values['kind']]}/{values['name']}"


class Templates(ResourceTopic):
    file = "portal/templates.yaml"
    named_by = ("kind", "name")

    def field_of(self, attribute: Attribute) -> Field:
        field, suffix = super().field_of(attribute), SUFFIXES.get(attribute.name)
        if suffix is None:
            return field
        return replace(field, kind=FieldKind.FILE, path=_path, suffix=suffix)

    def rank(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        return KINDS.index(values["kind"]), values["name"]


TEMPLATE_TOPIC = Templates(TEMPLATES)
