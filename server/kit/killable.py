"""Work that may take no more than its share: done in processes that can be killed.

Threads can't be stopped and share one interpreter; a process has a timer whose default action is
death, a limit on its memory, and a parent that waits only so long.
"""

import pickle
import socket
import struct
import subprocess
import sys
import time
import weakref
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass
from threading import Condition, Lock
from typing import Any

from server.kit.interpreter import command_of

ANSWERED, FAILED, TOO_LARGE = b"A", b"F", b"M"
LAST = b"!"  # the worker ends after this answer
LENGTH = struct.Struct("!I")
PID = struct.Struct("!I")
START_S = 30.0  # importing on a machine that is busy
LOOK_EVERY_S = 0.05
ANSWER_S = 5.0  # from its first byte to its last
MOST_WAITING = 8  # of one owner; the threads in which they wait are everybody's
MOST_REMEMBERED = 1_000


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one order may spend. Whoever computes all the time is dead after `cpu_s`."""

    cpu_s: float = 0.6
    answer_s: float = 0.9  # from then on who has computed is killed
    computed_s: float = 0.3
    longest_s: float = 5.0  # then also who only waited for the machine or the database
    memory_bytes: int = 64 * 1024 * 1024
    wait_s: float = 3.0  # for a free worker
    refuse_s: float = 60.0  # what was stopped is not tried again for so long
    niceness: int = 10


class Stopped(Exception):
    """The work was stopped, or failed; the message says what it did."""


class Busy(Exception):
    """No worker was free in time."""


def send(connection: socket.socket, message: bytes) -> None:
    """Send one message. Raises: OSError."""
    connection.sendall(LENGTH.pack(len(message)) + message)


def receive(connection: socket.socket) -> bytes:
    """Wait for one message. Raises: EOFError, OSError, TimeoutError."""
    (length,) = LENGTH.unpack(_exactly(connection, LENGTH.size))
    return _exactly(connection, length)


def _exactly(connection: socket.socket, size: int) -> bytes:
    received = bytearray()
    while len(received) < size:
        chunk = connection.recv(min(size - len(received), 1 << 20))
        if not chunk:
            raise EOFError
        received += chunk
    return bytes(received)


class _Zygote:
    """Our side of the process that forks workers; it ends when this is dropped."""

    def __init__(self, prepare: Callable[[Any], Any], setup: object, bounds: Bounds) -> None:
        """Start it and wait until it has imported everything. Raises: OSError, EOFError."""
        self._lock = Lock()
        self._control, theirs = socket.socketpair()
        with theirs:
            process = _start_process(theirs.fileno())
        self._connections: set[socket.socket] = set()
        self.close = weakref.finalize(self, _end_process, self._control, process, self._connections)
        self._control.settimeout(START_S)
        send(self._control, pickle.dumps((prepare, setup, bounds)))
        receive(self._control)

    def fork(self) -> "_Worker":
        """Make a worker. Raises: OSError, EOFError when the zygote is gone."""
        ours, theirs = socket.socketpair()
        try:
            with self._lock, theirs:
                socket.send_fds(self._control, [b"F"], [theirs.fileno()])
                (pid,) = PID.unpack(receive(self._control))
        except (EOFError, OSError):
            ours.close()
            raise
        self._connections.add(ours)
        return _Worker(self, ours, pid)

    def end(self, worker: "_Worker") -> None:
        """Kill a worker and let its id go."""
        self._connections.discard(worker.connection)
        worker.connection.close()
        with self._lock, suppress(EOFError, OSError):
            self._control.sendall(b"K" + PID.pack(worker.pid))
            receive(self._control)


def _start_process(descriptor: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own interpreter, our own code
        command_of("server.kit.zygote", descriptor),
        stdin=subprocess.DEVNULL,
        pass_fds=[descriptor],
    )


def _end_process(
    control: socket.socket, process: subprocess.Popen[bytes], connections: set[socket.socket]
) -> None:
    control.close()
    for connection in tuple(connections):
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)  # wakes who waits for an answer
        connection.close()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@dataclass(eq=False, slots=True)
class _Worker:
    zygote: _Zygote
    connection: socket.socket
    pid: int

    def is_alive(self) -> bool:
        """Tell whether it can take an order; while it has none, it says nothing but its end."""
        try:
            self.connection.setblocking(False)
            return bool(self.connection.recv(1, socket.MSG_PEEK))
        except BlockingIOError:
            return True
        except OSError:
            return False

    def answer(self, order: bytes, bounds: Bounds) -> bytes:
        """Have an order carried out. Raises: Stopped, Busy; the worker is of no use afterwards."""
        began_s = time.monotonic()
        try:
            spent_s = self._cpu_s()
            self.connection.settimeout(bounds.answer_s)
            send(self.connection, order)
            while not self._has_answered():
                if self._cpu_s() - spent_s > bounds.computed_s:
                    raise Stopped("takes too long")
                if time.monotonic() - began_s > bounds.longest_s:
                    raise Busy
                self.connection.settimeout(LOOK_EVERY_S)
            return receive(self.connection)
        except TimeoutError as error:
            raise Busy from error
        except (EOFError, OSError) as error:
            raise Stopped("takes too long, or more memory than there is") from error

    def _has_answered(self) -> bool:
        """Wait a little for the beginning of an answer, or the end of the worker."""
        try:
            self.connection.recv(1, socket.MSG_PEEK)
        except TimeoutError:
            return False
        self.connection.settimeout(ANSWER_S)
        return True

    def _cpu_s(self) -> float:
        """Read its processor clock, or the common one where there is none of other processes."""
        if sys.platform != "linux":
            return time.monotonic()
        return time.clock_gettime(~self.pid << 3 | 2)  # clock_getcpuclockid(3)


class KillablePool:
    """Carries out orders in a few processes, started by the first one. Thread-safe.

    `prepare(setup)` runs once, before all forks, and returns what each worker calls once to get
    the function from order to answer. All three are pickled: functions of modules, plain values.
    Nobody holds all the workers: of one owner there is always one less at work than there are.
    """

    def __init__(
        self,
        prepare: Callable[[Any], Callable[[], Callable[[bytes], bytes]]],
        setup: object,
        *,
        bounds: Bounds | None = None,
        size: int = 2,
    ) -> None:
        self._prepare = prepare
        self._setup = setup
        self.bounds = bounds or Bounds()
        self._share = max(1, size - 1)
        self._starting = Lock()
        self._zygote: _Zygote | None = None
        self._changed = Condition()
        self._free = size
        self._idle: list[_Worker] = []
        self._running: Counter[Hashable] = Counter()
        self._waiting: OrderedDict[Hashable, deque[object]] = OrderedDict()
        self._refused: OrderedDict[Hashable, tuple[float, str]] = OrderedDict()
        self._is_closed = False

    def run(self, order: bytes, *, owner: Hashable, name: Hashable) -> bytes:
        """Carry out an order. Raises: Stopped, Busy. Cost: within the bounds, start aside.

        What was stopped is refused under the same name for a while, also to those who wait.
        """
        self._enter(owner, name)
        worker: _Worker | None = None
        try:
            worker = self._worker()
            answer = worker.answer(order, self.bounds)
            status, is_last, told = answer[:1], answer[1:2] == LAST, answer[2:]
            if not is_last:
                self._keep(worker)
                worker = None
            if status == TOO_LARGE:
                raise Stopped("takes more memory than there is")
        except Stopped as error:
            self.refuse(name, str(error))
            raise
        finally:
            if worker is not None:
                worker.zygote.end(worker)
            self._leave(owner)
        if status == FAILED:
            raise Stopped(f"failed: {told.decode(errors='replace')}")
        return told

    def refuse(self, name: Hashable, why: str) -> None:
        """Refuse what is called so for a while."""
        with self._changed:
            self._refused[name] = (time.monotonic() + self.bounds.refuse_s, why)
            self._refused.move_to_end(name)
            while len(self._refused) > MOST_REMEMBERED:
                self._refused.popitem(last=False)
            self._changed.notify_all()

    def close(self) -> None:
        """End all processes; orders in hand are stopped, later ones find the pool busy."""
        with self._changed:
            self._is_closed = True
            self._idle.clear()
            self._changed.notify_all()
        with self._starting:
            if self._zygote is not None:
                self._zygote.close()

    def _enter(self, owner: Hashable, name: Hashable) -> None:
        """Wait for a turn: owners in turn, each within its share. Raises: Stopped, Busy."""
        deadline_s = time.monotonic() + self.bounds.wait_s
        ticket = object()
        with self._changed:
            tickets = self._waiting.setdefault(owner, deque())
            tickets.append(ticket)
            try:
                self._check(name)
                if len(tickets) > MOST_WAITING:
                    raise Busy
                while not self._is_next(owner, ticket):
                    if not self._changed.wait(deadline_s - time.monotonic()):
                        raise Busy
                    self._check(name)
                self._free -= 1
                self._running[owner] += 1
            finally:
                tickets.remove(ticket)
                self._waiting.move_to_end(owner)
                if not tickets:
                    del self._waiting[owner]
                self._changed.notify_all()

    def _leave(self, owner: Hashable) -> None:
        with self._changed:
            self._free += 1
            self._running[owner] -= 1
            if not self._running[owner]:
                del self._running[owner]
            self._changed.notify_all()

    def _is_next(self, owner: Hashable, ticket: object) -> bool:
        may = (each for each in self._waiting if self._running[each] < self._share)
        return self._free > 0 and next(may, None) == owner and self._waiting[owner][0] is ticket

    def _check(self, name: Hashable) -> None:
        if self._is_closed:
            raise Busy
        until_s, why = self._refused.get(name, (0.0, ""))
        if until_s > time.monotonic():
            raise Stopped(f"{why} (it is not tried again for {self.bounds.refuse_s:.0f} s)")

    def _worker(self) -> _Worker:
        """Take an idle worker, or make one. Raises: Busy when the system gives none."""
        while True:
            with self._changed:
                worker = self._idle.pop() if self._idle else None
            if worker is None:
                return self._fork()
            if worker.is_alive():
                return worker
            worker.zygote.end(worker)

    def _fork(self) -> _Worker:
        with self._starting:
            try:
                if self._zygote is not None:
                    with suppress(EOFError, OSError):
                        return self._zygote.fork()
                    self._zygote.close()
                self._zygote = None
                if self._is_closed:
                    raise Busy
                self._zygote = _Zygote(self._prepare, self._setup, self.bounds)
                return self._zygote.fork()
            except (EOFError, OSError) as error:
                raise Busy from error

    def _keep(self, worker: _Worker) -> None:
        with self._changed:
            if not self._is_closed:
                self._idle.append(worker)
                return
        worker.zygote.end(worker)
