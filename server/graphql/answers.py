"""What a schema told about itself, as it was written: the same document gets the same answer."""

from dataclasses import dataclass, field

from strawberry.http import GraphQLRequestData
from strawberry.types import ExecutionResult

from server.kit.lru import LRU
from server.kit.strict_json import json_bytes

AGAIN = 1  # points for an answer that is there already


class Written(ExecutionResult):
    """A result whose whole body is written."""

    body: bytes = b""


def written(body: bytes) -> Written:
    """Make a result of a body."""
    result = Written(None, None)
    result.body = body
    return result


def _answers() -> LRU[bytes]:
    return LRU(most_entries=64, most_bytes=8_000_000)


@dataclass(frozen=True, slots=True)
class Answers:
    """The bodies of one schema's answers, by document, operation and variables."""

    _kept: LRU[bytes] = field(default_factory=_answers)

    def find(self, asked: GraphQLRequestData) -> bytes | None:
        """Give the body of an answer that was given before."""
        if "__" not in (asked.query or ""):
            return None  # no introspection: most requests end here
        key = _find_key(asked)
        return self._kept.find(key) if key else None

    def keep(self, asked: GraphQLRequestData, body: bytes) -> None:
        """Keep an answer that is the same for everybody."""
        key = _find_key(asked)
        if key:
            self._kept.keep(key, body, len(body) + sum(map(len, key)))


def _find_key(asked: GraphQLRequestData) -> tuple[str, str, bytes] | None:
    """Give what an answer hangs on; None when the variables nest too deep to be written."""
    try:
        variables = json_bytes(asked.variables or {})
    except (RecursionError, ValueError):
        return None
    return asked.query or "", asked.operation_name or "", variables
