"""One authorize or authrep with everything that decides about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from gateway.counters.base import Delta, Reading
from gateway.directory import Application, Limit, Service
from gateway.transactions.options import Options
from gateway.transactions.params import Hash


@dataclass(frozen=True, slots=True)
class Action:
    """Which of the four addresses was called."""

    counts: bool  # authrep
    oauth: bool


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: may this application use the service like that?"""

    action: Action
    options: Options
    values: Hash
    service: Service
    application: Application
    deltas: Sequence[Delta]  # that are checked and counted, rolled up unless usage is flat
    shown: Sequence[Delta]  # rolled up


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a call is not authorized."""

    code: str
    reason: str


LIMITS_EXCEEDED = Rejection("limits_exceeded", "usage limits are exceeded")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided, and the counters as they are stored."""

    rejection: Rejection | None
    readings: Sequence[Reading] = ()
    refused: Limit | None = None  # what stood in the way
    shown: Sequence[Reading] = ()  # after flat usage, where what is told is not what is stored
