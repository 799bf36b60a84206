"""What hangs on applications, read for all applications of a page at once: no page asks per row."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from server.actions.analytics.refusals import count_refused_lately_by_application
from server.actions.analytics.usage import Standing, list_standings_by_application
from server.actions.applications.keys import keys_by_application
from server.actions.applications.referrer_filters import filters_by_application
from server.domain.applications.applications import Application, ApplicationKey
from server.domain.applications.referrer_filters import ReferrerFilter

Load = Callable[[Sequence[Application]], Mapping[int, Any]]


class ApplicationRows:
    """The rows of applications, kept for one render. Cost: one query a kind, however many ask."""

    def __init__(
        self, db: Session, now: Callable[[], datetime], known: Callable[[], Sequence[Application]]
    ) -> None:
        """Read along with any application all that are `known` to be on the page."""
        self._db = db
        self._now = now
        self._known = known
        self._read: dict[str, dict[int, Any]] = {}

    def keys(self, application: Application) -> Sequence[ApplicationKey]:
        """Give its app_keys, oldest first."""
        found: Sequence[ApplicationKey] = self._of(
            "keys", application, lambda rows: keys_by_application(self._db, _ids(rows)), ()
        )
        return found

    def filters(self, application: Application) -> Sequence[ReferrerFilter]:
        """Give its referrer filters, oldest first."""
        found: Sequence[ReferrerFilter] = self._of(
            "filters", application, lambda rows: filters_by_application(self._db, _ids(rows)), ()
        )
        return found

    def standings(self, application: Application) -> Sequence[Standing]:
        """Tell where it stands against each limit of its plan."""
        found: Sequence[Standing] = self._of(
            "standings",
            application,
            lambda rows: list_standings_by_application(self._db, rows, self._now()),
            (),
        )
        return found

    def refused_lately(self, application: Application) -> int:
        """Count its calls that were refused in the last 24 hours."""
        found: int = self._of(
            "refused",
            application,
            lambda rows: count_refused_lately_by_application(self._db, rows, self._now()),
            0,
        )
        return found

    def _of(self, kind: str, application: Application, load: Load, nothing: Any) -> Any:
        read = self._read.setdefault(kind, {})
        if application.id not in read:
            others = [row for row in self._known() if row.id not in read]
            is_among = any(row.id == application.id for row in others)
            batch = others if is_among else [application]
            found = load(batch)
            read.update({row.id: found.get(row.id, nothing) for row in batch})
        return read[application.id]


def _ids(rows: Sequence[Application]) -> list[int]:
    return [row.id for row in rows]
