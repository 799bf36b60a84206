"""One operation in detail: what it takes and answers, as its page tells it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from server.domain.portal.specs.operations import MOST_DESCRIPTION, slug_of, walk
from server.domain.portal.specs.reading import Document, items_of, members_of, resolve, text_of
from server.domain.portal.specs.schemas import Field, example_of, fields_of, type_of

MOST_PARAMETERS = 200
MOST_EXAMPLE = 20_000  # characters
MOST_TOLD = 1_000  # fields of all bodies and answers of one operation
PLACES = {"path": 0, "query": 1, "header": 2, "cookie": 3}
DATA_NAME = "x-data-threescale-name"  # which of the caller's credentials a parameter takes
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something that is sent beside the body."""

    name: str
    place: str  # path, query, header, cookie
    type: str = ""
    required: bool = False
    description: str = ""
    example: str = ""
    data_name: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """A body of one media type."""

    media_type: str
    type: str = ""
    fields: tuple[Field, ...] = ()
    example: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    """One of the answers."""

    status: str
    description: str = ""
    contents: tuple[Content, ...] = ()
    headers: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Details:
    """All that a page tells of an operation."""

    method: str
    path: str
    description: str = ""
    parameters: tuple[Parameter, ...] = ()
    body_required: bool = False
    body_description: str = ""
    bodies: tuple[Content, ...] = ()
    responses: tuple[Response, ...] = ()
    security: tuple[tuple[str, ...], ...] = ()  # alternatives, each of schemes that go together


def find_operation(document: Document, slug: str) -> tuple[str, str, Mapping[str, Any]] | None:
    """Find an operation by its name in addresses, as the outline has named it."""
    taken: set[str] = set()
    for method, path, operation in walk(document):
        base = name = slug_of(method, path, operation)
        number = 2
        while name in taken:
            name, number = f"{base}-{number}", number + 1
        taken.add(name)
        if name == slug:
            return method, path, operation
    return None


def details_of(document: Document, method: str, path: str, operation: Mapping[str, Any]) -> Details:
    """Tell what an operation takes and answers, whether the document is Swagger or OpenAPI."""
    item = resolve(document, members_of(document.get("paths")).get(path))
    given = _parameters(document, item, operation)
    body = resolve(document, operation.get("requestBody"))
    if "swagger" in document:
        bodies, required, described = _bodies_of_2(document, operation, given)
    else:
        bodies = tuple(_contents(document, body.get("content")))
        required = body.get("required") is True
        described = text_of(body.get("description"), MOST_DESCRIPTION)
    return Details(
        method=method.upper(),
        path=path,
        description=text_of(operation.get("description"), MOST_DESCRIPTION),
        parameters=tuple(
            sorted(
                (_parameter(document, each) for each in given if str(each.get("in")) in PLACES),
                key=lambda parameter: PLACES[parameter.place],
            )
        ),
        body_required=required,
        body_description=described,
        bodies=bodies,
        responses=_within_bounds(_responses(document, operation), bodies),
        security=security_of(document, operation),
    )


