"""Where sync work of the faces runs: in worker threads, one at a time while each is quick."""

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread

LONG_S = 0.02  # most pages are done by then; who is not waits for something, or is a burden
MOST_THREADS = 32  # of their own: pages that hang keep none from the gateway

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")


class FairExecutor:
    """Runs work in turn; what takes long steps aside and goes on beside the others (D13).

    The interpreter runs one thread at a time: two busy ones only fight for it, and a GraphQL
    query that takes 19 ms of processor time alone takes 35 ms among eight. Who waits for the
    database, a disk or a slow upstream must not hold the others up either: hence `LONG_S`.
    """

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._threads = CapacityLimiter(MOST_THREADS)

    async def run(
        self,
        work: Callable[Arguments, Answer],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Answer:
        """Answer what `work` answers. Raises: what it raises."""
        await self._turn.acquire()
        holds = True

        def step_aside() -> None:
            nonlocal holds
            if holds:
                holds = False
                self._turn.release()

        timer = asyncio.get_running_loop().call_later(LONG_S, step_aside)
        try:
            return await to_thread.run_sync(lambda: work(*args, **kwargs), limiter=self._threads)
        finally:
            timer.cancel()
            step_aside()
