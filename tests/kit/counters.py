"""Counter stores that run for the length of a test."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeVar

from gateway.counters.memory import MemoryCounters
from gateway.counters.redis import RedisCounters

Store = TypeVar("Store", MemoryCounters, RedisCounters)


@asynccontextmanager
async def running(store: Store) -> AsyncIterator[Store]:
    """Run a counter store: begun before, folded in between and at the end."""
    await store.start()
    try:
        async with asyncio.TaskGroup() as group:
            task = group.create_task(store.run_for_ever())
            try:
                yield store
            finally:
                task.cancel()
    finally:
        await store.stop()
