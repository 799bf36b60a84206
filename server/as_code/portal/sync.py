"""A portal's content as a folder of plain files that somebody works in, beside a running portal.

The folder remembers what both sides were like when they were the same: what changed since on the
other side is drift, and is not written over without being told to.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from server.as_code.changeset import Changeset, compare
from server.as_code.documents import parse, written
from server.as_code.entries import BadFolder, Entry, State, title_of
from server.as_code.folder import files_below, read_text, remove_file, write_text
from server.as_code.layout import MARKER, is_document, is_ours
from server.as_code.portal.files import FILE_TOPIC
from server.as_code.portal.groups import GROUP_TOPIC
from server.as_code.portal.pages import SUFFIXES, TEMPLATE_TOPIC
from server.as_code.portal.redirects import REDIRECT_TOPIC
from server.as_code.portal.sections import SECTION_TOPIC
from server.as_code.reading import parse_folder
from server.as_code.writing import texts_of
from server.domain.portal.shipped import Shipped

MEMORY = ".gatehouse-theme.json"
PREFIX = "portal/"
TOPICS = (SECTION_TOPIC, GROUP_TOPIC, TEMPLATE_TOPIC, FILE_TOPIC, REDIRECT_TOPIC)
WORDS = frozenset(topic.word for topic in TOPICS)
KINDS = {"layouts": "layout", "pages": "page", "partials": "partial", "emails": "email"}
HOMES = ("home", "index")
LINES = {"templates.yaml": "templates", "files.yaml": "files"}


@dataclass(frozen=True, slots=True)
class Memory:
    """What both sides were like when they were the same last: names -> digests."""

    files: Mapping[str, str] = field(default_factory=dict)  # of the folder
    entries: Mapping[str, str] = field(default_factory=dict)  # of the portal


def read_memory(folder: Path) -> Memory:
    """Read what a folder remembers. Raises: BadFolder."""
    file = folder / MEMORY
    if not file.is_file():
        return Memory()
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        return Memory(dict(told["files"]), dict(told["entries"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadFolder(f"{file}: can't be read. Remove it, and pull with --force.") from error


def content_of(state: State) -> State:
    """Take of a provider's state what is content."""
    return {key: entry for key, entry in state.items() if key[-1][0] in WORDS}


def texts_of_content(state: State) -> dict[str, str]:
    """Write content as files, by their path in the folder."""
    texts = texts_of(content_of(state))
    return {
        path.removeprefix(PREFIX): text for path, text in texts.items() if path.startswith(PREFIX)
    }


def read_content(folder: Path) -> dict[str, str]:
    """Read the files of a folder that are content. Raises: BadFolder."""
    if not folder.is_dir():
        raise BadFolder(f"{folder} is not a folder. Pull into it first.")
    found = {}
    try:
        for file in files_below(folder):
            path = file.relative_to(folder).as_posix()
            is_hidden = any(part.startswith(".") for part in path.split("/"))
            if not is_hidden and is_ours(f"{PREFIX}{path}"):
                found[path] = read_text(file, f"{PREFIX}{path}")
    except OSError as error:
        raise BadFolder(f"{error.filename}: {error.strerror}.") from error
    return found


def wanted_of(texts: Mapping[str, str], shipped: Shipped) -> State:
    """Read a folder's texts; a file that no list names is content by where it stands.

    Raises: BadFolder.
    """
    whole = {f"{PREFIX}{path}": text for path, text in _with_unnamed(texts, shipped).items()}
    return content_of(parse_folder({**whole, MARKER: "format: 1\n"}))


def _with_unnamed(texts: Mapping[str, str], shipped: Shipped) -> dict[str, str]:
    """Add to the lists what stands in the folder and is not in them."""
    made = dict(texts)
    named = {name for path in LINES for name in _named_in(path, texts.get(path, ""))}
    new: dict[str, list[dict[str, str]]] = {path: [] for path in LINES}
    for path in sorted(set(texts) - named):
        if not is_document(f"{PREFIX}{path}"):
            _add(new, path, shipped)
    for path, lines in new.items():
        if lines:
            old = parse(path, texts.get(path, "")).mapping().get(LINES[path])
            listed = _plain(old) if old is not None else []
            made[path] = written({LINES[path]: [*listed, *lines]})
    return made


