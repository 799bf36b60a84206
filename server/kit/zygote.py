"""The process that workers are forked from: one thread, with all imported that they need.

It runs what `server.kit.killable` sends it, and ends with its parent, however that ends: both
sides of every pipe are held by one process each, so its end is seen as the end of the pipe.
"""

import gc
import os
import pickle
import resource
import signal
import socket
import struct
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from server.kit.killable import ANSWERED, FAILED, LAST, TOO_LARGE, Bounds, receive, send

Work = Callable[[bytes], bytes]
PID = struct.Struct("!I")
PAGE = resource.getpagesize()
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


def main(descriptor: int) -> None:
    """Import what workers need, then fork and end them as the parent says."""
    for number in (signal.SIGINT, signal.SIGTERM):  # the parent decides when to end
        signal.signal(number, signal.SIG_IGN)
    control = socket.socket(fileno=descriptor)
    prepare, setup, bounds = pickle.loads(receive(control))  # noqa: S301 - from our parent
    start = prepare(setup)
    gc.collect()
    gc.freeze()  # so that a worker's collector leaves the shared pages alone
    gc.enable()
    send(control, b"ready")
    workers: set[int] = set()
    with suppress(EOFError, ConnectionError):
        while True:
            message, descriptors, _, _ = socket.recv_fds(control, 1 + PID.size, 1)
            if not message:
                break
            if descriptors:
                workers.add(_fork(control, socket.socket(fileno=descriptors[0]), start, bounds))
            else:
                _end(workers, *PID.unpack(message[1:]))
                send(control, b"ended")
    for pid in tuple(workers):
        _end(workers, pid)


def _fork(
    control: socket.socket, connection: socket.socket, start: Callable[[], Work], bounds: Bounds
) -> int:
    zygote = os.getpid()
    pid = os.fork()
    if pid:
        connection.close()
        send(control, PID.pack(pid))
        return pid
    control.close()
    try:
        _run(connection, start, bounds, zygote)
    except Exception:  # noqa: BLE001 - the parent sees its end, the operator reads why
        traceback.print_exc()
    finally:
        os._exit(0)


def _end(workers: set[int], pid: int) -> None:
    """Kill a worker, if it lives, and take note of its end; until then its id is nobody else's."""
    if pid in workers:
        workers.discard(pid)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _run(connection: socket.socket, start: Callable[[], Work], bounds: Bounds, zygote: int) -> None:
    """Answer one order after the other, until the parent is gone or memory has grown."""
    _die_with(zygote)
    os.nice(bounds.niceness)
    work = start()
    base = _size()
    if base:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (base + bounds.memory_bytes, hard))
    with suppress(EOFError, ConnectionError):
        while True:
            order = receive(connection)
            status, answer = _answer(work, order, bounds)
            last = status == TOO_LARGE or _size() > base + bounds.memory_bytes // 2
            send(connection, status + (LAST if last else b".") + answer)
            if last:
                return


def _answer(work: Work, order: bytes, bounds: Bounds) -> tuple[bytes, bytes]:
    """Carry out one order; what computes for too long dies, wherever it is."""
    signal.setitimer(signal.ITIMER_PROF, bounds.cpu_s)
    try:
        return ANSWERED, work(order)
    except MemoryError:
        return TOO_LARGE, b""
    except Exception as error:  # noqa: BLE001 - it is told to the parent, which logs it
        return FAILED, f"{type(error).__name__}: {error}".encode(errors="replace")[:1_000]
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _die_with(zygote: int) -> None:
    """Have the kernel end this process with the zygote, where it can."""
    if sys.platform == "linux":
        # Here: nothing else in the process needs it.
        import ctypes

        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != zygote:
        os._exit(0)


def _size() -> int:
    """Tell how many bytes of address space the process has; 0 where the kernel does not tell."""
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[0]) * PAGE
    except OSError:
        return 0
