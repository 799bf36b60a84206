"""Questions that are asked together: who comes while one load is on its way shares the next."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from itertools import islice
from typing import Generic, TypeVar

MOST_TOGETHER = 64  # of a load: about a millisecond of the interpreter's time

Key = TypeVar("Key")
Answer = TypeVar("Answer")


class Together(Generic[Key, Answer]):
    """Loads answers by the list, one list at a time. A load begins after all it answers asked."""

    def __init__(self, load: Callable[[Sequence[Key]], Awaitable[Mapping[Key, Answer]]]) -> None:
        """Say how answers are loaded: one for each key, or an error for all of them."""
        self._load = load
        self._asked: dict[Key, list[asyncio.Future[Answer]]] = {}
        self._loading: asyncio.Task[None] | None = None

    async def ask(self, key: Key) -> Answer:
        """Wait for an answer. Raises: what the load raises."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Answer] = loop.create_future()
        self._asked.setdefault(key, []).append(answer)
        if self._loading is None or self._loading.done():
            self._loading = loop.create_task(self._load_all())
        try:
            return await answer
        finally:
            self._leave(key, answer)

    def _leave(self, key: Key, answer: "asyncio.Future[Answer]") -> None:
        """Take out who gave up before the load of his key began."""
        waiting = self._asked.get(key)
        if waiting is not None and answer in waiting:
            waiting.remove(answer)
            if not waiting:
                del self._asked[key]

    async def _load_all(self) -> None:
        while self._asked:
            keys = list(islice(self._asked, MOST_TOGETHER))
            waiting = [(key, answer) for key in keys for answer in self._asked.pop(key)]
            try:
                answers = await self._load(keys)
            except asyncio.CancelledError:
                for _, answer in waiting:
                    answer.cancel()
                raise
            except Exception as error:  # noqa: BLE001 - told to all who wait, who raise it
                for _, answer in waiting:
                    if not answer.done():
                        answer.set_exception(error)
            else:
                for key, answer in waiting:
                    if not answer.done():  # its caller may have left
                        answer.set_result(answers[key])
            await asyncio.sleep(0)  # they go on before the next load can change what they got
