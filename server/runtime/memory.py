"""What the garbage collector looks at in a process that has been loaded."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

YOUNG_OBJECTS = 10_000  # a GraphQL answer makes as many: collecting each 700 cost a third of it


def settle_memory() -> None:
    """Have the collector look at what requests make, seldom, and never again at what is loaded."""
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(YOUNG_OBJECTS, 20, 20)


@contextmanager
def loading() -> Iterator[None]:
    """Look for no garbage meanwhile: what is loaded is none, and looking took a quarter."""
    gc.disable()
    try:
        yield
    finally:
        settle_memory()
