"""What a policy may ask while a call is in the gateway; one value for a whole gateway."""

from collections.abc import Callable
from dataclasses import dataclass

from gateway.counters.base import CounterStore
from gateway.directory import Directory
from gateway.rate_limits import RateLimits


@dataclass(frozen=True, slots=True, kw_only=True)
class Runtime:
    """Made by the root; policies are made from documents and keep none of this."""

    directory: Directory
    counters: CounterStore
    rate_limits: RateLimits
    clock: Callable[[], float]  # UNIX seconds
    most_form_bytes: int
