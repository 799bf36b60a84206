"""What a request brings: a bounded body as form, multipart or JSON, with the query beneath it."""

from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import FormData, Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from server.domain.errors import Invalid
from server.domain.portal.files import MOST_FILE_BYTES
from server.kit.ids import id_or_none
from server.kit.strict_json import parse_json
from server.web.requests import BadRequest, read_body

MAX_BODY_BYTES = 1_048_576
MAX_FILE_BODY = MOST_FILE_BYTES + 65_536  # a file with all that is said of it
MAX_FIELDS = 500
MAX_DEPTH = 16
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
JSON_TYPES = frozenset({"application/json", "text/json"})


@dataclass(frozen=True, slots=True)
class Params:
    """Parameters by name; `wrappers` are the objects that flat ones may come wrapped in."""

    values: Mapping[str, Any] = field(default_factory=dict)
    wrappers: tuple[str, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)

    def wrapped_in(self, *names: str) -> "Params":
        """Look into these wrappers too. Raises: BadRequest when one is not an object."""
        for name in names:
            if not isinstance(self.values.get(name, {}), dict):
                raise BadRequest(422, f"{name} is of the wrong type: send an object with fields.")
        return Params(self.values, names, self.files)

    def text(self, name: str) -> str:
        """Take a text, empty when missing; numbers are written out. Raises: Invalid."""
        value = self._find(name)
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, str | int | float):
            return str(value)
        raise Invalid("must be a text.", field=name)

    def pick(self, names: Iterable[str]) -> dict[str, Any]:
        """Take what is given of these, as it came; other parameters are nobody's business."""
        return {name: self._find(name) for name in names if self._has(name)}

    def names(self) -> set[str]:
        """Name everything that is given, within wrappers too."""
        inside = (self.values.get(wrapper, {}) for wrapper in self.wrappers)
        given = {name for values in inside for name in values}
        return given | (set(self.values) - set(self.wrappers)) | set(self.files)

    def row_id(self, name: str) -> int | None:
        """Take an id; None when it is missing or can't be one. Raises: Invalid."""
        return id_or_none(self.text(name).strip())

    def flat(self) -> dict[str, str]:
        """Take the texts of the top level, for the credentials."""
        return {name: value for name, value in self.values.items() if isinstance(value, str)}

    def _has(self, name: str) -> bool:
        inside = (self.values.get(wrapper, {}) for wrapper in self.wrappers)
        return name in self.values or any(name in values for values in inside)

    def _find(self, name: str) -> Any:
        if name in self.values:
            return self.values[name]
        for wrapper in self.wrappers:
            inside = self.values.get(wrapper, {})
            if name in inside:
                return inside[name]
        return None


def listed(value: Any) -> Any:
    """Take one text for a list of one, as forms send it; none at all for an empty list."""
    if value is None:
        return []
    return [value] if isinstance(value, str) else value


async def read_params(request: Request, *, takes_file: bool = False) -> Params:
    """Read query and body; a name in the body wins. Raises: BadRequest."""
    raw = await read_body(request, MAX_FILE_BODY if takes_file else MAX_BODY_BYTES, "body")
    files: dict[str, bytes] = {}
    if takes_file and type_of(request.headers) == MULTIPART:
        pairs, files = await _multipart_with_file(request.headers, raw)
        values = _checked(_nested(pairs))
    elif len(raw) > MAX_BODY_BYTES:
        raise BadRequest(413, f"A body without a file holds at most {MAX_BODY_BYTES} bytes.")
    else:
        values = await parse_body(request.headers, raw)
    return Params({**parse_query(request), **values}, files=files)


def parse_query(request: Request) -> dict[str, Any]:
    """Read the parameters of the address. Raises: BadRequest."""
    values = _nested(_pairs(request.scope["query_string"]))
    _check(values, MAX_DEPTH)
    return values


def type_of(headers: Headers) -> str:
    return headers.get("content-type", FORM).split(";")[0].strip().lower()


