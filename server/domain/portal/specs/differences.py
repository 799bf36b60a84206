"""What changed between two documents of a specification, and what of it breaks callers."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from server.domain.portal.specs.details import PLACES, Parameter, security_of
from server.domain.portal.specs.operations import walk
from server.domain.portal.specs.reading import Document, items_of, members_of, resolve, text_of
from server.domain.portal.specs.schemas import properties_of, type_of

MOST_CHANGES = 500  # told of one version
MOST_NOTED = 10_000  # of which breaking ones go first
MOST_STEPS = 100_000  # schemas that are compared
MOST_DEPTH = 12
ADDED, REMOVED, CHANGED = "added", "removed", "changed"
REQUEST, RESPONSE = "request", "response"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; `why` tells how it breaks callers, and is empty when it does not."""

    kind: str  # added, removed, changed
    place: str  # 'GET /pets', or the document as a whole: empty
    what: str
    why: str = ""

    @property
    def is_breaking(self) -> bool:
        return bool(self.why)


@dataclass(frozen=True, slots=True)
class Differences:
    """All differences; what is beyond the bounds is counted or told to be left out."""

    changes: tuple[Change, ...] = ()
    total: int = 0
    is_whole: bool = True  # nothing was too much to be compared

    @classmethod
    def read(cls, stored: str) -> Self:
        """Read what `written` wrote; nothing is no differences."""
        known = json.loads(stored or "{}")
        changes = tuple(Change(**each) for each in known.pop("changes", ()))
        return cls(changes, **known)

    def written(self) -> str:
        """Write them to be stored."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @property
    def breaking(self) -> tuple[Change, ...]:
        """Those that break callers."""
        return tuple(change for change in self.changes if change.is_breaking)


def differences_of(old: Document, new: Document) -> Differences:
    """Compare two documents, of Swagger 2.0 or OpenAPI. Cost: bounded by `MOST_STEPS`."""
    comparison = _Comparison(old, new)
    comparison.run()
    found = sorted(comparison.found, key=lambda change: not change.is_breaking)
    return Differences(tuple(found[:MOST_CHANGES]), comparison.total, comparison.steps < MOST_STEPS)


@dataclass
class _Comparison:
    old: Document
    new: Document
    found: list[Change] = field(default_factory=list)
    total: int = 0
    steps: int = 0

    def run(self) -> None:
        """Compare operation by operation, then what is of all of them."""
        before = {(method, path): each for method, path, each in walk(self.old)}
        after = {(method, path): each for method, path, each in walk(self.new)}
        for key in before:
            if key not in after:
                told = (
                    "was deprecated before" if before[key].get("deprecated") else "calls to it fail"
                )
                self._tell(REMOVED, _place(key), "The operation is removed.", told)
        for key, operation in after.items():
            if key not in before:
                self._tell(ADDED, _place(key), "The operation is added.")
            else:
                _Operations(self, key, before[key], operation).run()
        self._of_all()

    def _of_all(self) -> None:
        names = (("version", "version"), ("title", "title"))
        infos = [members_of(document.get("info")) for document in (self.old, self.new)]
        for name, word in names:
            before, after = (text_of(info.get(name), 100) for info in infos)
            if before != after:
                self._tell(CHANGED, "", f"The {word} was '{before}' and is '{after}'.")
        if not self.found and _differ(self.old, self.new):
            self._tell(CHANGED, "", "Texts or examples are other ones.")

    def _tell(self, kind: str, place: str, what: str, why: str = "") -> None:
        self.total += 1
        if self.total <= MOST_NOTED:
            self.found.append(Change(kind, place, what, why))


@dataclass
class _Operations:
    """One operation before and after."""

    whole: _Comparison
    key: tuple[str, str]
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    seen: set[tuple[int, int, str]] = field(default_factory=set)

    def run(self) -> None:
        if self.after.get("deprecated") is True and self.before.get("deprecated") is not True:
            self._tell(CHANGED, "The operation is deprecated.")
        self._security()
        self._parameters()
        self._bodies()
        self._responses()

    def _security(self) -> None:
        before = security_of(self.whole.old, self.before)
        after = security_of(self.whole.new, self.after)
        if before == after:
            return
        words = " or ".join(" with ".join(each) or "nothing" for each in after) or "nothing"
        kept = {frozenset(each) for each in after} or {frozenset[str]()}
        lost = [each for each in before or ((),) if not any(one <= set(each) for one in kept)]
        why = "callers that prove who they are in another way are refused" if lost else ""
        self._tell(CHANGED, f"It asks for other credentials: {words}.", why)

    def _parameters(self) -> None:
        before = _parameters(self.whole.old, self.key[1], self.before)
        after = _parameters(self.whole.new, self.key[1], self.after)
        for key, parameter in before.items():
            if key not in after:
                self._tell(
                    REMOVED, f"{_of(parameter)} is removed.", "calls that send it may be refused"
                )
        for key, parameter in after.items():
            if key not in before:
                why = "calls without it are refused" if parameter.required else ""
                word = "required " if parameter.required else ""
                self._tell(ADDED, f"The {word}{_of(parameter)[4:]} is added.", why)
            else:
                self._parameter(before[key], parameter)

    def _parameter(self, before: Parameter, after: Parameter) -> None:
        if before.required != after.required:
            word = "required" if after.required else "optional"
            why = "calls without it are refused" if after.required else ""
            self._tell(CHANGED, f"{_of(after)} is {word} now.", why)
        if before.type != after.type:
            told = (
                f"{_of(after)} was {before.type or 'anything'} and is {after.type or 'anything'}."
            )
            self._tell(CHANGED, told, _why_of_types(before.type, after.type, REQUEST))

    def _bodies(self) -> None:
        before, was_required = _body(self.whole.old, self.before)
        after, is_required = _body(self.whole.new, self.after)
        if before and not after:
            self._tell(REMOVED, "The body is removed.", "calls that send one may be refused")
            return
        if after and not before:
            why = "calls without one are refused" if is_required else ""
            self._tell(ADDED, f"A {'required ' if is_required else ''}body is added.", why)
            return
        if is_required and not was_required:
            self._tell(CHANGED, "The body is required now.", "calls without one are refused")
        self._contents(before, after, "The body", REQUEST)

    def _responses(self) -> None:
        before = members_of(self.before.get("responses"))
        after = members_of(self.after.get("responses"))
        for status in before:
            if status not in after:
                is_success = str(status).startswith("2")
                why = "callers wait for it" if is_success else ""
                self._tell(REMOVED, f"The answer {status} is removed.", why)
        for status in after:
            if status not in before:
                self._tell(ADDED, f"The answer {status} is added.")
                continue
            old = _contents_of(self.whole.old, before[status], self.before)
            new = _contents_of(self.whole.new, after[status], self.after)
            self._contents(old, new, f"The answer {status}", RESPONSE)

    def _contents(
        self, before: Mapping[str, Any], after: Mapping[str, Any], what: str, side: str
    ) -> None:
        for media in before:
            if media not in after:
                why = "callers rely on it"
                self._tell(REMOVED, f"{what} is not {media} any more.", why)
        for media in after:
            if media not in before:
                self._tell(ADDED, f"{what} may be {media}.")
            else:
                self._schemas(before[media], after[media], what, side)

    def _schemas(self, before: object, after: object, what: str, side: str, path: str = "") -> None:
        """Compare two schemas and what is below them, each pair once."""
        self.whole.steps += 1
        pair = id(before), id(after), side
        if self.whole.steps > MOST_STEPS or pair in self.seen or _depth_of(path) > MOST_DEPTH:
            return
        self.seen.add(pair)
        old, new = resolve(self.whole.old, before), resolve(self.whole.new, after)
        was, now = type_of(self.whole.old, before), type_of(self.whole.new, after)
        if _kind(old) != _kind(new) or items_of(old.get("enum")) != items_of(new.get("enum")):
            if was == now:  # what it is called stayed
                was, now = (str(_kind(each) or "anything") for each in (old, new))
            place = f"The field {path} of {_lower(what)}" if path else what
            told = f"{place} was {was or 'anything'} and is {now or 'anything'}."
            self._tell(CHANGED, told, _why_of_types(was, now, side))
            return
        if "items" in old and "items" in new:
            self._schemas(old["items"], new["items"], what, side, f"{path}[]")
        self._properties(old, new, what, side, path)

    def _properties(self, old: Document, new: Document, what: str, side: str, path: str) -> None:
        before, were_required = properties_of(self.whole.old, old)
        after, are_required = properties_of(self.whole.new, new)
        of = f"of {_lower(what)}"
        for name in before:
            if name not in after:
                why = "callers read it" if side == RESPONSE else "calls that send it may be refused"
                self._tell(REMOVED, f"The field {_below(path, name)} {of} is removed.", why)
        for name, schema in after.items():
            place = f"The field {_below(path, name)} {of}"
            required = name in are_required
            if name not in before:
                why = "calls without it are refused" if side == REQUEST and required else ""
                self._tell(ADDED, f"{place} is added{', and required' if required else ''}.", why)
                continue
            if required != (name in were_required):
                self._tell(
                    CHANGED,
                    f"{place} is {'required' if required else 'optional'} now.",
                    _why_of_required(required, side),
                )
            self._schemas(before[name], schema, what, side, _below(path, name))

    def _tell(self, kind: str, what: str, why: str = "") -> None:
        self.whole._tell(kind, _place(self.key), what, why)


def _differ(old: Document, new: Document) -> bool:
    try:
        return old != new
    except RecursionError:  # nested almost too deep to be read
        return True


def _depth_of(path: str) -> int:
    return path.count(".") + path.count("[")


def _place(key: tuple[str, str]) -> str:
    return f"{key[0].upper()} {key[1]}"


def _of(parameter: Parameter) -> str:
    return f"The {parameter.place} parameter {parameter.name}"


def _lower(text: str) -> str:
    return f"{text[0].lower()}{text[1:]}"


def _below(path: str, name: object) -> str:
    return f"{path}.{name}" if path else str(name)


def _kind(schema: Document) -> object:
    """Tell the type of a schema, to be compared: names of what it refers to don't matter."""
    kind = schema.get("type")
    if isinstance(kind, list):
        kind = tuple(map(str, kind))
    return kind or ("array" if "items" in schema else "object" if "properties" in schema else None)


