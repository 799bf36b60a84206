"""Paths of content: as browsers ask for them, and which ones are never content's."""

import re

from server.domain.errors import Blank, Invalid, TooLong
from server.domain.fields import CONTROLS, MOST_TEXT, is_comparable

PATH = re.compile(r"/|(/[^/?#\\]+)+")
LEGAL = re.compile(r"/(terms|privacy|refunds)(\.html?)?")
UNFIT = re.compile(r"[?#\\\s\x00-\x1f\x7f]+")


def tidied_path(text: str) -> str:
    """Write a path as it is asked for: with one '/' before each part and none at the end."""
    parts = [UNFIT.sub("-", part).strip("-") for part in text.strip().split("/")]
    return "/" + "/".join(part for part in parts if part not in {"", ".", ".."})


def clean_path(value: str | None, field: str = "path") -> str:
    """Check a path; slashes too many are taken away. Raises: Blank, TooLong, Invalid."""
    text = (value or "").strip()
    if not text:
        raise Blank(field)
    if len(text) > MOST_TEXT:
        raise TooLong(field, MOST_TEXT)
    if not is_comparable(text) or CONTROLS.search(text):
        raise Invalid("must not contain control characters.", field=field)
    if not text.startswith("/"):
        raise Invalid(f"must begin with '/': {tidied_path(text)}.", field=field)
    path = "/" + "/".join(part for part in text.split("/") if part)
    if not is_servable(path):
        right = tidied_path(path)
        raise Invalid(f"holds what no path can: use {right} instead.", field=field)
    return path


def is_servable(path: str) -> bool:
    """Return whether a browser can ask for this path as it is written."""
    parts = path.split("/")
    return PATH.fullmatch(path) is not None and not {".", ".."} & set(parts)


def is_legal(path: str) -> bool:
    """Return whether the portal's legal texts are at this path. Source: reference-portal 3."""
    return LEGAL.fullmatch(path) is not None
