"""What webhooks can be told of, as a page and as JSON Schemas."""

import json
from collections.abc import Mapping
from typing import Any

from server.actions.provider.webhook_catalogue import EventType, catalogue, schema_of_trial
from server.rest.objects import RestObjects
from tools.reference.markdown import code, page, table

SCHEMAS = "webhook-schemas.json"
INTRO = f"""\
What a webhook can be told of, each type with its JSON Schema in [{SCHEMAS}]({SCHEMAS}) (draft
2020-12, by type). All messages have one shape; `object` is there for accounts, users and
applications. How they are sent and signed: [webhooks](../webhooks.md)."""


def webhooks() -> str:
    """Write the page of all types."""
    rows = [_row(each) for each in catalogue(RestObjects())]
    head = ["Type", "What happened", "In the reference's XML"]
    return page("Webhook events", INTRO, [table(head, rows)])


def _row(each: EventType) -> list[str]:
    return [code(each.name), each.words, ", ".join(map(code, each.reference))]


def webhook_schemas() -> str:
    """Write the schemas of all messages, by type."""
    trial = schema_of_trial()
    made: Mapping[str, Any] = {
        str(trial["title"]): trial,
        **{each.name: each.schema for each in catalogue(RestObjects())},
    }
    lines = [f"  {json.dumps(name)}: {json.dumps(schema)}" for name, schema in made.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"
