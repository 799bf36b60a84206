"""What brings bulk operations on: the schema that it runs is loaded by the first of them."""

from collections.abc import Callable

from server.actions.provider.bulk import has_waiting
from server.actions.work import Work
from server.auth.dependencies import Dependencies
from server.domain.actors import Actor


def bulk_of(deps: Dependencies) -> Callable[[], bool]:
    """Make the job, which tells whether there was anything to do."""

    def run() -> bool:
        with deps.database.read() as db:
            if not has_waiting(Work(db, Actor.system(0, "bulk"), deps.installation)):
                return False
        from server.graphql.bulk.runner import BulkRunner

        return BulkRunner(deps).run()

    return run
