"""What is asked of a provider of identity over HTTP, and how the answer is read."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from server.domain.errors import Unavailable


class IdentityFault(Exception):
    """A login failed by the provider of identity, or by how it is set up here.

    `reason` is for the provider, in words that hold no secret; `is_outage` when it may be over
    soon; `is_of_browser` when any visitor can bring it about, so that nobody need be told.
    """

    def __init__(
        self, reason: str, *, is_outage: bool = False, is_of_browser: bool = False
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_outage = is_outage
        self.is_of_browser = is_of_browser


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A call to a provider of identity."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes | None = field(default=None, repr=False)  # of a POST

    @property
    def method(self) -> str:
        """Return how it is asked."""
        return "GET" if self.body is None else "POST"


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to a call."""

    status: int
    body: bytes = field(repr=False)


# Asks within bounds of time and size, and only where the gateway may call. Raises: IdentityFault.
Ask = Callable[[Outgoing], Answered]


def ask_nobody(_call: Outgoing) -> Answered:
    """Refuse, in a process that asks nobody. Raises: Unavailable."""
    raise Unavailable("Nobody is asked by this process.")


def read_object(answer: Answered, what: str) -> dict[str, Any]:
    """Read a JSON object of a good answer. Raises: IdentityFault."""
    if not 200 <= answer.status < 300:
        raise IdentityFault(f"{what} answered {answer.status}.", is_outage=answer.status >= 500)
    found = find_object(answer)
    if found is None:
        raise IdentityFault(f"{what} is no JSON object.")
    return found


def find_object(answer: Answered) -> dict[str, Any] | None:
    """Read a JSON object, whatever the status; None for anything else."""
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def read_list(answer: Answered, what: str) -> list[Any]:
    """Read a JSON list of a good answer. Raises: IdentityFault."""
    if not 200 <= answer.status < 300:
        raise IdentityFault(f"{what} answered {answer.status}.", is_outage=answer.status >= 500)
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list):
        raise IdentityFault(f"{what} is no JSON list.")
    return found
