"""Real servers for tests: PostgreSQL, Redis and nginx on free ports, stopped afterwards."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from uuid import uuid4

import psycopg
from redis import Redis
from redis.exceptions import RedisError

from tests.kit.zygotes import Forked

START_TIMEOUT_S = 30
STOP_TIMEOUT_S = 20
SYSTEM_FOLDERS = ("/usr/local/sbin", "/usr/sbin", "/sbin")  # not in every user's PATH

# Runs a script: the machine's own node where it is new enough, else that of the build.
NODE = [str(Path(__file__).parents[2] / "tools" / "node.sh"), "node"]
POSTGRES_OPTIONS = {
    "fsync": "off",  # a test's data need not survive a crash
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "listen_addresses": "127.0.0.1",
    "max_connections": "200",
}


# Below those that the kernel gives to outgoing connections; each worker of pytest has its own.
FIRST_PORT, PORTS_EACH = 20_000, 500
_numbers = count(os.getpid())


def free_port() -> int:
    """Name a port of the loopback interface that nobody listens on, another one each time."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    while True:
        port = FIRST_PORT + PORTS_EACH * (worker % 20) + next(_numbers) % PORTS_EACH
        with suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port


def wait_until(answers: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    """Return as soon as `answers()` is true.

    Raises: RuntimeError when `process` ends first, or START_TIMEOUT_S is over.
    """
    deadline_s = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline_s:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with {process.returncode}")
        if answers():
            return
        time.sleep(0.02)
    raise RuntimeError(f"{process.args!r} does not answer")


def accepts_connections(port: int) -> bool:
    """Tell whether somebody listens on a port of the loopback interface."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def stop(process: subprocess.Popen[bytes] | Forked, signal_number: int = signal.SIGTERM) -> None:
    """End a process that a test has started; kill it when it does not obey."""
    if process.poll() is None:
        process.send_signal(signal_number)
    try:
        process.wait(STOP_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(STOP_TIMEOUT_S)


def program(name: str) -> str:
    """Find a program in PATH, in the system folders, or in Debian's PostgreSQL folders.

    Raises: FileNotFoundError, naming the way out.
    """
    path = os.pathsep.join([os.environ.get("PATH", ""), *SYSTEM_FOLDERS])
    if found := shutil.which(name, path=path):
        return found
    versions = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    newest = max(versions, key=lambda file: float(file.parts[-3]), default=None)
    if newest is None:
        raise FileNotFoundError(f"{name} is not installed. `make test` installs it.")
    return str(newest)


def _unprivileged_user() -> str | None:
    """Name the user to run PostgreSQL as: it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {line.split(":", 1)[0] for line in Path("/etc/passwd").read_text().splitlines()}
    return "postgres" if "postgres" in names else "nobody"


@dataclass(frozen=True)
class PostgreSQL:
    """A running PostgreSQL server."""

    port: int

    def url(self, database: str) -> str:
        """Give the SQLAlchemy address of a database."""
        return f"postgresql+psycopg://gatehouse@127.0.0.1:{self.port}/{database}"

    def is_ready(self) -> bool:
        """Tell whether it takes queries: its port opens earlier than that."""
        with suppress(psycopg.OperationalError):
            self._run("SELECT 1")
            return True
        return False

    def create_database(self, like: str = "template1") -> str:
        """Create a database, empty or like one to which nobody talks; returns its name."""
        name = f"test_{uuid4().hex}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {like} STRATEGY file_copy")
        return name

    def drop_database(self, name: str) -> None:
        """Remove a database, with the connections that a test left open."""
        self._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        address = f"host=127.0.0.1 port={self.port} user=gatehouse dbname=postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def running_postgres() -> Iterator[PostgreSQL]:
    """Start a PostgreSQL server on a new, empty cluster; as another user when we are root."""
    user = _unprivileged_user()
    folder = Path(tempfile.mkdtemp(prefix="gatehouse-pg-"))
    data = folder / "data"
    if user:
        shutil.chown(folder, user)
    port = free_port()
    options = [f"-c{name}={value}" for name, value in POSTGRES_OPTIONS.items()]
    initdb = [program("initdb"), "-D", str(data), "-U", "gatehouse", "-A", "trust"]
    with (folder.parent / f"{folder.name}.log").open("wb") as log:
        subprocess.run(
            [*initdb, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
            user=user,
            cwd=folder,
            check=True,
            stdout=log,
            stderr=log,
        )
        process = subprocess.Popen(
            [program("postgres"), "-D", str(data), "-k", str(folder), "-p", str(port), *options],
            user=user,
            cwd=folder,
            stdout=log,
            stderr=log,
        )
    try:
        server = PostgreSQL(port)
        wait_until(server.is_ready, process)
        yield server
    finally:
        stop(process, signal.SIGINT)
        shutil.rmtree(folder, ignore_errors=True)
        Path(log.name).unlink(missing_ok=True)


@dataclass
class RedisServer:
    """A Redis server that can be killed and started again on its data."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Give its address."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it and wait until it answers; what it counts is on disk before it answers."""
        options = {"port": self.port, "bind": "127.0.0.1", "dir": self.folder, "save": ""}
        options |= {"appendonly": "yes", "appendfsync": "always", "logfile": "redis.log"}
        words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
        self.process = subprocess.Popen([program("redis-server"), *words])
        wait_until(self._is_ready, self.process)

    def stop(self, signal_number: int = signal.SIGTERM) -> None:
        """End it."""
        assert self.process is not None
        stop(self.process, signal_number)

    def _is_ready(self) -> bool:
        with suppress(RedisError), Redis(port=self.port, socket_timeout=1) as client:
            return bool(client.ping())
        return False


@contextmanager
def running_redis() -> Iterator[RedisServer]:
    """Start a Redis server without data."""
    folder = Path(tempfile.mkdtemp(prefix="gatehouse-redis-"))
    server = RedisServer(folder, free_port())
    server.start()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


NGINX_CONF = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {beside}
    server {{
        listen 127.0.0.1:{port};
        {server}
    }}
}}
"""


@contextmanager
def running_nginx(server: str, beside: str = "") -> Iterator[int]:
    """Start nginx with `server` as the body of its only server block; yields its port.

    What goes beside that block, such as upstreams, is in `beside`.
    """
    folder = Path(tempfile.mkdtemp(prefix="gatehouse-nginx-"))
    folder.chmod(0o755)  # the worker process of a root nginx runs as another user
    port = free_port()
    conf = folder / "nginx.conf"
    conf.write_text(NGINX_CONF.format(folder=folder, port=port, server=server, beside=beside))
    process = subprocess.Popen(
        [program("nginx"), "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(conf)],
    )
    try:
        wait_until(lambda: accepts_connections(port), process)
        yield port
    finally:
        stop(process, signal.SIGQUIT)
        shutil.rmtree(folder, ignore_errors=True)
