"""The OpenAPI document, made from the operations, their shapes and their drafts."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from server.kit.wording import sentence_of
from server.rest.formats import MASTER_PREFIX, Format
from server.rest.operations import Operation
from server.rest.schemas import Schema, ref

REFS = "#/components/schemas/{model}"
BODIES = ("application/x-www-form-urlencoded", "multipart/form-data", "application/json")
SECURITY = {
    "token": {"type": "http", "scheme": "bearer"},
    "basic": {"type": "http", "scheme": "basic"},
    "accessToken": {"type": "apiKey", "in": "query", "name": "access_token"},
    "providerKey": {"type": "apiKey", "in": "query", "name": "provider_key"},
}
TITLE = "Account Management API"
ABOUT = (
    "The REST API of the admin host. Answers are XML unless the path ends in `.json` or the Accept "
    "header asks for JSON. What a body holds may also come wrapped in an object of the resource's "
    "name, and in the query. Unknown parameters are ignored."
)
TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer", "minimum": 1}
IN_PATHS: Mapping[str, Schema] = {  # what is no number
    "environment": {"type": "string", "enum": ["sandbox", "staging", "production"]},
}
TEXTS: Schema = {"type": "object", "additionalProperties": {"type": "array", "items": TEXT}}
FIXED: Mapping[str, Schema] = {  # schemas that no shape has
    "Link": {
        "type": "object",
        "properties": {"rel": TEXT, "href": TEXT},
        "required": ["rel", "href"],
    },
    "Refusal": {"type": "object", "properties": {"error": TEXT, "status": TEXT}},
    "FieldErrors": {"type": "object", "properties": {"errors": TEXTS}, "required": ["errors"]},
}


def _refusal(description: str, schema: str) -> Mapping[str, Any]:
    content = {"application/xml": {"schema": TEXT}, "application/json": {"schema": ref(schema)}}
    return {"description": description, "content": content}


def _unread(description: str) -> Mapping[str, Any]:
    return {"description": description, "content": {"text/plain": {"schema": TEXT}}}


RESPONSES: Mapping[str, Mapping[str, Any]] = {
    "Unreadable": _unread("The request can't be read; the text tells why."),
    "Denied": _refusal("No valid credential, or one that may not do this.", "Refusal"),
    "Kept": {
        "description": "No valid credential, one that may not do this, or it is needed.",
        "content": {
            "application/xml": {"schema": TEXT},
            "application/json": {"schema": {"anyOf": [ref("Refusal"), ref("FieldErrors")]}},
        },
    },
    "Missing": _refusal("There is no such object.", "Refusal"),
    "Faulty": {
        "description": "An input breaks a rule, or is of the wrong type.",
        "content": {
            **_refusal("", "FieldErrors")["content"],
            "text/plain": {"schema": TEXT},
        },
    },
    "Away": _refusal("Something that we depend on does not answer.", "FieldErrors"),
}
REFUSALS = {
    "400": "Unreadable",
    "403": "Denied",
    "404": "Missing",
    "406": "Unreadable",
    "413": "Unreadable",
    "415": "Unreadable",
    "422": "Faulty",
    "503": "Away",
}


def document_of(
    operations: Sequence[Operation], *, title: str = TITLE, about: str = ABOUT
) -> dict[str, Any]:
    """Describe these operations, each with a format in its path and without."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        for suffix in (".{format}", ""):
            path = paths.setdefault(f"{operation.prefix}{operation.path}{suffix}", {})
            path[operation.method.lower()] = _operation(operation, suffix)
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": "1.0.0", "description": about},
        "servers": [{"url": "/"}],
        "security": [{name: []} for name in SECURITY],
        "paths": paths,
        "components": {
            "schemas": {**FIXED, **_shapes(operations), **_bodies(operations)},
            "responses": RESPONSES,
            "securitySchemes": SECURITY,
        },
    }


