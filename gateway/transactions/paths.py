"""Which paths are of the Service Management API, whatever slashes and dots they have. Pure."""

import re

from gateway.paths import BadPath, without_dots

SLASHES = re.compile(rb"/{2,}")

PREFIXES = ("/transactions", "/available", "/check.txt", "/status")


def plain_path(path: str) -> str:
    """Write a decoded path without double slashes and dots, as the reference reads it."""
    if "//" not in path and "/." not in path:
        return path
    try:
        raw = SLASHES.sub(b"/", path.encode("utf-8", "surrogateescape"))
        plain = without_dots(raw)
    except BadPath:  # it climbs above the root
        return path
    return plain.decode("utf-8", "surrogateescape")


def is_of_transactions(path: str) -> bool:
    """Return whether a path is one of ours."""
    return plain_path(path).startswith(PREFIXES)
