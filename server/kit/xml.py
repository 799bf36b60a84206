"""A small XML writer: elements in, an escaped UTF-8 document out. Nothing here reads XML."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAME = re.compile(r"[A-Za-z_][\w\-.]*", re.ASCII)
# XML 1.0 has no way to write these, not even as references.
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Element:
    """One element: a text, or child elements."""

    name: str
    content: "str | Sequence[Element]" = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


def document_of(root: Element) -> bytes:
    """Write a whole document. Raises: ValueError for a name that is not one."""
    parts = [HEAD]
    _write(root, parts)
    return "".join(parts).encode()


def escaped(text: str) -> str:
    """Make a text safe between tags and in double-quoted attributes."""
    plain = UNWRITABLE.sub("\ufffd", text)
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        plain = plain.replace(sign, entity)
    return plain.replace("\r", "&#13;")  # a reader would turn a bare one into a line feed


def _write(element: Element, parts: list[str]) -> None:
    tag = element.name
    if not NAME.fullmatch(tag) or not all(map(NAME.fullmatch, element.attributes)):
        raise ValueError(f"{tag!r} has a name that XML does not allow")
    attributes = "".join(f' {key}="{escaped(text)}"' for key, text in element.attributes.items())
    if not element.content:
        parts.append(f"<{tag}{attributes}/>")
        return
    parts.append(f"<{tag}{attributes}>")
    if isinstance(element.content, str):
        parts.append(escaped(element.content))
    else:
        for child in element.content:
            _write(child, parts)
    parts.append(f"</{tag}>")
