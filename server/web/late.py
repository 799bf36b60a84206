"""A part of the site that is loaded when somebody asks for it first."""

import asyncio
from collections.abc import Callable

from anyio import to_thread
from starlette.types import ASGIApp, Receive, Scope, Send


class Late:
    """Answers below some paths with an app that takes long to load, all else with another one.

    Who asks first waits; the others' requests are answered meanwhile.
    """

    def __init__(self, rest: ASGIApp, path: str, load: Callable[[], ASGIApp]) -> None:
        self._rest = rest
        self._path = path
        self._load = load
        self._app: ASGIApp | None = None
        self._loading = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope.get("path", "")
        if path != self._path and not path.startswith(f"{self._path}/"):
            return await self._rest(scope, receive, send)
        app = self._app or await self.loaded()
        return await app(scope, receive, send)

    async def loaded(self) -> ASGIApp:
        """Load it unless it is there."""
        async with self._loading:
            if self._app is None:
                self._app = await to_thread.run_sync(self._load)
            return self._app
