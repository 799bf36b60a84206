"""Swagger 1.2 as OpenAPI 3.0: nothing of today reads it. Source: the Swagger 1.2 specification.

What is stored is one document: an API declaration, or a resource listing whose `apis` hold the
declarations themselves. Where they are elsewhere, they are named and nothing is fetched.
"""

import re
from collections.abc import Mapping
from typing import Any

from server.domain.portal.specs.reading import CONVERTED, Document, items_of, members_of, text_of

PLAIN = {"integer", "number", "string", "boolean", "array", "object"}
SCHEMA = ("format", "enum", "minimum", "maximum", "uniqueItems", "default")
NAMES: Mapping[str, Mapping[str, str]] = {  # what 1.2 and 1.1 call types
    "int": {"type": "integer", "format": "int32"},
    "long": {"type": "integer", "format": "int64"},
    "float": {"type": "number", "format": "float"},
    "double": {"type": "number", "format": "double"},
    "byte": {"type": "string", "format": "byte"},
    "date": {"type": "string", "format": "date"},
    "dateTime": {"type": "string", "format": "date-time"},
    "Date": {"type": "string", "format": "date-time"},
    "File": {"type": "string", "format": "binary"},
}
PLACES = {"path": "path", "query": "query", "header": "header"}
JSON = ["application/json"]
MOST_TEXT = 100_000
ELSEWHERE = (
    "Its operations are described at {paths}, outside of this document: a specification of "
    "Swagger 1.2 is shown whole when its API declarations stand in it, each in the list apis."
)


def is_swagger_1(document: Document) -> bool:
    """Return whether it is of the 1.x family."""
    return "swaggerVersion" in document


def upgraded(document: Document) -> dict[str, Any]:
    """Write a document of 1.2 as one of OpenAPI 3.0; what can't be understood is left out."""
    info = members_of(document.get("info"))
    declarations = [document, *_declarations(document)]
    elsewhere = [
        str(api.get("path"))
        for api in map(members_of, items_of(document.get("apis")))
        if "operations" not in api and "apis" not in api and api.get("path")
    ]
    described = text_of(info.get("description"), MOST_TEXT)
    if elsewhere:
        described = "\n\n".join(
            filter(None, (described, ELSEWHERE.format(paths=", ".join(elsewhere))))
        )
    found: dict[str, Any] = {
        "openapi": "3.0.3",
        CONVERTED: f"Swagger {text_of(document.get('swaggerVersion'), 10)}",
        "info": {
            "title": text_of(info.get("title"), 200)
            or text_of(document.get("resourcePath"), 200)
            or "API",
            "version": text_of(document.get("apiVersion"), 100) or "1",
            "description": described,
        },
        "paths": {},
        "components": {"schemas": {}, "securitySchemes": {}},
    }
    base = next((each.get("basePath") for each in declarations if each.get("basePath")), "")
    if isinstance(base, str) and base:
        found["servers"] = [{"url": base}]
    for declaration in declarations:
        _add(found, declaration)
    return found


def _declarations(document: Document) -> list[Mapping[str, Any]]:
    """List the API declarations that stand in a resource listing, as tools embed them."""
    inner = [members_of(each) for each in items_of(document.get("apis"))]
    inner += [members_of(each) for each in items_of(document.get("apiDeclarations"))]
    return [each for each in inner if isinstance(each.get("apis"), list)]


def _add(found: dict[str, Any], declaration: Mapping[str, Any]) -> None:
    """Add the operations, models and ways to authorize of one declaration."""
    components = found["components"]
    for name, model in members_of(declaration.get("models")).items():
        components["schemas"].setdefault(_name_of(name), _model(members_of(model)))
    for name, given in members_of(declaration.get("authorizations")).items():
        scheme = _scheme(members_of(given))
        if scheme:
            components["securitySchemes"].setdefault(_name_of(name), scheme)
    tag = text_of(declaration.get("resourcePath"), 100).strip("/")
    for api in map(members_of, items_of(declaration.get("apis"))):
        path = text_of(api.get("path"), 500).replace("{format}", "json")
        for operation in map(members_of, items_of(api.get("operations"))):
            method = text_of(operation.get("method") or operation.get("httpMethod"), 10).lower()
            if path and method:
                path = path if path.startswith("/") else f"/{path}"
                item = found["paths"].setdefault(path, {})
                item.setdefault(method, _operation(declaration, operation, tag))


def _operation(
    declaration: Mapping[str, Any], given: Mapping[str, Any], tag: str
) -> dict[str, Any]:
    parameters = [members_of(each) for each in items_of(given.get("parameters"))]
    produces = given.get("produces") or declaration.get("produces") or JSON
    consumes = given.get("consumes") or declaration.get("consumes") or JSON
    responses = {
        str(each["code"]): _response(each, produces)
        for each in map(members_of, items_of(given.get("responseMessages")))
        if each.get("code")
    }
    answer = {"description": "Success", **_content(_typed(given), produces)}
    if not any(code.startswith("2") for code in responses):
        responses = {"200": answer, **responses}
    operation: dict[str, Any] = {
        "operationId": text_of(given.get("nickname"), 200),
        "summary": text_of(given.get("summary"), 200),
        "description": text_of(given.get("notes"), MOST_TEXT),
        "deprecated": str(given.get("deprecated")).lower() == "true",
        "parameters": [
            _parameter(each) for each in parameters if str(each.get("paramType")) in PLACES
        ],
        "responses": responses,
        **_body(parameters, consumes),
    }
    if tag:
        operation["tags"] = [tag]
    authorizations = members_of(given.get("authorizations"))
    if authorizations:
        operation["security"] = [{_name_of(name): []} for name in authorizations]
    return operation


