"""The process beside this one that serves people: started, asked, and started again (D34)."""

import asyncio
import signal
import socket
import subprocess
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import structlog
from anyio import to_thread
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from server.kit.interpreter import command_of
from server.runtime.relay import Link, PeerGone

AGAIN_AFTER_S = 1.0
START_S = 30.0  # so long a request waits for a process that starts
STOP_S = 30.0
AWAY = "The pages are being started again. Try again in a moment.\n"
log = structlog.get_logger("gatehouse")


class Companion:
    """A process of its own for `module`, whose `main` takes the control socket's number.

    Requests wait while it starts. It ends when this one does, however that ends.
    """

    def __init__(self, module: str, env: Mapping[str, str], answer: ASGIApp) -> None:
        self._module = module
        self._env = env
        self._answer = answer
        self._link: Link | None = None
        self._linked = asyncio.Event()
        self._process: subprocess.Popen[bytes] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Have the process answer; 503 while there is none."""
        begun = False

        async def send_on(message: Any) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            async with asyncio.timeout(START_S):
                await self._linked.wait()
            if self._link is not None:
                await self._link(scope, receive, send_on)
                return
        except PeerGone:
            if begun:
                raise
        except TimeoutError:
            if self._linked.is_set():
                raise
        await _away(scope, receive, send)

    def face(self, name: str) -> ASGIApp:
        """Make an app of one of the process's faces."""

        async def run(scope: Scope, receive: Receive, send: Send) -> None:
            await self({**scope, "face": name}, receive, send)

        return run

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Keep the process running; one that cannot start ends this one."""
        async with asyncio.TaskGroup() as group:
            keeping = group.create_task(self._keep())
            try:
                yield
            finally:
                keeping.cancel()
        await to_thread.run_sync(self._reap)

    async def _keep(self) -> None:
        while True:
            self._link = link = self._start()
            self._linked.set()
            await link.run()
            self._linked.clear()
            await to_thread.run_sync(self._reap)
            if not link.peer_is_ready:
                log.error("the pages cannot be loaded")
                signal.raise_signal(signal.SIGTERM)
                return
            log.error("the process of the pages ended; another one is started")
            await asyncio.sleep(AGAIN_AFTER_S)

    def _start(self) -> Link:
        ours, theirs = socket.socketpair()
        with theirs:
            number = theirs.fileno()
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and program
                command_of(self._module, number), env=self._env, pass_fds=[number]
            )
        return Link(ours, self._answer)

    def _reap(self) -> None:
        """Wait for the end of a process that has been told to end; end it if it does not."""
        if self._process is None:
            return
        try:
            self._process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


async def _away(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1013})
        return
    await PlainTextResponse(AWAY, 503, {"retry-after": "1"})(scope, receive, send)
