"""A receiver of webhooks that keeps what it gets, and the jobs that send to it at any time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from server.auth.dependencies import Dependencies
from server.domain.installation import Addresses, Installation
from server.domain.provider.webhooks import WebhookDelivery
from server.jobs.outbox import Outbox
from server.jobs.webhooks import HookSender, HookWriter
from server.kit.clock import FixedClock, utc_now
from server.rest.objects import RestObjects
from server.runtime.hook_calls import HookCalls
from server.settings import Networks, Settings
from tests.kit.fetching import a_site_beside
from tests.kit.make import TEST_VAULT


@dataclass
class Got:
    """One call that came."""

    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """Answers with a status, and a text."""

    status: int = 204
    text: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    got: list[Got] = field(default_factory=list)
    url: str = ""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        self.got.append(Got(headers, body))
        told = [(name.encode(), value.encode()) for name, value in self.headers.items()]
        await send({"type": "http.response.start", "status": self.status, "headers": told})
        await send({"type": "http.response.body", "body": self.text.encode()})

    def taken(self) -> list[Got]:
        """Give what came since the last time."""
        got, self.got = self.got, []
        return got


@dataclass
class Hooks:
    """The jobs of webhooks, at a time that moves by itself only when told."""

    deps: Dependencies
    receiver: Receiver
    clock: FixedClock

    def run(self, **later: float) -> list[Got]:
        """Write and send what is due so much later; give what came."""
        self.clock.advance(timedelta(**later))
        writer = HookWriter(self.deps, lambda: None)
        Outbox(self.deps.database, self.clock, [writer.listener()]).sweep()
        HookSender(self.deps).run()
        return self.receiver.taken()

    def deliveries(self) -> list[WebhookDelivery]:
        with self.deps.database.read() as db:
            return list(db.exec(select(WebhookDelivery).order_by(col(WebhookDelivery.id))))


@contextmanager
def running_hooks(deps: Dependencies, networks: Networks = "allow") -> Iterator[Hooks]:
    """Serve a receiver, and let hooks be sent to it."""
    clock = FixedClock(utc_now())
    calls = HookCalls(
        Settings(private_networks=networks),
        Installation(TEST_VAULT, Addresses("http://localhost:8000", "localhost")),
    )
    receiver = Receiver()
    with a_site_beside(calls) as site:
        site.answers["/hooks"] = receiver
        receiver.url = f"{site.url}/hooks"
        then = replace(deps.installation, clock=clock)
        told = replace(deps, installation=then, call_hooks=calls, objects=RestObjects())
        yield Hooks(told, receiver, clock)
