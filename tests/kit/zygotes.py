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
from contextlib import contextmanager, suppress

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
    """What is asked of a process that was started, here of one whose parent is another one."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._end = os.pidfd_open(pid)
        self._has_ended = False

    def poll(self) -> int | None:
        """Tell whether it has ended: something other than None, though not how."""
        with suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return 0 if self._has_ended else None

    def wait(self, timeout: float | None = None) -> None:
        """Wait for its end. Raises: TimeoutExpired."""
        if self._has_ended:
            return
        if not select.select([self._end], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired("zygote", timeout or 0)
        os.close(self._end)
        self._has_ended = True

    def send_signal(self, number: int) -> None:
        """Send it a signal, if it is there."""
        if not self._has_ended:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._end, number)

    def kill(self) -> None:
        """Kill it."""
        self.send_signal(signal.SIGKILL)


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
