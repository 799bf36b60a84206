"""Where in a JSON text something stands."""

import re
from json import JSONDecoder

SPACE = re.compile(r"[ \t\n\r]*")


def find_line(text: str, *path: str) -> int:
    """Tell the line of a member of a member …, or of the last of them that there is.

    The text is known to be JSON. Cost: reads what stands before it.
    """
    found = at = _after_space(text, 0)
    decoder = JSONDecoder(parse_int=len)
    for name in path:
        place = _find_member(decoder, text, at, name)
        if place is None:
            break
        found, at = place
    return text.count("\n", 0, found) + 1


def _find_member(decoder: JSONDecoder, text: str, at: int, name: str) -> tuple[int, int] | None:
    """Find where the name and the value of a member begin; of several of one name the last."""
    found = None
    if text[at] != "{":
        return None
    at = _after_space(text, at + 1)
    while text[at] == '"':
        key, end = decoder.raw_decode(text, at)
        value = _after_space(text, _after_space(text, end) + 1)
        if key == name:
            found = at, value
        at = _after_space(text, decoder.raw_decode(text, value)[1])
        if text[at] == ",":
            at = _after_space(text, at + 1)
    return found


def _after_space(text: str, at: int) -> int:
    match = SPACE.match(text, at)
    return match.end() if match else at
