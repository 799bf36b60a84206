"""JSON that holds one long text: what is around it is read alone first."""

import re

LONG_BYTES = 65_536  # a longer text is set aside
STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)  # never goes back: its cost is linear


def without_long_texts(body: bytes) -> tuple[bytes, int]:
    """Empty the long texts of JSON, and count them.

    Cost: linear; nothing is built of what a text could make huge.
    """
    found = 0

    def small(match: re.Match[bytes]) -> bytes:
        nonlocal found
        if len(match[0]) <= LONG_BYTES:
            return match[0]
        found += 1
        return b'""'

    return STRING.sub(small, body), found