def _add(new: dict[str, list[dict[str, str]]], path: str, shipped: Shipped) -> None:
    folder, _, rest = path.partition("/")
    if folder == "files":
        new["files.yaml"].append({"path": f"/{rest}", "content": path})
        return
    is_draft = rest.endswith(SUFFIXES["draft"])
    name = rest.removesuffix(SUFFIXES["draft"] if is_draft else SUFFIXES["published"])
    kind = KINDS.get(folder, "")
    if kind == "page":
        name = _page_name(name, shipped)
    if kind:
        text = {"draft" if is_draft else "published": path}
        new["templates.yaml"].append({"kind": kind, "name": name, **text})


def _page_name(stem: str, shipped: Shipped) -> str:
    """Tell which page a file is: one of the portal's own, else the one at this path."""
    if stem in HOMES:
        return "/"
    is_own = "/" in stem and shipped.find_text("page", stem) is not None
    return stem if is_own else f"/{stem}"


def _named_in(path: str, text: str) -> Iterable[str]:
    """List the files that a list names."""
    section = parse(path, text).mapping().get(LINES[path])
    for item in section.items() if section is not None and section.value else ():
        for name, doc in item.mapping().items():
            if name in {"published", "draft", "content"} and isinstance(doc.value, str):
                yield str(PurePosixPath(doc.value))


def _plain(doc: Any) -> Any:
    match doc.value:
        case list(items):
            return [_plain(item) for item in items]
        case dict(pairs):
            return {name: _plain(below) for name, below in pairs.items()}
    return doc.value


def as_drafts(wanted: State, present: State) -> State:
    """Have texts that differ from what is published become drafts instead."""
    made = dict(wanted)
    for key, entry in wanted.items():
        if entry.word != TEMPLATE_TOPIC.word:
            continue
        old = present.get(key)
        before = old.values["published"] if old else None
        if entry.values["published"] == before:
            continue
        values = {**entry.values, "published": before, "draft": entry.values["published"]}
        made[key] = replace(entry, values=values)
    return made


def plan_of(wanted: State, present: State, *, prune: bool) -> Changeset:
    """Find what a push does."""
    return compare(wanted, content_of(present), prune=prune)


def drift_of(memory: Memory, present: State) -> list[str]:
    """Name what changed in the portal since the folder was the same."""
    now = _digests_of(present)
    names = {*now, *memory.entries}
    return sorted(name for name in names if now.get(name) != memory.entries.get(name))


def local_changes(memory: Memory, texts: Mapping[str, str]) -> list[str]:
    """Name the files that changed since the folder was the same."""
    now = _digests(texts)
    names = {*now, *memory.files}
    return sorted(name for name in names if now.get(name) != memory.files.get(name))


def write_content(folder: Path, texts: Mapping[str, str], memory: Memory) -> None:
    """Write files, and remove those that came by an earlier pull. Raises: BadFolder."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in texts.items():
            write_text(folder / path, text)
        for path in memory.files:
            if path not in texts and is_ours(f"{PREFIX}{path}") and (folder / path).is_file():
                remove_file(folder / path, folder)
    except OSError as error:
        raise BadFolder(f"{error.filename}: {error.strerror}.") from error


def remember(folder: Path, texts: Mapping[str, str], present: State) -> None:
    """Note what both sides are like now. Raises: BadFolder."""
    told = {"files": _digests(texts), "entries": _digests_of(present)}
    try:
        write_text(folder / MEMORY, json.dumps(told, indent=1, sort_keys=True) + "\n")
    except OSError as error:
        raise BadFolder(f"{error.filename}: {error.strerror}.") from error


def _digests(texts: Mapping[str, str]) -> dict[str, str]:
    return {path: _digest(text) for path, text in texts.items()}


def _digests_of(state: State) -> dict[str, str]:
    return {title_of(key): _digest_of(entry) for key, entry in content_of(state).items()}


def _digest_of(entry: Entry) -> str:
    topic = next(each for each in TOPICS if each.word == entry.word)
    return _digest(json.dumps([entry.values[each.name] for each in topic.fields], default=str))


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:24]
