"""Small pieces of JSON Schema, as the OpenAPI document has them."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

Schema = dict[str, Any]
OF_TYPE: Mapping[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    Decimal: {"type": "number"},
    datetime: {"type": "string", "format": "date-time"},
    NoneType: {"type": "null"},
}


def schema_of(kind: Any) -> Schema:
    """Describe a type of Python."""
    if get_origin(kind) not in {Union, UnionType}:
        return dict(OF_TYPE[kind])
    described = [OF_TYPE[each] for each in get_args(kind)]
    merged = {key: value for each in described for key, value in each.items()}
    return {**merged, "type": [each["type"] for each in described]}


def array_of(item: Schema) -> Schema:
    """Describe a list."""
    return {"type": "array", "items": item}


def ref(name: str) -> Schema:
    """Refer to a schema of the document."""
    return {"$ref": f"#/components/schemas/{name}"}
