"""The newest errors of each service, kept in memory for its provider to read."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

MOST_ERRORS = 1000
LONGEST_MESSAGE = 300  # messages quote what the client sent


@dataclass(frozen=True, slots=True)
class LoggedError:
    """An error that a service's clients ran into."""

    code: str
    message: str
    at: datetime


class ErrorLog:
    """Keeps the newest 1000 errors per service, of this process alone."""

    def __init__(self) -> None:
        self._errors: dict[int, deque[LoggedError]] = {}

    def record(self, service_id: int, code: str, message: str, at_s: float) -> None:
        """Keep an error; the oldest makes room."""
        errors = self._errors.setdefault(service_id, deque(maxlen=MOST_ERRORS))
        at = datetime.fromtimestamp(at_s, UTC)
        errors.appendleft(LoggedError(code, message[:LONGEST_MESSAGE], at))

    def newest(self, service_id: int, most: int = 100) -> Sequence[LoggedError]:
        """Read the errors of a service, newest first."""
        return list(self._errors.get(service_id, ()))[:most]
