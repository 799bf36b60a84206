"""From entries to the texts of a folder. The same entries make the same bytes."""

from pathlib import PurePosixPath
from typing import Any

from server.as_code.documents import Line, written
from server.as_code.entries import Entry, Key, State
from server.as_code.fields import FieldKind
from server.as_code.layout import MARKER, Paths
from server.as_code.reading import FORMAT
from server.as_code.topic import Topic
from server.as_code.topics import OF_WORD, topics_below


def texts_of(state: State, *, secrets: bool = False) -> dict[str, str]:
    """Write entries as the texts of files, by path. What equals its default is left out.

    Secrets are hidden, unless they are asked for.
    """
    writer = _Writer(state, secrets=secrets)
    for topic in topics_below(""):
        if "*" in topic.file:
            writer.write_each(topic)
        else:
            writer.write_section(topic)
    return {**{path: written(doc) for path, doc in writer.documents.items()}, **writer.texts}


class _Writer:
    """Collects the documents and texts of one folder."""

    def __init__(self, state: State, *, secrets: bool) -> None:
        self._secrets = secrets
        self.documents: dict[str, dict[str, Any]] = {MARKER: {"format": FORMAT}}
        self.texts: dict[str, str] = {}
        self._below: dict[tuple[Key, str], list[Entry]] = {}
        for entry in state.values():
            self._below.setdefault((entry.parent, entry.word), []).append(entry)
        self._paths: dict[str, Paths] = {}

    def write_each(self, topic: Topic) -> None:
        """Write each entry of a topic into a file of its own."""
        folder, _, suffix = topic.file.partition("/*")
        paths = Paths(folder)
        for entry in self._below.get(((), topic.word), []):
            path = paths.path_of([entry.key[-1][1]], suffix)
            self.documents[path] = self._content(entry, folder)

    def write_section(self, topic: Topic) -> None:
        """Write all entries of a topic into their file."""
        folder = str(PurePosixPath(topic.file).parent)
        section = self._section(topic, (), folder)
        if section:
            self.documents.setdefault(topic.file, {})[topic.section] = section

    def _section(self, topic: Topic, parent: Key, folder: str) -> Any:
        entries = [self._content(e, folder) for e in self._below.get((parent, topic.word), [])]
        return (entries[0] if entries else None) if topic.is_single else entries

    def _content(self, entry: Entry, folder: str) -> dict[str, Any]:
        topic = OF_WORD[entry.word]
        content: dict[str, Any] = Line() if topic.one_line else {}
        for field in topic.fields:
            value = entry.values[field.name]
            if value == field.default and not field.is_always_written:
                continue
            if field.kind is FieldKind.FILE:
                paths = self._paths.setdefault(folder, Paths(folder))
                path = paths.path_of(field.path(entry.values).split("/"), field.suffix)
                self.texts[path] = value
                value = str(PurePosixPath(path).relative_to(folder))
            content[field.name] = value if self._secrets else field.hide(value)
        for section in topics_below(topic.word):
            if below := self._section(section, entry.key, folder):
                content[section.section] = below
        return content
