"""The composition root of the process that serves people and runs jobs, beside the calls (D34)."""

import asyncio
import os
import signal
import socket
from collections.abc import Mapping
from concurrent.futures import TimeoutError as NotInTime
from contextlib import suppress

import uvloop
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.auth.dependencies import Dependencies
from server.auth.gates import Gates
from server.auth.sso.issuers import Issuers
from server.auth.token_uses import TokenUses
from server.faces import Faces, build_faces
from server.runtime.fetching import SpecificationFetcher
from server.runtime.hook_calls import HookCalls
from server.runtime.identity_calls import IdentityCalls
from server.runtime.logs import set_up_logs
from server.runtime.memory import settle_memory
from server.runtime.probe import GatewayProbe
from server.runtime.proving import DomainProver
from server.runtime.relay import CHANGED, Link
from server.runtime.storage import Storage, open_storage
from server.settings import Settings

NICENESS = 3  # calls come first
REST_AFTER_S = 30.0
TELL_S = 2.0  # a change is everywhere by then anyway


class PagesProcess:
    """All parts of the process; it lives as long as the one that holds the other end."""

    def __init__(self, settings: Settings, storage: Storage, control: socket.socket) -> None:
        self._database = storage.database
        self._link = Link(control, self._answer)
        probe = GatewayProbe(storage.database, storage.installation)
        probe.attach(self._link, asyncio.get_running_loop())
        fetcher = SpecificationFetcher(settings, storage.installation)
        fetcher.attach(asyncio.get_running_loop())
        calls = IdentityCalls(settings, storage.installation)
        calls.attach(asyncio.get_running_loop())
        prover = DomainProver(settings, storage.installation)
        prover.attach(asyncio.get_running_loop())
        hooks = HookCalls(settings, storage.installation)
        hooks.attach(asyncio.get_running_loop())
        self._uses = TokenUses(storage.database, storage.installation.clock)
        deps = Dependencies(
            storage.database,
            storage.installation,
            probe,
            fetcher,
            mails_are_kept=not settings.smtp_url,
            gates=Gates(settings.redis_url),
            fetch_feed=fetcher.feed,
            issuers=Issuers(calls),
            prove=prover,
            call_hooks=hooks,
            note_token=self._uses.note,
            master_token=settings.master_token,
        )
        self._faces: Faces = build_faces(deps, settings)
        self._apps: Mapping[str, ASGIApp] = {
            "admin": self._faces.admin,
            "portal": self._faces.portal,
        }

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._apps[scope.pop("face")](scope, receive, send)

    async def run(self) -> None:
        """Serve and work until the other end closes."""
        loop = asyncio.get_running_loop()

        def tell(_events: object) -> None:
            telling = asyncio.run_coroutine_threadsafe(self._tell(), loop)
            with suppress(NotInTime):
                telling.result(TELL_S)

        self._database.after_commit(tell)
        self._faces.jobs.start()
        self._uses.start()
        settle_memory()
        self._link.tell_ready()
        async with asyncio.TaskGroup() as tasks:
            loading = tasks.create_task(self._load_rest())
            await self._link.run()
            loading.cancel()
        await asyncio.to_thread(self._faces.stop)
        await asyncio.to_thread(self._uses.stop)
        self._database.close()

    async def _load_rest(self) -> None:
        """Load what nobody has asked for yet, once those who waited for the start are served."""
        await asyncio.sleep(REST_AFTER_S)
        for each in self._faces.late:
            await each.loaded()

    async def _tell(self) -> None:
        """Have the gateway look for changes now: who made one finds it in force at once."""
        with suppress(ConnectionError):
            await self._link({"type": CHANGED}, _nothing, _ignore)


async def _nothing() -> Message:
    raise RuntimeError("a notice has no messages")


async def _ignore(_message: Message) -> None:
    pass


def main(descriptor: int) -> None:
    """Run the process; `descriptor` is the number of the control socket."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # the other process tells when to end
    os.nice(NICENESS)
    settings = Settings.from_env(os.environ)
    set_up_logs(settings.log, settings.passwords)

    async def run() -> None:
        control = socket.socket(fileno=descriptor)
        await PagesProcess(settings, open_storage(settings), control).run()

    uvloop.run(run())