async def parse_body(
    headers: Headers, raw: bytes, most_bytes: int = MAX_BODY_BYTES
) -> dict[str, Any]:
    """Read a body as its type says; a part of a form holds `most_bytes`. Raises: BadRequest."""
    content_type = type_of(headers)
    if not raw:
        return {}
    if content_type == FORM:
        return _checked(_nested(_pairs(raw)))
    if content_type == MULTIPART:
        return _checked(_nested(await _multipart(headers, raw, most_bytes)))
    if content_type in JSON_TYPES:
        return _checked(_json(raw))
    raise BadRequest(415, "Send a form (urlencoded or multipart) or JSON.")


def _pairs(raw: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            raw.decode(), keep_blank_values=True, errors="strict", max_num_fields=MAX_FIELDS
        )
    except UnicodeDecodeError as error:
        raise BadRequest(400, "Parameters must be UTF-8.") from error
    except ValueError as error:
        raise BadRequest(400, f"Send at most {MAX_FIELDS} parameters.") from error


async def _multipart(headers: Headers, raw: bytes, most_bytes: int) -> list[tuple[str, str]]:
    form = await _form(headers, raw, most_bytes)
    return [(name, value) for name, value in form.multi_items() if isinstance(value, str)]


async def _multipart_with_file(
    headers: Headers, raw: bytes
) -> tuple[list[tuple[str, str]], dict[str, bytes]]:
    """Read a form that may hold a file, chosen or given as text."""
    form = await _form(headers, raw, most_files=1)
    items = form.multi_items()
    files = {name: await file.read() for name, file in items if isinstance(file, UploadFile)}
    await form.close()
    return [(name, value) for name, value in items if isinstance(value, str)], files


async def _form(
    headers: Headers, raw: bytes, most_bytes: int = MAX_BODY_BYTES, *, most_files: int = 0
) -> FormData:
    async def stream() -> AsyncIterator[bytes]:
        yield raw

    parser = MultiPartParser(
        headers,
        stream(),  # type: ignore[arg-type]  # it only iterates
        max_files=most_files,
        max_fields=MAX_FIELDS,
        max_part_size=most_bytes,
    )
    try:
        return await parser.parse()
    except MultiPartException as error:
        raise BadRequest(400, f"The multipart body can't be read: {error.message}") from error
    except (UnicodeError, LookupError, KeyError) as error:
        raise BadRequest(400, "The multipart body can't be read.") from error


def _json(raw: bytes) -> dict[str, Any]:
    try:
        value = parse_json(raw.decode())
    except RecursionError as error:
        raise BadRequest(400, f"JSON may be nested {MAX_DEPTH} levels deep.") from error
    except ValueError as error:
        raise BadRequest(400, "The body is not JSON in UTF-8.") from error
    if not isinstance(value, dict):
        raise BadRequest(400, "The JSON body must be an object.")
    return value


def _nested(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Turn `account[org_name]=x` into objects, `choices[]=x` into lists; else the last wins."""
    values: dict[str, Any] = {}
    for name, value in pairs:
        outer, bracket, inner = name.partition("[")
        if bracket and outer and inner.endswith("]"):
            _put(values, [outer, *inner[:-1].split("][")], value)
        else:
            values[name] = value
    return values


def _put(values: dict[str, Any], path: list[str], value: str) -> None:
    """Put a value where its name says. Raises: BadRequest."""
    *outer, last = path
    is_item = not last and len(path) > 1
    for name in outer[:-1] if is_item else outer:
        values = _inside(values, name, {})
    if is_item:
        _inside(values, outer[-1], []).append(value)
    else:
        values[last] = value


def _inside(values: dict[str, Any], name: str, empty: Any) -> Any:
    found = values.setdefault(name, empty)
    if not isinstance(found, type(empty)):
        raise BadRequest(400, f"{name} is both a value and an object.")
    return found


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    _check(values, MAX_DEPTH)
    return values


def _check(value: Any, depth: int) -> None:
    """Refuse what no text column can hold, and what is nested too deep. Raises: BadRequest."""
    if depth < 0:
        raise BadRequest(400, f"Parameters may be nested {MAX_DEPTH} levels deep.")
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise BadRequest(400, "Parameters must be valid Unicode.") from error
    elif isinstance(value, dict):
        for name, inner in value.items():
            _check(name, depth)
            _check(inner, depth - 1)
    elif isinstance(value, list):
        for inner in value:
            _check(inner, depth - 1)
