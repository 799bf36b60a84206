"""From the texts of a folder to entries: every name, shape and rule is checked here."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import Any

from server.as_code.documents import Doc, parse
from server.as_code.entries import BadFolder, Entry, Key, State
from server.as_code.fields import BadText, Field, FieldKind
from server.as_code.layout import MARKER, find_stray, is_document, is_text
from server.as_code.topic import HOME, Topic, keys_of
from server.as_code.topics import topics_below
from server.domain.attributes import REQUIRED
from server.domain.errors import DomainError
from server.domain.services.metrics import HITS

FORMAT = 1  # of the whole folder; another one says so in provider.yaml
METRICS = ("metric", "backend metric")
HITS_DOC = {"system_name": HITS, "friendly_name": "Hits"}


def parse_folder(texts: Mapping[str, str]) -> State:
    """Read a folder's texts, by path. Raises: BadFolder for the first thing that is wrong."""
    if MARKER not in texts:
        raise BadFolder(f"There is no {MARKER}: this is not an exported folder.")
    if path := find_stray(texts):
        raise BadFolder(f"{path}: nothing reads a YAML file of this name here. Move it away.")
    reader = _Reader(texts)
    for topic in topics_below(""):
        reader.add_all(topic)
    reader.refuse_leftovers()
    return reader.state


class _Reader:
    """Collects the entries of one folder."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.state: State = {}
        self._texts = texts
        self._docs = {path: parse(path, texts[path]) for path in texts if is_document(path)}
        self._unread = {path for path in texts if is_text(path)}
        self._refuse_unknown_sections()

    def add_all(self, topic: Topic) -> None:
        """Add the entries of a topic of the provider, and what belongs to them."""
        for path, doc in sorted(self._docs.items()):
            if "*" in topic.file and fnmatchcase(path, topic.file):
                self._add(topic, (), doc)
            elif path == topic.file:
                self._add_section(topic, (), doc)

    def refuse_leftovers(self) -> None:
        """Refuse texts that no YAML file names. Raises: BadFolder."""
        if self._unread:
            path = min(self._unread)
            raise BadFolder(f"{path}: no YAML file names it. Name it there, or take it away.")

    def _refuse_unknown_sections(self) -> None:
        for path, doc in self._docs.items():
            sections = [t.section for t in topics_below("") if t.file == path]
            if sections:
                _refuse_unknown(doc, ["format", *sections] if path == MARKER else sections)
        version = self._docs[MARKER].mapping().get("format")
        if version is not None and version.value != FORMAT:
            raise version.bad(f"must be {FORMAT}: this version reads no other.")

    def _add_section(self, topic: Topic, parent: Key, doc: Doc) -> None:
        below = doc.mapping().get(topic.section)
        if topic.is_single:
            self._add(topic, parent, below or Doc({}, doc.file, doc.line, doc.path))
        else:
            for item in below.items() if below else ():
                self._add(topic, parent, item)
        if topic.word in METRICS and (*parent, (topic.word, HITS)) not in self.state:
            # Every service and backend API has it, so a folder need not name it.
            plain = {name: Doc(value, doc.file, doc.line) for name, value in HITS_DOC.items()}
            self._add(topic, parent, Doc(plain, doc.file, doc.line, doc.path))

    def _add(self, topic: Topic, parent: Key, doc: Doc) -> None:
        sections = topics_below(topic.word)
        given = doc.mapping()
        for name in topic.withdrawn:
            if name in given:
                raise given[name].bad("is no setting: it never changed anything. Leave it out.")
        _refuse_unknown(doc, [f.name for f in topic.fields] + [t.section for t in sections])
        values = {field.name: self._value(field, doc, given) for field in topic.fields}
        files = {
            field.name: _path_of(given[field.name])
            for field in topic.fields
            if field.kind is FieldKind.FILE and field.name in given
        }
        entry = replace(topic.entry(self.state, parent, values, doc.where), files=files)
        if entry.key in self.state:
            first = self.state[entry.key].where
            raise doc.bad(f"{' '.join(entry.key[-1])} is there already, at {first}. Keep one.")
        self.state[entry.key] = entry
        for field in topic.fields:
            self._refuse_unknown_names(field, entry, given)
        for section in sections:
            self._add_section(section, entry.key, doc)

    def _value(self, field: Field, doc: Doc, given: Mapping[str, Doc]) -> Any:
        if field.name not in given:
            if field.default is REQUIRED:
                raise doc.bad(f"needs {field.name!r}.")
            return field.default
        below = given[field.name]
        try:
            if field.kind is FieldKind.FILE:
                return _check_of(field, given)(self._text(below))
            return field.of(_plain(below))
        except BadText as error:
            at = f"{_path_of(below)}:{error.line}:{error.column}"
            raise BadFolder(f"{at}: {error.message}\n{error.excerpt}") from error
        except DomainError as error:
            raise below.bad(error.message) from error

    def _text(self, doc: Doc) -> str:
        path = _path_of(doc)
        if not isinstance(doc.value, str) or not is_text(path) or path not in self._texts:
            raise doc.bad("must be the path of a text file, seen from this file's folder.")
        self._unread.discard(path)
        return self._texts[path]

    def _refuse_unknown_names(self, field: Field, entry: Entry, given: Mapping[str, Doc]) -> None:
        value = entry.values[field.name]
        if not field.refers or value == field.default:
            return
        home = entry.parent[:HOME]
        for name in value if isinstance(value, list) else [value]:
            if not any(key in self.state for key in keys_of(home, field.refers, name)):
                words = " or ".join(field.refers)
                place = "file" if home else "folder"
                raise given[field.name].bad(f"there is no {words} {name!r} in this {place}.")


def _check_of(field: Field, given: Mapping[str, Doc]) -> Callable[[Any], Any]:
    """Choose the rule of a text, which may be a looser one beside a flag that is false."""
    if field.loose is not None:
        flag, check = field.loose
        if flag in given and given[flag].value is False:
            return check
    return field.check


def _path_of(doc: Doc) -> str:
    """Tell which file a value names."""
    return str(PurePosixPath(doc.file).parent / str(doc.value))


def _plain(doc: Doc) -> Any:
    match doc.value:
        case list(items):
            return [_plain(item) for item in items]
        case dict(pairs):
            return {name: _plain(below) for name, below in pairs.items()}
    return doc.value


def _refuse_unknown(doc: Doc, known: Iterable[str]) -> None:
    for name, below in doc.mapping().items():
        if name not in known:
            raise below.bad(f"is unknown. Known are {', '.join(known)}.")
