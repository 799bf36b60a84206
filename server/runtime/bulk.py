"""What brings bulk operations on: the schema that it runs is loaded by the first of them."""

from collections.abc import Callable
from typing import Any

from server.actions.provider.bulk import has_waiting
from server.actions.work import Work
from server.auth.dependencies import Dependencies
from server.domain.actors import Actor
from server.runtime.memory import loading


def bulk_of(deps: Dependencies) -> Callable[[], bool]:
    """Make the job, which tells whether there was anything to do."""
    runner: Any = None

    def run() -> bool:
        nonlocal runner
        with deps.database.read() as db:
            if not has_waiting(Work(db, Actor.system(0, "bulk"), deps.installation)):
                return False
        if runner is None:
            with loading():
                from server.graphql.bulk.runner import BulkRunner

                runner = BulkRunner(deps)
        is_done: bool = runner.run()
        return is_done

    return run