def security_of(document: Document, operation: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    """List the alternatives by which a caller may prove who it is; none is needed when empty."""
    wanted = operation.get("security", document.get("security"))
    return tuple(
        tuple(str(name) for name in each) for each in items_of(wanted) if isinstance(each, Mapping)
    )


def _parameters(
    document: Document, item: Mapping[str, Any], operation: Mapping[str, Any]
) -> list[Mapping[str, Any]]:
    """Gather the parameters of a path and its operation; the operation's win."""
    found: dict[tuple[object, object], Mapping[str, Any]] = {}
    for each in (*items_of(item.get("parameters")), *items_of(operation.get("parameters"))):
        parameter = resolve(document, each)
        if isinstance(parameter.get("name"), str):
            found[str(parameter.get("in")), parameter["name"]] = parameter
    return list(found.values())[:MOST_PARAMETERS]


def _parameter(document: Document, given: Mapping[str, Any]) -> Parameter:
    schema: object = given.get("schema")
    if schema is None:
        contents = list(members_of(given.get("content")).values())
        schema = members_of(contents[0]).get("schema") if contents else given
    example = _first_example(given)
    if example is None:
        example = example_of(document, schema)
    return Parameter(
        name=text_of(given["name"], 200),
        place=str(given["in"]),
        type=type_of(document, schema),
        required=given.get("required") is True,
        description=text_of(given.get("description"), MOST_DESCRIPTION),
        example=_as_text(example),
        data_name=text_of(given.get(DATA_NAME), 50),
    )


def _bodies_of_2(
    document: Document, operation: Mapping[str, Any], given: list[Mapping[str, Any]]
) -> tuple[tuple[Content, ...], bool, str]:
    """Tell the body of an operation of Swagger 2.0: a parameter, or the fields of a form."""
    media = items_of(operation.get("consumes")) or items_of(document.get("consumes"))
    whole = next((each for each in given if each.get("in") == "body"), None)
    if whole is not None:
        media_type = text_of(media[0], 100) if media else "application/json"
        content = _content(document, media_type, whole)
        described = text_of(whole.get("description"), MOST_DESCRIPTION)
        return (content,), whole.get("required") is True, described
    fields = [each for each in given if each.get("in") == "formData"]
    if not fields:
        return (), False, ""
    schema = {
        "type": "object",
        "properties": {each["name"]: each for each in fields},
        "required": [each["name"] for each in fields if each.get("required") is True],
    }
    has_file = any(each.get("type") == "file" for each in fields)
    media_type = "multipart/form-data" if has_file else FORM
    return (_content(document, media_type, {"schema": schema}),), bool(schema["required"]), ""


def _contents(document: Document, content: object) -> Iterator[Content]:
    for media_type, given in list(members_of(content).items())[:3]:
        yield _content(document, text_of(media_type, 100), resolve(document, given))


def _content(document: Document, media_type: str, given: Mapping[str, Any]) -> Content:
    schema = given.get("schema", given.get("itemSchema"))
    example = _first_example(given)
    if example is None and schema is not None:
        example = example_of(document, schema)
    return Content(
        media_type=media_type,
        type=type_of(document, schema),
        fields=tuple(fields_of(document, schema)),
        example=_as_text(example, indent=2),
    )


def _responses(document: Document, operation: Mapping[str, Any]) -> Iterator[Response]:
    produces = items_of(operation.get("produces")) or items_of(document.get("produces"))
    for status, each in list(members_of(operation.get("responses")).items())[:30]:
        given = resolve(document, each)
        contents = tuple(_contents(document, given.get("content")))
        if "schema" in given:  # Swagger 2.0
            media_type = text_of(produces[0], 100) if produces else "application/json"
            examples = members_of(given.get("examples"))
            one = {"schema": given["schema"], **_example_of_2(examples, media_type)}
            contents = (_content(document, media_type, one),)
        headers = tuple(
            Field(
                text_of(name, 100),
                type_of(document, resolve(document, header).get("schema", header)),
                description=text_of(resolve(document, header).get("description"), 500),
            )
            for name, header in list(members_of(given.get("headers")).items())[:20]
        )
        described = text_of(given.get("description"), MOST_DESCRIPTION)
        yield Response(text_of(status, 20), described, contents, headers)


def _within_bounds(
    responses: Iterator[Response], bodies: tuple[Content, ...]
) -> tuple[Response, ...]:
    """Leave out the fields of answers that are more than a page can tell."""
    left = MOST_TOLD - sum(len(content.fields) for content in bodies)
    found = []
    for response in responses:
        contents = []
        for content in response.contents:
            contents.append(replace(content, fields=content.fields[: max(left, 0)]))
            left -= len(content.fields)
        found.append(replace(response, contents=tuple(contents)))
    return tuple(found)


def _example_of_2(examples: Mapping[str, Any], media_type: str) -> dict[str, Any]:
    return {"example": examples[media_type]} if media_type in examples else {}


def _first_example(given: Mapping[str, Any]) -> object:
    """Find the example that a parameter or a body brings itself; None for none."""
    for key in ("example", "x-example"):
        if key in given:
            return given[key]
    named = given.get("examples")
    first = next(iter(named.values()), None) if isinstance(named, Mapping) else None
    if isinstance(first, Mapping) and ("value" in first or "dataValue" in first):
        return first.get("value", first.get("dataValue"))
    return None


def _as_text(value: object, indent: int | None = None) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return text_of(value, MOST_EXAMPLE)
    try:
        return text_of(json.dumps(value, ensure_ascii=False, indent=indent), MOST_EXAMPLE)
    except (ValueError, RecursionError):
        return ""
