"""Loading together: one list at a time, and never an answer older than its question."""

import asyncio
from collections.abc import Mapping, Sequence

import pytest

from gateway.together import MOST_TOGETHER, Together


class Source:
    """A source whose loads wait for a gate; it remembers what was asked of it."""

    def __init__(self) -> None:
        self.loads: list[list[int]] = []
        self.gate = asyncio.Event()
        self.version = 0
        self.down = False

    async def load(self, keys: Sequence[int]) -> Mapping[int, tuple[int, int]]:
        """Answer each key with the version that was there when the load began."""
        self.loads.append(list(keys))
        version = self.version
        await self.gate.wait()
        if self.down:
            raise OSError("down")
        return {key: (key, version) for key in keys}


async def begin(
    together: Together[int, tuple[int, int]], *keys: int
) -> list[asyncio.Task[tuple[int, int]]]:
    """Ask, and let the asking begin."""
    tasks = [asyncio.ensure_future(together.ask(key)) for key in keys]
    for _ in range(3):
        await asyncio.sleep(0)
    return tasks


async def test_who_comes_during_a_load_shares_the_next_one() -> None:
    source = Source()
    together = Together(source.load)
    first = await begin(together, 1)
    rest = await begin(together, 2, 3, 2)
    source.gate.set()

    assert await asyncio.gather(*first, *rest) == [(1, 0), (2, 0), (3, 0), (2, 0)]
    assert source.loads == [[1], [2, 3]]


async def test_no_answer_is_older_than_its_question() -> None:
    source = Source()
    together = Together(source.load)
    before = await begin(together, 1)
    source.version = 1
    after = await begin(together, 1)
    source.gate.set()

    assert await asyncio.gather(*before, *after) == [(1, 0), (1, 1)]


async def test_a_load_is_bounded() -> None:
    source = Source()
    together = Together(source.load)
    tasks = await begin(together, *range(2 * MOST_TOGETHER + 1))
    source.gate.set()
    await asyncio.gather(*tasks)

    assert [len(keys) for keys in source.loads] == [MOST_TOGETHER, MOST_TOGETHER, 1]


async def test_a_failure_is_told_to_all_of_its_load_and_the_next_goes_on() -> None:
    source = Source()
    source.down = True
    together = Together(source.load)
    tasks = await begin(together, 1, 2)
    source.gate.set()
    for task in tasks:
        with pytest.raises(OSError, match="down"):
            await task
    source.down = False

    assert await together.ask(1) == (1, 0)


async def test_who_gives_up_is_not_loaded_and_disturbs_nobody() -> None:
    source = Source()
    together = Together(source.load)
    loading, waiting, patient = await begin(together, 1, 2, 3)
    also_loading = (await begin(together, 1))[0]
    loading.cancel()
    waiting.cancel()
    await asyncio.wait([loading, waiting])
    source.gate.set()

    assert await patient == (3, 0)
    assert await also_loading == (1, 0)
    assert source.loads == [[1, 2, 3], [1]]


async def test_who_gives_up_before_his_load_is_forgotten() -> None:
    source = Source()
    together = Together(source.load)
    first = await begin(together, 1)
    (gone,) = await begin(together, 2)
    gone.cancel()
    await asyncio.wait([gone])
    source.gate.set()
    await asyncio.gather(*first)

    assert source.loads == [[1]]
