"""Which file holds what, and which files of a folder are ours."""

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from urllib.parse import quote

from server.as_code.fields import FieldKind
from server.as_code.topics import TOPICS

MARKER = "provider.yaml"  # a folder that has it is an export
FILES = tuple(dict.fromkeys(topic.file for topic in TOPICS if not topic.parent))
FOLDERS = tuple(dict.fromkeys(file.split("/")[0] for file in FILES if "/" in file))
YAML = (".yaml", ".yml")
AS_THEY_ARE = "portal/files/"  # files of the portal: bytes of any kind, with any name
# Suffixes of the texts that stand in files of their own, by the folder of the file that names them.
TEXTS = {
    folder: tuple(
        suffix
        for topic in TOPICS
        if topic.file.startswith(f"{folder}/")
        for field in topic.fields
        if field.kind is FieldKind.FILE
        for suffix in (field.suffix, *field.also)
        if suffix
    )
    for folder in FOLDERS
}
MOST_STEM = 80


def is_document(path: str) -> bool:
    """Return whether this is the place of a YAML file of ours."""
    depth = path.count("/")
    return any(fnmatchcase(path, file) and file.count("/") == depth for file in FILES)


def is_text(path: str) -> bool:
    """Return whether this is the place of a text that a YAML file names."""
    folder, _, rest = path.partition("/")
    is_named = bool(rest) and path.endswith(TEXTS.get(folder, ()))
    return is_named or path.startswith(AS_THEY_ARE)


def is_ours(path: str) -> bool:
    """Return whether an export writes such files, and so removes those that it did not write."""
    return is_document(path) or is_text(path)


class Paths:
    """Gives out file names that every file system can hold, each only once."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._taken: set[str] = set()

    def path_of(self, names: Iterable[str], suffix: str) -> str:
        """Make a path below the folder; all names but the last make folders."""
        parts = [_safe(name) for name in names if name] or ["index"]
        # A folder called like a file would stand in that file's way.
        folders = [part.replace(".", "%2E") for part in parts[:-1]]
        number, stem = 1, "/".join([self._folder, *folders, parts[-1]])
        path = f"{stem}{suffix}"
        while path.lower() in self._taken:
            number += 1
            path = f"{stem}-{number}{suffix}"
        self._taken.add(path.lower())
        return path


def _safe(part: str) -> str:
    stem = quote(part, safe="")[:MOST_STEM]
    return re.sub(r"^\.", "%2E", stem)


def find_stray(paths: Iterable[str]) -> str | None:
    """Find a file that looks like ours but stands where nothing reads it."""
    for path in paths:
        folder, _, rest = path.partition("/")
        is_near = not rest or folder in FOLDERS
        is_yaml = PurePosixPath(path).suffix in YAML and not is_text(path)
        if is_near and is_yaml and not is_document(path):
            return path
    return None
