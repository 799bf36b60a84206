"""What can go wrong in the gateway. A refused call is a value, `Deny`; an exception is a fault."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Deny:
    """The refusal of a call: normal life, not an exception."""

    status: int
    code: str  # stable, snake_case
    body: str
    content_type: str = "text/plain; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = field(default=())


class CallerGone(Exception):
    """The caller hung up; nobody is left to answer."""


class StoreUnavailable(Exception):
    """The counter store could not count durably within its time limit; try again later."""


class DirectoryUnavailable(Exception):
    """The configuration source did not answer; try again later."""


class PolicyFailed(Exception):
    """A policy has a bug that this call ran into; the call is refused."""

    def __init__(self, policy: str, phase: str) -> None:
        super().__init__(f"{policy} failed in its {phase} phase")
        self.policy = policy
        self.phase = phase


class BadDocument(ValueError):
    """A configuration document breaks a rule; the message has path, value and rule."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field  # the name of what is wrong, where it is one field


class JournalLocked(Exception):
    """Another process counts into the same journal; the message names the directory."""


class JournalDamaged(Exception):
    """A journal segment cannot be read; the message names the file and the line."""
