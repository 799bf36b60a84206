"""Processes that fork renderers, forked themselves from one that has loaded what they need.

Nearly each test of a provider's templates has such a process of its own: to load it takes a second
of the processor, to fork it some milliseconds. All else about it is as in an installation.
"""

import gc
import os
import select
import signal
import socket
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from server.kit import zygote
from server.kit.interpreter import command_of

PID = struct.Struct("!I")


def main(descriptor: int) -> None:
    """Load what renderers need, and become one for each socket that is sent."""
    import cms.rendering.worker  # noqa: F401 - what it is for; whoever asks has it already

    for number in (signal.SIGINT, signal.SIGCHLD):  # ends with its parent; waits for nobody
        signal.signal(number, signal.SIG_IGN)
    control = socket.socket(fileno=descriptor)
    gc.collect()
    gc.freeze()
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if not message:
            return
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            control.close()
            zygote.main(descriptors[0])
            return
        os.close(descriptors[0])
        control.sendall(PID.pack(pid))


class Forked:
    """What the pool asks of a process that it started: to wait for it, and to kill it."""

    def __init__(self, pid: int) -> None:
        self._end = os.pidfd_open(pid)

    def wait(self, timeout: float | None = None) -> None:
        """Wait for its end. Raises: TimeoutExpired."""
        if not select.select([self._end], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired("zygote", timeout or 0)
        os.close(self._end)

    def kill(self) -> None:
        """Kill it."""
        signal.pidfd_send_signal(self._end, signal.SIGKILL)


class Mother:
    """Our side of the process that all are forked from; it is started when first asked."""

    def __init__(self) -> None:
        self._control: socket.socket | None = None

    def start(self, descriptor: int) -> Forked:
        """Fork a process that holds the other end of a socket."""
        if self._control is None:
            self._control, theirs = socket.socketpair()
            with theirs:
                command = command_of(__name__, theirs.fileno())
                self._process = subprocess.Popen(command, pass_fds=[theirs.fileno()])
        socket.send_fds(self._control, [b"F"], [descriptor])
        return Forked(*PID.unpack(self._control.recv(PID.size)))

    def end(self) -> None:
        """End the process."""
        if self._control is not None:
            self._control.close()
            self._process.wait(10)


@contextmanager
def one_mother() -> Iterator[Mother]:
    """Have one for a while."""
    mother = Mother()
    try:
        yield mother
    finally:
        mother.end()
