"""What a caller is told about limits: `RateLimit`, `RateLimit-Policy` and `Retry-After`.

Source: draft-ietf-httpapi-ratelimit-headers.
"""

import math
import re

from gateway.counters.base import Outcome
from gateway.directory import Limit
from gateway.windows import INDEX, Calendar, Period

MOST_SHOWN = 10  # limits, to bound the header
MOST_NAMES = 10_000  # kept
_UNQUOTABLE = re.compile(r'[^\x20-\x7e]|["\\]')


class RateLimits:
    def __init__(self) -> None:
        self._calendar = Calendar()
        self._names: dict[tuple[str, Period], str] = {}

    def headers(self, outcome: Outcome, now_s: float) -> list[tuple[bytes, bytes]]:
        """Write both headers for the limits read; nothing without limits."""
        readings = outcome.readings[:MOST_SHOWN]
        if not readings:
            return []
        windows = self._calendar.windows_at(now_s)
        policies: list[str] = []
        states: list[str] = []
        for reading in readings:
            limit = reading.limit
            left = max(0, limit.value - reading.current)
            name = self._name(limit)
            if limit.period is Period.ETERNITY:
                policies.append(f'"{name}";q={limit.value}')
                states.append(f'"{name}";r={left}')
                continue
            at = INDEX[limit.period]
            end = windows.ends[at]
            policies.append(f'"{name}";q={limit.value};w={end - windows.starts[at]}')
            states.append(f'"{name}";r={left};t={max(0, math.ceil(end - now_s))}')
        return [
            (b"ratelimit-policy", ", ".join(policies).encode("ascii")),
            (b"ratelimit", ", ".join(states).encode("ascii")),
        ]

    def retry_after_s(self, limit: Limit, now_s: float) -> int | None:
        """Tell how long the window of a limit lasts; None for eternity."""
        if limit.period is Period.ETERNITY:
            return None
        end = self._calendar.windows_at(now_s).ends[INDEX[limit.period]]
        return max(1, math.ceil(end - now_s))

    def _name(self, limit: Limit) -> str:
        key = (limit.metric, limit.period)
        name = self._names.get(key)
        if name is None:
            if len(self._names) > MOST_NAMES:
                self._names.clear()
            name = _UNQUOTABLE.sub("_", f"{limit.metric}-{limit.period.value}")
            self._names[key] = name
        return name
