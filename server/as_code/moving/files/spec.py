"""What a resource gives, value by value: each is taken with its type, what nobody takes is told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from server.as_code.documents import Doc, Plain
from server.as_code.fields import Field, FieldKind
from server.as_code.moving.tenant import Untaken
from server.as_code.topics import OF_WORD
from server.domain.errors import DomainError

# What the reference's tools read as flags when it stands there without quotes.
FLAGS = {
    **dict.fromkeys(("true", "yes", "on", "y"), True),
    **dict.fromkeys(("false", "no", "off", "n"), False),
}


@dataclass(slots=True)
class Findings:
    """What is wrong in the files, and what of them can't be taken over."""

    problems: list[str] = field(default_factory=list)
    untaken: list[Untaken] = field(default_factory=list)
    specs: list["Spec"] = field(default_factory=list)

    def refuse(self, doc: Doc, message: str) -> None:
        """Blame a value: then nothing of the files is taken over."""
        self.problems.append(f"{doc.where}: {message}")

    def leave(self, doc: Doc, of: str, why: str, way_out: str = "") -> None:
        """Tell a value that is left out."""
        self.untaken.append(Untaken(f"{of}, {doc.where}", why, way_out))

    def leave_unknown(self) -> None:
        """Tell the values of all specs that nobody took."""
        for spec in self.specs:
            for doc in spec.untaken():
                self.leave(doc, spec.of, "Nothing here is known by this name.")


class Spec:
    """A mapping of a resource. `of` names the resource: `Product 'api'`."""

    def __init__(self, doc: Doc, of: str, findings: Findings) -> None:
        self.doc, self.of, self.findings = doc, of, findings
        self._taken: set[str] = set()
        self._given: Mapping[str, Doc] = {}
        if isinstance(doc.value, dict):
            self._given = doc.value
        else:
            findings.refuse(doc, f"{of}: must be a mapping of names to values.")
        findings.specs.append(self)

    def untaken(self) -> Iterator[Doc]:
        """Tell the values that nobody took."""
        return (doc for name, doc in self._given.items() if name not in self._taken)

    def find(self, name: str) -> Doc | None:
        """Take a value as it is; nothing and `null` are one."""
        self._taken.add(name)
        doc = self._given.get(name)
        return None if doc is None or doc.value is None else doc

    def pass_over(self, *names: str) -> None:
        """Take values that mean nothing to a provider."""
        self._taken.update(names)

    def refuse(self, name: str, message: str) -> None:
        """Blame a value, or what should hold it."""
        self.findings.refuse(self._given.get(name, self.doc), f"{self.of}: {message}")

    def text(self, name: str) -> str | None:
        """Take a text; a number is one."""
        doc = self.find(name)
        if doc is None:
            return None
        if isinstance(doc.value, (bool, list, dict)):
            self.refuse(name, "must be text.")
            return None
        return str(doc.value)

    def needed(self, name: str) -> str:
        """Take a text that must be there; without it the resource is refused."""
        doc = self.find(name)
        if doc is None or doc.value == "":
            self.refuse(name, f"needs {name!r}.")
            return ""
        return self.text(name) or ""

    def flag(self, name: str) -> bool | None:
        """Take a flag."""
        doc = self.find(name)
        value = None if doc is None else plain_of(doc)
        if value is not None and not isinstance(value, bool):
            self.refuse(name, "must be true or false.")
            return None
        return value

    def one_of(self, name: str, known: Sequence[str]) -> str | None:
        """Take a word of a list."""
        text = self.text(name)
        if text is not None and text not in known:
            self.refuse(name, f"must be one of {', '.join(known)}.")
            return None
        return text

    def take(self, name: str, word: str, attribute: str) -> Any:
        """Take a value that the rule of a topic's field accepts; None when there is none."""
        doc = self.find(name)
        if doc is None:
            return None
        try:
            rule = _field(word, attribute)
            value = rule.of(_flagged(doc) if rule.kind is FieldKind.FLAG else _single(doc))
        except DomainError as error:
            self.refuse(name, error.message)
            return None
        return str(value) if isinstance(value, Decimal) else value

    def below(self, name: str) -> "Spec | None":
        """Take a mapping."""
        doc = self.find(name)
        return None if doc is None else Spec(doc, self.of, self.findings)

    def each(self, name: str) -> "list[Spec] | None":
        """Take a list of mappings."""
        doc = self.find(name)
        if doc is None:
            return None
        if not isinstance(doc.value, list):
            self.refuse(name, "must be a list: lines that start with '- '.")
            return None
        return [Spec(item, self.of, self.findings) for item in doc.value]

    def named(self, name: str) -> "dict[str, Spec] | None":
        """Take a mapping of names to mappings, in their order."""
        doc = self.find(name)
        if doc is None:
            return None
        if not isinstance(doc.value, dict):
            self.refuse(name, "must be a mapping of names to values.")
            return None
        return {each: Spec(item, self.of, self.findings) for each, item in doc.value.items()}

    def reference(self, name: str) -> "tuple[str, str] | None":
        """Take the name of another resource, and its namespace when it says one."""
        spec = self.below(name)
        if spec is None:
            return None
        spec.pass_over("apiVersion", "kind", "uid", "resourceVersion", "fieldPath")
        return spec.text("namespace") or "", spec.needed("name")


def given(**values: Any) -> dict[str, Any]:
    """Make a record of what is given: what a source doesn't tell is not touched."""
    return {name: value for name, value in values.items() if value is not None}


def plain_of(doc: Doc) -> Any:
    """Tell a value as JSON: what stood there without quotes is a flag or number if it looks so."""
    match doc.value:
        case list(items):
            return [plain_of(item) for item in items]
        case dict(pairs):
            return {name: plain_of(item) for name, item in pairs.items()}
        case Plain() as text:
            return _unquoted(text)
    return doc.value


def _unquoted(text: str) -> Any:
    if text.lower() in FLAGS:
        return FLAGS[text.lower()]
    try:
        number = float(text)
    except ValueError:
        return str(text)
    is_decimal = text[-1].isdigit() or text[-1] == "."
    return number if is_decimal and "_" not in text and abs(number) < float("inf") else str(text)


def _flagged(doc: Doc) -> Any:
    """Tell a flag in any of its spellings."""
    value = doc.value
    return FLAGS.get(value.lower(), value) if isinstance(value, Plain) else value


def _single(doc: Doc) -> Any:
    return str(doc.value) if isinstance(doc.value, Plain) else doc.value


_FIELDS: dict[tuple[str, str], Field] = {}


def _field(word: str, attribute: str) -> Field:
    """Find the field of a topic."""
    if not _FIELDS:
        _FIELDS.update({(word, f.name): f for word, t in OF_WORD.items() for f in t.fields})
    return _FIELDS[word, attribute]