def _why_of_types(before: str, after: str, side: str) -> str:
    """Tell how another type breaks callers; more values to send, or fewer to get, break none."""
    if before.startswith("one of: ") and after.startswith("one of: "):
        old, new = (set(text[8:].split(", ")) for text in (before, after))
        if side == REQUEST:
            return "" if old <= new else "values that were taken are refused"
        return "" if new <= old else "callers don't know the new values"
    widened = not after if side == REQUEST else not before
    if widened:
        return ""
    return (
        "calls with what was right are refused" if side == REQUEST else "callers read the old type"
    )


def _why_of_required(required: bool, side: str) -> str:
    if side == REQUEST:
        return "calls without it are refused" if required else ""
    return "" if required else "callers rely on its being there"


def _parameters(
    document: Document, path: str, operation: Mapping[str, Any]
) -> dict[tuple[str, str], Parameter]:
    item = resolve(document, members_of(document.get("paths")).get(path))
    found = {}
    for each in (*items_of(item.get("parameters")), *items_of(operation.get("parameters"))):
        given = resolve(document, each)
        place, name = given.get("in"), given.get("name")
        if isinstance(name, str) and str(place) in PLACES:
            schema = given.get("schema", given)
            found[str(place), name] = Parameter(
                name, str(place), type_of(document, schema), given.get("required") is True
            )
    return found


