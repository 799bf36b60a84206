"""What endpoints can be told of: each type of event with an example and its JSON Schema."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from server.domain.events import Face, find_kind
from server.domain.provider.webhook_objects import ObjectWriter
from server.domain.provider.webhooks import STANDARD_TYPES, TEST
from server.kit.wording import sentence_of, words_of

DRAFT = "https://json-schema.org/draft/2020-12/schema"
TEXT: Mapping[str, Any] = {"type": "string"}
NUMBER: Mapping[str, Any] = {"type": ["integer", "null"]}
PAIR: Mapping[str, Any] = {
    "type": "array",
    "minItems": 2,
    "maxItems": 2,
    "description": "Before and after; a secret is (hidden) in both.",
}
WITH_OBJECT = ("account", "user", "application")
ACTORS = ("staff", "developer", "provider_key", "signup", "system", "master")


@dataclass(frozen=True, slots=True)
class EventType:
    """One type that can be chosen."""

    name: str
    words: str  # what happened
    reference: tuple[str, ...]  # what the reference's webhooks call it
    schema: Mapping[str, Any]


def catalogue(objects: ObjectWriter) -> Sequence[EventType]:
    """List all types, in their order."""
    return [type_of(name, objects) for name in STANDARD_TYPES]


def type_of(name: str, objects: ObjectWriter) -> EventType:
    """Describe one type."""
    kind = find_kind(name)
    reference = kind.webhooks if kind else ()
    return EventType(name, told_of(name), reference, schema_of(name, objects))


def told_of(name: str) -> str:
    """Say what happened: `Application: plan changed`."""
    subject, _, verb = name.partition(".")
    return f"{sentence_of(subject)}: {words_of(verb)}"


def schema_of(name: str, objects: ObjectWriter) -> Mapping[str, Any]:
    """Describe the message of a type as JSON Schema."""
    return {
        "$schema": DRAFT,
        "title": name,
        "type": "object",
        "required": ["type", "timestamp", "data"],
        "properties": {
            "type": {"const": name},
            "timestamp": {"type": "string", "format": "date-time", "description": "When it was."},
            "data": _data(name.partition(".")[0], objects),
        },
    }


def _data(subject: str, objects: ObjectWriter) -> Mapping[str, Any]:
    named = {"type": {"const": subject}, "id": {"type": "integer"}}
    some = {"type": "object", "required": ["type", "id"], "properties": named}
    properties: dict[str, Any] = {
        "event_id": {"type": "integer", "description": "Its number in the audit log."},
        "subject": {"anyOf": [some, {"type": "null"}]},
        "account_id": NUMBER,
        "service_id": NUMBER,
        "actor": {
            "type": "object",
            "required": ["name", "kind", "user_id"],
            "properties": {"name": TEXT, "kind": {"enum": [*ACTORS]}, "user_id": NUMBER},
        },
        "face": {"enum": [face.value for face in Face], "description": "Through what it was done."},
        "changes": {"type": "object", "additionalProperties": PAIR},
        "facts": {"type": "object", "description": "What helps to read it."},
        "object": _object(subject, objects),
    }
    return {"type": "object", "required": [*properties], "properties": properties}


def _object(subject: str, objects: ObjectWriter) -> Mapping[str, Any]:
    if subject not in WITH_OBJECT:
        return {"type": "null"}
    told = "What it is about, as the REST API writes it, without secrets; of one that is deleted "
    inner = {**objects.schema(subject), "description": f"{told}how it last was."}
    return {"anyOf": [inner, {"type": "null"}]}


def schema_of_trial() -> Mapping[str, Any]:
    """Describe what only tries an endpoint."""
    data = {"type": "object", "required": ["message"], "properties": {"message": TEXT}}
    return {
        "$schema": DRAFT,
        "title": TEST,
        "type": "object",
        "required": ["type", "timestamp", "data"],
        "properties": {"type": {"const": TEST}, "timestamp": TEXT, "data": data},
    }
