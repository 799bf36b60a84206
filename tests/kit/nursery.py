"""Servers forked from a process that has loaded their code.

To load it costs four seconds of the processor a server, in its two processes, and most journeys are
about something else. All else about such a server is as in an installation: its processes, what
they start, its environment, its output, and how it ends. Those that are about the processes
themselves run the command.
"""

import gc
import os
import pickle
import random
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from server.kit.interpreter import command_of
from tests.kit.zygotes import Forked

PID = struct.Struct("!I")
ORDER_BYTES = 1 << 20
ZYGOTE = "server.kit.zygote"
NEEDED = (
    "cms.rendering.worker",
    "server.cli.main",
    "server.cli.serving",
    "server.graphql.admin.schema",
    "server.graphql.developer.schema",
    "server.graphql.routes",
    "server.migrations.run",
    "server.pages",
    ZYGOTE,
)


@dataclass(frozen=True)
class Order:
    """What a forked process is to be: the command with some words, or a module's `main`."""

    env: Mapping[str, str]
    words: Sequence[str] = ()
    module: str = ""


class Nursery:
    """Our side of a process that forks others."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._lock = threading.Lock()

    def fork(self, order: Order, descriptor: int) -> Forked:
        """Fork a process: its output goes to the descriptor, or its `main` takes it."""
        with self._lock:
            socket.send_fds(self._control, [pickle.dumps(order)], [descriptor])
            return Forked(*PID.unpack(self._control.recv(PID.size)))

    def close(self) -> None:
        """End the process; those that it forked stay."""
        self._control.close()


@contextmanager
def one_nursery() -> Iterator[Callable[[], Nursery]]:
    """Have one for a while; it is started when first asked for."""
    started: list[tuple[Nursery, subprocess.Popen[bytes]]] = []

    def get() -> Nursery:
        if not started:
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with theirs:
                command = command_of(__name__, theirs.fileno())
                process = subprocess.Popen(command, pass_fds=[theirs.fileno()])
            started.append((Nursery(ours), process))
        return started[0][0]

    yield get
    for nursery, process in started:
        nursery.close()
        process.wait(10)


def main(descriptor: int) -> None:
    """Load what servers need, and fork one for each order."""
    for name in NEEDED:
        import_module(name)
    assert threading.active_count() == 1, "what is forked has one thread only"
    gc.collect()
    gc.freeze()
    _fork_for(socket.socket(fileno=descriptor))


def _fork_for(control: socket.socket) -> None:
    """Fork for each order until the other side is closed; in what was forked, carry it out."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ends with the other side
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # waits for nobody
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, ORDER_BYTES, 1)
        if not message:
            return
        pid = os.fork()
        if pid == 0:
            control.close()
            _carry_out(pickle.loads(message), descriptors[0])  # noqa: S301 - our own
            return
        os.close(descriptors[0])
        control.sendall(PID.pack(pid))


def _carry_out(order: Order, descriptor: int) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(order.env)
    random.seed()
    if not order.module:
        for number in (1, 2):
            os.dup2(descriptor, number)
        os.close(descriptor)
    if order.module != ZYGOTE and not _has_nursery(descriptor if order.module else None):
        return
    if order.module:
        import_module(order.module).main(descriptor)
        return
    gc.enable()
    sys.argv = ["gatehouse", *order.words]
    import_module("server.cli.main").app()


def _has_nursery(descriptor: int | None) -> bool:
    """Have what this process is going to start forked as well; False in what forks it, at its end.

    That is a process below this one, which has one thread now.
    """
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    if os.fork() == 0:
        ours.close()
        if descriptor is not None:
            os.close(descriptor)
        _fork_for(theirs)
        return False
    theirs.close()
    nursery = Nursery(ours)
    companion, killable = (
        import_module(name) for name in ("server.runtime.companion", "server.kit.killable")
    )

    def start(module: str, *, env: Mapping[str, str], pass_fds: Sequence[int]) -> Forked:
        return nursery.fork(Order(env, module=module), pass_fds[0])

    stand_in: Any = companion
    stand_in.command_of = lambda module, _descriptor: module
    stand_in.subprocess = SimpleNamespace(Popen=start, TimeoutExpired=subprocess.TimeoutExpired)
    stand_in = killable
    stand_in._start_process = lambda descriptor: start(
        ZYGOTE, env=dict(os.environ), pass_fds=[descriptor]
    )
    return True