def _body(document: Document, operation: Mapping[str, Any]) -> tuple[Mapping[str, Any], bool]:
    """Find the schemas of the body by media type, and whether there has to be one."""
    if "swagger" not in document:
        body = resolve(document, operation.get("requestBody"))
        return _schemas_by_media(body.get("content")), body.get("required") is True
    given = [resolve(document, each) for each in items_of(operation.get("parameters"))]
    whole = next((each for each in given if each.get("in") == "body"), None)
    if whole is not None:
        return {"as it was": whole.get("schema")}, whole.get("required") is True
    fields = [each for each in given if each.get("in") == "formData" and "name" in each]
    if not fields:
        return {}, False
    required = [each["name"] for each in fields if each.get("required") is True]
    properties = {str(each["name"]): each for each in fields}
    return {"a form": {"type": "object", "properties": properties, "required": required}}, bool(
        required
    )


def _contents_of(
    document: Document, response: object, operation: Mapping[str, Any]
) -> Mapping[str, Any]:
    found = resolve(document, response)
    if "swagger" not in document:
        return _schemas_by_media(found.get("content"))
    if "schema" not in found:
        return {}
    produced: Sequence[Any] = items_of(operation.get("produces")) or items_of(
        document.get("produces")
    )
    return {text_of(media, 100): found["schema"] for media in produced or ["application/json"]}


def _schemas_by_media(content: object) -> Mapping[str, Any]:
    return {
        text_of(media, 100): members_of(given).get("schema")
        for media, given in members_of(content).items()
    }
