"""Work for the processes of `server.kit.killable`: all that can go wrong, by name."""

import os
import time
from collections.abc import Callable
from typing import Any

KEPT: list[bytes] = []


def prepare(_setup: object) -> Callable[[], Callable[[bytes], bytes]]:
    return lambda: labour


def prepare_badly(_setup: object) -> Any:
    raise RuntimeError("not today")


def labour(order: bytes) -> bytes:
    """Do what the first word of an order says."""
    verb, _, rest = order.partition(b" ")
    return DEEDS[verb.decode()](rest)


def _spin(_rest: bytes) -> bytes:
    while True:
        pass


def _spin_inside_c(_rest: bytes) -> bytes:
    return b"%d" % len(str(sum(range(10**12))))


def _eat(_rest: bytes) -> bytes:
    return b"%d" % len([bytes(1_000_000) for _ in range(10_000)])


def _keep(rest: bytes) -> bytes:
    KEPT.append(bytes(int(rest)))
    return b"kept"


def _sleep(rest: bytes) -> bytes:
    time.sleep(float(rest))
    return b"slept"


def _fail(_rest: bytes) -> bytes:
    raise ValueError("no such luck")


DEEDS: dict[str, Callable[[bytes], bytes]] = {
    "echo": lambda rest: rest,
    "pid": lambda _rest: b"%d" % os.getpid(),
    "exit": lambda _rest: os._exit(3),
    "spin": _spin,
    "spin_inside_c": _spin_inside_c,
    "eat": _eat,
    "keep": _keep,
    "sleep": _sleep,
    "fail": _fail,
}
