"""What a race is, and what callers do in several of them."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import Session

from server.actions.applications import applications, keys
from server.actions.work import Work
from server.auth import sessions
from tests.kit.cases.case import Run
from tests.kit.work import proof_of
from tests.kit.world import World

Act = Callable[[Work, World, int], object]  # the number tells the callers apart
Claim = Callable[[Session, World], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Race:
    """Something that many do at once."""

    name: str
    act: Act
    before: Run | None = None
    wins: int | None = None  # how many get through; None: any number, whoever comes first
    claim: Claim = lambda _db, _world: True
    holds: tuple[str, ...] = ()  # the constraints and bounds that it is about

    def __str__(self) -> str:
        return self.name


def in_turns(first: Act, second: Act) -> Act:
    """Let every second caller do the one thing, and the others the other."""
    return lambda work, world, number: (first, second)[number % 2](work, world, number)


def log_in(work: Work, world: World, number: int) -> object:
    """Log the sample developer in, with the password that he began with."""
    return sessions.log_in(work.db, work.installation, proof_of(world.acme.sample.user)), number


def second_key(work: Work, world: World, number: int) -> object:
    """Add a key to the sample application, another one for each caller."""
    return keys.add_key(world.developer(work.db), world.application_id, f"a-key-{number}")


def create_application(work: Work, world: World, number: int) -> object:
    """Create an application of the sample account, on a plan that nobody else is on."""
    return applications.create_application(
        work, world.account_id, world.known.gold_id, {"name": f"App {number}"}
    )
