"""What an action works with: the transaction, who acts in it, and the installation."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from server.domain.actors import Actor
from server.domain.events import Event, record
from server.domain.installation import Installation


@dataclass(frozen=True, slots=True)
class Work:
    """The first parameter of every action. A face adds to it what its requests know besides."""

    db: Session
    actor: Actor
    installation: Installation
    accepted: frozenset[str] = field(default=frozenset(), kw_only=True)  # codes of refusals that
    # whoever acts was told of, and goes ahead with

    @property
    def now(self) -> datetime:
        """The time."""
        return self.installation.clock.now()

    def record(self, event: Event) -> None:
        """Write what happened into the transaction, in the name of whoever acts."""
        record(self.db, self.actor, event)