def _parameter(given: Mapping[str, Any]) -> dict[str, Any]:
    place = PLACES[given["paramType"]]
    extensions = {name: value for name, value in given.items() if name.startswith("x-")}
    if "threescale_name" in given:  # what the reference's older documents call it
        extensions["x-data-threescale-name"] = given["threescale_name"]
    schema = _typed(given)
    if given.get("allowMultiple") is True and schema.get("type") != "array":
        schema = {"type": "array", "items": schema}
    return {
        "name": text_of(given.get("name"), 200),
        "in": place,
        "required": place == "path" or given.get("required") is True,
        "description": text_of(given.get("description"), MOST_TEXT),
        "schema": schema,
        **extensions,
    }


def _body(parameters: list[Mapping[str, Any]], consumes: Any) -> dict[str, Any]:
    """Write what is sent in the body, or as a form."""
    whole = next((each for each in parameters if each.get("paramType") == "body"), None)
    if whole is not None:
        content = _content(_typed(whole), consumes)
        described = text_of(whole.get("description"), MOST_TEXT)
        required = whole.get("required") is True
        return {"requestBody": {"description": described, "required": required, **content}}
    fields = [each for each in parameters if each.get("paramType") == "form"]
    if not fields:
        return {}
    has_file = any(each.get("type") == "File" for each in fields)
    media = "multipart/form-data" if has_file else "application/x-www-form-urlencoded"
    schema = {
        "type": "object",
        "properties": {
            text_of(each.get("name"), 200): {
                **_typed(each),
                "description": text_of(each.get("description"), MOST_TEXT),
            }
            for each in fields
        },
        "required": [text_of(each.get("name"), 200) for each in fields if each.get("required")],
    }
    return {"requestBody": _content(schema, [media])}


def _response(given: Mapping[str, Any], produces: Any) -> dict[str, Any]:
    model = given.get("responseModel")
    content = _content(_typed({"type": model}), produces) if model else {}
    return {"description": text_of(given.get("message"), MOST_TEXT), **content}


def _content(schema: Mapping[str, Any], media: Any) -> dict[str, Any]:
    if not schema:
        return {}
    types = [each for each in items_of(media) if isinstance(each, str)] or JSON
    return {"content": {each: {"schema": schema} for each in types}}


def _typed(given: Mapping[str, Any]) -> dict[str, Any]:
    """Write what 1.2 says of a type as a schema; nothing for `void`."""
    name = given.get("type") or given.get("dataType") or given.get("$ref")
    if not isinstance(name, str) or name == "void":
        return {}
    listed = re.fullmatch(r"(?:List|Array|Set)\[(\w+)\]", name)
    if listed is not None:
        return {"type": "array", "items": _typed({"type": listed[1]})}
    extra = {
        key: _number(key, given[key]) for key in SCHEMA if key in given and given[key] is not None
    }
    renamed = {"defaultValue": "default"}
    extra |= {new: given[old] for old, new in renamed.items() if given.get(old) is not None}
    if name == "array":
        return {"type": "array", "items": _typed(members_of(given.get("items"))), **extra}
    if name in NAMES:
        return {**NAMES[name], **extra}
    if name in PLAIN:
        return {"type": name, **extra}
    return {"$ref": f"#/components/schemas/{_name_of(name)}"}


def _number(key: str, value: Any) -> Any:
    """Read limits, which 1.2 writes as texts."""
    if key in {"minimum", "maximum"} and isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            return value
    return value


def _model(given: Mapping[str, Any]) -> dict[str, Any]:
    properties = {
        str(name): {**_typed(members_of(each)), **_described(members_of(each))}
        for name, each in members_of(given.get("properties")).items()
    }
    required = [each for each in items_of(given.get("required")) if isinstance(each, str)]
    model: dict[str, Any] = {"type": "object", "properties": properties, **_described(given)}
    return {**model, "required": required} if required else model


def _described(given: Mapping[str, Any]) -> dict[str, str]:
    text = text_of(given.get("description"), MOST_TEXT)
    return {"description": text} if text else {}


def _scheme(given: Mapping[str, Any]) -> dict[str, Any]:
    if given.get("type") == "basicAuth":
        return {"type": "http", "scheme": "basic"}
    if given.get("type") == "apiKey" and given.get("keyname"):
        place = "header" if given.get("passAs") == "header" else "query"
        return {"type": "apiKey", "in": place, "name": text_of(given["keyname"], 200)}
    return {}


def _name_of(name: object) -> str:
    """Write a name as components may have it."""
    return re.sub(r"[^A-Za-z0-9._-]", "_", str(name))[:200] or "_"
