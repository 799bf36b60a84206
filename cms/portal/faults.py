"""Telling a provider that his template fails: after the response, and once for each text."""

from collections.abc import Hashable
from dataclasses import dataclass

import structlog
from sqlalchemy.exc import SQLAlchemyError

from cms.liquid.errors import Place
from server.actions.portal.faults import note_template_fault
from server.actions.work import Work
from server.auth.dependencies import Dependencies
from server.domain.actors import Actor
from server.kit.lru import LRU

ACTOR = "developer portal"
MOST_KNOWN, MOST_BYTES = 10_000, 10_000_000
log = structlog.get_logger("gatehouse.portal")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a provider's template; `version` changes when its text does."""

    provider_id: int
    place: Place
    message: str
    version: Hashable


class FaultBook:
    """What a process has told already, so that a view of a broken page asks and writes nothing."""

    def __init__(self) -> None:
        self._known: LRU[bool] = LRU(most_entries=MOST_KNOWN, most_bytes=MOST_BYTES)

    def is_known(self, fault: Fault) -> bool:
        """Return whether this text's fault was told."""
        return self._known.find(fault.version) is not None

    def tell(self, deps: Dependencies, faults: list[Fault]) -> None:
        """Tell what is new, in a transaction of its own. What can't be written is told later."""
        for fault in faults:
            try:
                with deps.database.write() as db:
                    work = Work(db, Actor.system(fault.provider_id, ACTOR), deps.installation)
                    place = fault.place
                    note_template_fault(work, place.kind, place.name, place.line, fault.message)
            except SQLAlchemyError as error:
                log.warning("a template's fault is not noted yet", error=type(error).__name__)
                return
            self._known.keep(fault.version, True, 1_000)
