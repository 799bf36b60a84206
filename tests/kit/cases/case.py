"""What a case is: an action, its arguments, and what it tells."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from server.actions.accounts.users import issue_link
from server.actions.services.metrics import list_metrics
from server.actions.work import Work
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.applications.applications import Application
from server.domain.events import EventKind as Kind
from server.domain.services.services import Service
from tests.kit.world import World

Run = Callable[[Work, World], object]


@dataclass(frozen=True, slots=True)
class Case:
    """An action and how it is called; `before` prepares in a transaction of its own."""

    action: Callable[..., object]
    run: Run
    tells: frozenset[Kind]
    before: Run | None = None
    note: str = ""

    def __str__(self) -> str:
        name = getattr(self.action, "__name__", "")
        return f"{name} {self.note}".strip()


def case(
    action: Callable[..., object],
    run: Run,
    *tells: Kind,
    before: Run | None = None,
    note: str = "",
) -> Case:
    """Describe a case."""
    return Case(action, run, frozenset(tells), before, note)


def has(model: type[Any], row_id: Callable[[World], int], **values: Any) -> Run:
    """Prepare a row as it has to be, without telling anybody."""

    def prepare(work: Work, world: World) -> None:
        row = work.db.get_one(model, row_id(world))
        for name, value in values.items():
            setattr(row, name, value)

    return prepare


def account_is(**values: Any) -> Run:
    """Prepare the sample account."""
    return has(Account, lambda w: w.account_id, **values)


def application_is(**values: Any) -> Run:
    """Prepare the sample application."""
    return has(Application, lambda w: w.application_id, **values)


def service_is(**values: Any) -> Run:
    """Prepare the sample service."""
    return has(Service, lambda w: w.service_id, **values)


def keeps(name: str, make: Run) -> Run:
    """Prepare something and keep it for the action."""

    def prepare(work: Work, world: World) -> None:
        world.kept[name] = make(work, world)

    return prepare


def link(purpose: str, user_id: Callable[[World], int]) -> Run:
    """Prepare a mailed link."""
    return keeps(
        "link",
        lambda work, w: issue_link(
            work.db, work.installation, work.db.get_one(User, user_id(w)), purpose
        ),
    )


def both(first: Run, second: Run) -> Run:
    """Prepare two things."""

    def prepare(work: Work, world: World) -> None:
        first(work, world)
        second(work, world)

    return prepare


def hits(work: Work, world: World) -> int:
    """Find the metric that every service has."""
    return list_metrics(work.db, world.service_id)[0].id
