"""A provider's configuration as files that travel: as one JSON document, each by its path."""

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from server.domain.errors import Invalid, Unavailable
from server.kit.strict_json import parse_json

FOLDER = "folder"  # the part of a request that holds one
FILES, BYTES = "files", "base64"  # texts by path; what is no text likewise, encoded
MOST_FILES = 10_000
MOST_PATH = 1_024
SHAPE = (
    f'must be a JSON object with "{FILES}", an object of texts by their path, as an export '
    f'answers it; what is no text stands in "{BYTES}".'
)


@dataclass(frozen=True, slots=True)
class Applying:
    """How a folder is applied."""

    dry_run: bool = False
    prune: bool = False  # delete what it does not name
    accept_breaking: bool = False
    variables: Mapping[str, str] = field(default_factory=dict, repr=False)  # that it names


@dataclass(frozen=True, slots=True)
class Applied:
    """What was done, or would be."""

    lines: Sequence[str]
    summary: str
    counts: Mapping[str, int]  # created, changed, deleted, kept
    warnings: Sequence[str]
    is_stored: bool


class Folders(Protocol):
    """Brings configuration out and in: a face, which the composition root brings."""

    def export(self, work: Any, *, secrets: bool) -> tuple[Mapping[str, str], bool]:
        """Write a provider's files, by path; tell, too, whether they leave secrets out."""

    def apply(self, work: Any, texts: Mapping[str, str], how: Applying) -> Applied:
        """Bring a provider to what files say, all of it or nothing. Raises: DomainError."""


class NoFolders:
    """Refuses, in a process that has none."""

    def export(self, work: Any, *, secrets: bool) -> tuple[Mapping[str, str], bool]:
        raise Unavailable("No configuration is written by this process.")

    def apply(self, work: Any, texts: Mapping[str, str], how: Applying) -> Applied:
        raise Unavailable("No configuration is applied by this process.")


def folder_document(texts: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Make the document of files. Texts may hold bytes that are none, as surrogates."""
    found: dict[str, dict[str, str]] = {FILES: {}, BYTES: {}}
    for path, text in texts.items():
        try:
            text.encode()
            found[FILES][path] = text
        except UnicodeEncodeError:
            content = text.encode("utf-8", "surrogateescape")
            found[BYTES][path] = b64encode(content).decode()
    return found


def parse_document(raw: bytes) -> dict[str, str]:
    """Read the files of a document that was sent, by path. Raises: Invalid."""
    try:
        document = parse_json(raw.decode())
    except (ValueError, RecursionError) as error:
        raise Invalid(SHAPE, field=FOLDER) from error
    return texts_of_document(document)


def texts_of_document(document: Any) -> dict[str, str]:
    """Read the files of a document, by path. Raises: Invalid."""
    if not isinstance(document, dict) or FILES not in document:
        raise Invalid(SHAPE, field=FOLDER)
    texts = _mapping(document[FILES])
    for path, text in _mapping(document.get(BYTES, {})).items():
        try:
            texts[path] = b64decode(text, validate=True).decode("utf-8", "surrogateescape")
        except ValueError as error:
            raise Invalid(f"{path}: is no base64.", field=FOLDER) from error
    if len(texts) > MOST_FILES:
        raise Invalid(f"may hold {MOST_FILES} files.", field=FOLDER)
    for path, text in texts.items():
        if len(path) > MOST_PATH or path.startswith("/") or ".." in path.split("/"):
            raise Invalid(f"{path[:80]}: is no path within the folder.", field=FOLDER)
        if not path.isprintable():
            raise Invalid("has a path with characters that no file can have.", field=FOLDER)
        if path in document[FILES] and not _is_text(text):
            raise Invalid(f"{path}: is not UTF-8 text.", field=FOLDER)
    return texts


def _mapping(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise Invalid(SHAPE, field=FOLDER)
    return dict(value)


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
