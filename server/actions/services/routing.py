"""How a document tells gateways which calls go to which backend API, and which rules count them.

Source: reference-portal 9.3; reference-gateway 3, 12 (`routing`).
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from server.domain.services.backend_apis import ROOT, BackendApi, BackendUsage

Mounted = Sequence[tuple[BackendUsage, BackendApi]]
ROUTING, OWNER = "routing", "BackendApi"  # as documents call them


def routing_of(mounted: Mounted) -> list[dict[str, Any]]:
    """Write the policy that chooses the upstream: the longest path first; none without any."""
    if not mounted:
        return []
    longest_first = sorted(
        mounted, key=lambda each: (each[0].path.count("/"), len(each[0].path)), reverse=True
    )
    root_last = sorted(longest_first, key=lambda each: each[0].path == ROOT)
    rules = [_route(usage, backend) for usage, backend in root_last]
    return [{"name": ROUTING, "version": "builtin", "configuration": {"rules": rules}}]


def _route(usage: BackendUsage, backend: BackendApi) -> dict[str, Any]:
    rule: dict[str, Any] = {
        "url": backend.private_endpoint,
        "owner_id": backend.id,
        "owner_type": OWNER,
        "condition": {"operations": [_operation(usage.path)]},
    }
    if usage.path != ROOT:
        rule["replace_path"] = f"{{{{uri | remove_first: '{_quoted(usage.path)}'}}}}"
    return rule


def _operation(path: str) -> dict[str, str]:
    pattern = "^/.*" if path == ROOT else f"^{re.escape(path)}(?:/.*)?$"
    return {"match": "path", "op": "matches", "value": pattern}


def _quoted(path: str) -> str:
    """Write a path for a text of Liquid in single quotes, where no path has to end it."""
    return path.replace("'", "%27")


def patterns_below(path: str, pattern: str) -> Iterator[str]:
    """Write a backend API's pattern as the service has it: its root is the mount itself too."""
    if path == ROOT:
        yield pattern
        return
    own, mark, query = pattern.partition("?")
    if own in {"/", "/$"}:  # a prefix would fit `/inventory2`, which goes elsewhere
        yield f"{path}$?{query}" if mark else f"{path}$"
    yield f"{path}{pattern}"
