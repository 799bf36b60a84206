"""What takes long to load: begun when the process serves calls, waited for by who needs it."""

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

from anyio import to_thread
from starlette.types import ASGIApp, Receive, Scope, Send

Loaded = TypeVar("Loaded")


class Lazy(Generic[Loaded]):
    """One object, loaded once, in a worker thread."""

    def __init__(self, load: Callable[[], Loaded]) -> None:
        self._load = load
        self._alone = asyncio.Lock()
        self._loaded: Loaded | None = None

    async def get(self) -> Loaded:
        """Give the object, loading it first if nobody has. Raises: what loading it raises."""
        if self._loaded is None:
            async with self._alone:
                if self._loaded is None:
                    await to_thread.run_sync(self._keep)
        if self._loaded is None:
            raise RuntimeError("loading gave nothing")
        return self._loaded

    def _keep(self) -> None:
        self._loaded = self._load()  # in the thread, which goes on when who waits is cancelled

    def app(self, choose: Callable[[Loaded], ASGIApp]) -> ASGIApp:
        """Make an app of a part of the object."""

        async def run(scope: Scope, receive: Receive, send: Send) -> None:
            await choose(await self.get())(scope, receive, send)

        return run