def _operation(operation: Operation, suffix: str) -> dict[str, Any]:
    is_read = operation.method == "GET"
    denied = {"403": "Kept"} if operation.method == "DELETE" else {}
    refusals = {**REFUSALS, **denied}.items()
    described: dict[str, Any] = {
        "operationId": operation_id(operation) + ("" if suffix else "ByAccept"),
        "tags": [sentence_of(operation.path.split("/")[1])],
        "summary": operation.summary,
        "description": _needs(operation),
        "parameters": list(_parameters(operation, suffix)),
        "responses": {
            **operation.answer.described(),
            **({"304": {"description": "The caller has it already."}} if is_read else {}),
            **{status: {"$ref": f"#/components/responses/{name}"} for status, name in refusals},
        },
    }
    if is_masters(operation):
        described["responses"]["401"] = _unread("Not the master token.")
    if operation.only_json:
        _leave_xml_out(described["responses"])
    if operation.takes is not None:
        schema = {"schema": ref(operation.takes.__name__)}
        content = dict.fromkeys(BODIES, schema)
        described["requestBody"] = {"required": True, "content": content}
    return described


def is_masters(operation: Operation) -> bool:
    """Return whether it is for who runs the installation."""
    return operation.prefix == MASTER_PREFIX or operation.path == "/sso_tokens/provider_create"


def _needs(operation: Operation) -> str:
    if is_masters(operation):
        return "Needs the master token."
    if operation.also:
        needed = ", ".join(f"`{each}`" for each in (operation.permission, *operation.also))
        return f"Needs the permissions {needed}."
    return f"Needs the permission `{operation.permission}`."


def _leave_xml_out(responses: dict[str, Any]) -> None:
    """Take XML out of what is answered in JSON only."""
    for status, answer in responses.items():
        if "content" in answer:
            content = {kind: each for kind, each in answer["content"].items() if "xml" not in kind}
            responses[status] = {**answer, "content": content}


def operation_id(operation: Operation) -> str:
    """Name an operation after its method and path: `getServicesServiceIdFeatures`."""
    words = re.findall(r"[a-z0-9]+", operation.path)
    return operation.method.lower() + "".join(map(str.capitalize, words))


def _parameters(operation: Operation, suffix: str) -> Iterator[Mapping[str, Any]]:
    for name in re.findall(r"\{(\w+)\}", operation.path):
        number = {**TEXT, "minLength": 1} if name in operation.texts else NUMBER
        yield _parameter(name, "path", IN_PATHS.get(name, number), required=True)
    if suffix:
        languages = [str(each) for each in Format if each == "json" or not operation.only_json]
        yield _parameter("format", "path", {"type": "string", "enum": languages}, required=True)
    if operation.filters is not None:
        for name, schema in _schema_of(operation.filters)["properties"].items():
            yield _parameter(name, "query", schema)
    if operation.is_paged:
        yield _parameter("page", "query", {"type": "integer", "minimum": 1, "default": 1})
        most, usual = (500, 500) if operation.answer.shape else (100, 20)  # the CMS has no shapes
        size = {"type": "integer", "minimum": 1, "maximum": most, "default": usual}
        yield _parameter("per_page", "query", size)


def _parameter(
    name: str, place: str, schema: Schema, *, required: bool = False
) -> Mapping[str, Any]:
    return {"name": name, "in": place, "required": required, "schema": schema}


def _shapes(operations: Iterable[Operation]) -> Mapping[str, Schema]:
    """Describe every shape that an operation shows, and what is inside of these."""
    found: dict[str, Schema] = {}
    shown = {id(each.answer.shape): each.answer.shape for each in operations}.values()
    waiting = [(shape, language) for shape in shown if shape for language in Format]
    while waiting:
        shape, language = waiting.pop()
        if shape.schema_name(language) not in found:
            found[shape.schema_name(language)] = shape.schema(language)
            waiting += [(inner, language) for inner in shape.inside(language)]
    return dict(sorted(found.items()))


def _bodies(operations: Iterable[Operation]) -> Mapping[str, Schema]:
    found: dict[str, Schema] = {}
    for operation in operations:
        if operation.filters is not None:
            found |= _schema_of(operation.filters).get("$defs", {})
        if operation.takes is not None:
            schema = _schema_of(operation.takes)
            found |= schema.pop("$defs", {})
            found[operation.takes.__name__] = schema
    return dict(sorted(found.items()))


def _schema_of(model: type[BaseModel]) -> Schema:
    """Describe a model as the API takes it: a name that it does not know is ignored."""
    schema = model.model_json_schema(ref_template=REFS)
    del schema["additionalProperties"]
    return schema
