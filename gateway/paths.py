"""One spelling for every path, so that mapping rules and the upstream see the same one.

Source: trust 18; reference-gateway 3 (encoded slashes separate, double slashes are one).
`docs/paths.md` tells it to providers; the Lua of bundles does the same.
"""

import re
from urllib.parse import quote_from_bytes, unquote_to_bytes

SAFE = "/-._~!$&'()*+,;=:@"  # beside letters and digits; all else is percent-encoded

# Already in the one spelling: the usual case, decided by one match.
_PLAIN = re.compile(rb"(?:/(?:[A-Za-z0-9\-_~!$&'()*+,=:@][A-Za-z0-9\-._~!$&'()*+,=:@]*)?)+")
_DOUBLE = re.compile(rb"//")
_BAD_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_CONTROL = re.compile(rb"[\x00-\x1f\x7f]")
_SLASHES = re.compile(rb"/{2,}")
# Some servers take `..;` for `..`, and some `\` for `/`.
_PARAMETERS = re.compile(r";[^/]*")
_ODD_DOTS = re.compile(rb"[/\\]\.{1,2}[;\\]|\\\.{1,2}(?:/|$)")
# Some file systems leave dots and spaces at the end of a name out.
_BLANK = re.compile(rb"/(?!\.{1,2}(?:/|$))[. ]+(?:/|$)")

# How a service reads what servers read in different ways: `;` and `\`.
REFUSE = "refuse"
WITHOUT_PARAMETERS = (
    "without_parameters"  # as Java servers do: `;` ends what rules see of a segment
)
AS_WRITTEN = "as_written"  # both are characters like others
READINGS = (REFUSE, WITHOUT_PARAMETERS, AS_WRITTEN)


class BadPath(ValueError):
    """A path that two servers could read in two ways; the message names the rule."""


def normalise_path(raw_path: bytes) -> str:
    """Write the path of a call in the one spelling: decoded once, slashes single, no dots.

    Raises: BadPath for broken escapes, control characters, text that is not UTF-8, paths that
    climb above the root, dot segments with parameters or backslashes and segments of blanks.
    """
    if _PLAIN.fullmatch(raw_path) and not _DOUBLE.search(raw_path):
        return raw_path.decode("ascii")
    if not raw_path.startswith(b"/"):
        raise BadPath("The path must start with '/'.")
    if _BAD_ESCAPE.search(raw_path):
        raise BadPath("The path has a '%' without two hexadecimal digits.")
    path = unquote_to_bytes(raw_path)
    if _CONTROL.search(path):
        raise BadPath("The path has control characters.")
    try:
        path.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadPath("The path is not UTF-8.") from error
    path = _SLASHES.sub(b"/", path)
    if _ODD_DOTS.search(path):
        raise BadPath("The path has a dot segment with parameters or backslashes.")
    if _BLANK.search(path):
        raise BadPath("The path has a segment of nothing but dots and spaces.")
    return quote_from_bytes(without_dots(path), SAFE)


def refuse_ambiguous(path: str, reading: str) -> None:
    """Refuse a path in the one spelling that servers behind us may still read in different ways.

    Some cut path parameters off, so that `/;x/paid` is `/paid` to them; some take a backslash for
    a slash.
    Raises: BadPath.
    """
    if ";" in path and reading == REFUSE:
        raise BadPath("The path has parameters (';'), which servers read in different ways.")
    if "%5C" in path and reading != AS_WRITTEN:
        raise BadPath("The path has a backslash, which servers read in different ways.")


def path_for_rules(path: str, reading: str) -> str:
    """Write what mapping rules see of a path that is in the one spelling."""
    if reading == WITHOUT_PARAMETERS and ";" in path:
        return re.sub("/{2,}", "/", _PARAMETERS.sub("", path))
    return path


def canonical_text(text: str) -> str:
    """Write a literal piece of a rule's pattern in the spelling that paths have."""
    return quote_from_bytes(unquote_to_bytes(text), SAFE)


def without_dots(path: bytes) -> bytes:
    """Resolve dot segments of a decoded path. Raises: BadPath when it climbs above the root."""
    if b"/." not in path:
        return path
    kept: list[bytes] = []
    segments = path.split(b"/")[1:]
    for segment in segments:
        if segment == b"..":
            if not kept:
                raise BadPath("The path climbs above the root.")
            kept.pop()
        elif segment != b".":
            kept.append(segment)
    if segments[-1] in {b".", b".."}:
        kept.append(b"")
    return b"/" + b"/".join(kept)
