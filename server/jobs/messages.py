"""Delivers messages that go to many: some accounts a transaction, so that nobody waits long."""

from server.actions.messages.many import deliver_some, list_queued
from server.actions.work import Work
from server.auth.dependencies import Dependencies
from server.domain.actors import Actor
from server.domain.messages.messages import Message


class MessageDelivery:
    """Takes up where an ended process stopped; each account gets a message once."""

    def __init__(self, deps: Dependencies) -> None:
        self._deps = deps

    def run(self) -> int:
        """Deliver all that is queued; tell how many messages that were."""
        with self._deps.database.read() as db:
            queued = list_queued(db)
        for provider_id, message_id in queued:
            while self._deliver(provider_id, message_id):
                pass
        return len(queued)

    def _deliver(self, provider_id: int, message_id: int) -> bool:
        actor = Actor.system(provider_id, "messages")
        with self._deps.database.write() as db:
            message = db.get(Message, message_id)
            if message is None:
                return False
            return deliver_some(Work(db, actor, self._deps.installation), message)
