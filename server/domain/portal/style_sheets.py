"""Checking a provider's CSS: it loads nothing from elsewhere and closes what it opens. Pure."""

import re

from server.domain.errors import Invalid
from server.domain.fields import is_comparable

MOST_CSS = 50_000
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?|\\(.)", re.DOTALL)
STRING = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")
FOREIGN = re.compile(r"@import|@charset|expression\s*\(|-moz-binding|behavior\s*:|</|javascript:")
ADDRESS = re.compile(r"(?:url|src|image|image-set)\(\s*[\"']?\s*([^\"')\s]*)")
ABROAD = re.compile(r"[a-z][a-z0-9+.-]*:|//|\\\\")
INLINE = ("data:image/", "data:font/")
LAST_CODE = 0x10FFFF


def clean_css(text: str, field: str) -> str:
    """Check a style sheet. Raises: Invalid with the line."""
    if not is_comparable(text):
        raise Invalid("must be valid Unicode text.", field=field)
    plain = _without_comments(text, field)
    _refuse_foreign(plain, field)
    _refuse_unclosed(STRING.sub('""', plain), field)
    return text.strip()


def _without_comments(text: str, field: str) -> str:
    plain = COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
    if "/*" in plain:
        raise _refused(plain, plain.index("/*"), "a comment that is never closed", field)
    return plain


def _refuse_foreign(plain: str, field: str) -> None:
    read = ESCAPE.sub(_meant, plain).lower()  # as browsers read it: \75rl( is url(
    if (found := FOREIGN.search(read)) is not None:
        raise _refused(read, found.start(), f"{found[0].strip()}, which may not stand here", field)
    for address in ADDRESS.finditer(read):
        target = address[1]
        if ABROAD.match(target) and not target.startswith(INLINE):
            what = f"an address of another host ({target[:60]}). Upload the file here"
            raise _refused(read, address.start(), what, field)
    for text in STRING.finditer(read):
        if text[0][1:].lstrip().startswith(("http:", "https:", "//")):
            raise _refused(read, text.start(), "an address of another host", field)


def _meant(escape: re.Match[str]) -> str:
    code = int(escape[1], 16) if escape[1] else 0
    return chr(code) if 0 < code <= LAST_CODE else escape[2] or ""


def _refuse_unclosed(plain: str, field: str) -> None:
    opened: list[int] = []
    for index, letter in enumerate(plain):
        if letter == "{":
            opened.append(index)
        elif letter == "}":
            if not opened:
                raise _refused(plain, index, "a } that closes nothing", field)
            opened.pop()
    if opened:
        raise _refused(plain, opened[-1], "a { that is never closed", field)


def _refused(text: str, index: int, what: str, field: str) -> Invalid:
    line = text.count("\n", 0, index) + 1
    return Invalid(f"has in line {line} {what}.", field=field)
