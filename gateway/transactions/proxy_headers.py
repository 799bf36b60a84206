"""What a gateway of ours that asks authrep is told: headers and code of the mounted proxy."""

from gateway.counters.base import Outcome
from gateway.rate_limits import RateLimits
from gateway.replies import ERROR_HEADER
from gateway.transactions.answers import Header
from gateway.transactions.question import Verdict


class ProxyHeaders:
    """Writes the headers of the extension `proxy_headers`."""

    def __init__(self) -> None:
        self._rate_limits = RateLimits()

    def write(self, verdict: Verdict, now_s: float) -> list[Header]:
        """Write what the mounted proxy would answer: limits, code and when to come again."""
        headers = self._rate_limits.headers(Outcome(None, tuple(verdict.readings)), now_s)
        if verdict.rejection is None:
            return headers
        code, refused = verdict.rejection.code, verdict.refused
        if refused is not None and refused.value == 0:
            code = "metric_disabled"
        elif refused is not None:
            retry_after_s = self._rate_limits.retry_after_s(refused, now_s)
            if retry_after_s is not None:
                headers.append((b"retry-after", b"%d" % retry_after_s))
        headers.append((ERROR_HEADER, code.encode("ascii")))
        return headers
