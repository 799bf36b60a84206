"""Bundles in a real nginx, and their Lua by itself in LuaJIT."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from gateway.bundle.render import LUA, BundleSpec, render_bundle
from tests.kit.process import COMMAND, Gatehouse
from tests.kit.services import accepts_connections, free_port, program, stop, wait_until

LOOP = """
package.path = "{folder}/?.lua;" .. package.path
local cjson = require("cjson")
local answer = (function() {source} end)()
for line in io.lines() do
  io.write(cjson.encode(answer(cjson.decode(line))), "\\n")
  io.flush()
end
"""


def write_bundle(folder: Path, plan: BundleSpec) -> None:
    """Write a bundle's files, readable by their owner alone."""
    folder.mkdir(mode=0o700, parents=True)
    for name, text in render_bundle(plan).items():
        file = folder / name
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(text)


def order_bundle(gatehouse: Gatehouse, folder: Path) -> int:
    """Let the command write the bundle of the first service's production; gives its port."""
    port = free_port()
    wanted = ["--service", gatehouse.first_start["service"]["system_name"]]
    wanted += ["--environment", "production", "--out", str(folder), "--port", str(port)]
    command = [*COMMAND, "gateway", "bundle", *wanted]
    subprocess.run(command, env=gatehouse.environment, check=True, capture_output=True)
    return port


@contextmanager
def running_bundle(folder: Path, port: int) -> Iterator[None]:
    """Start nginx on a bundle as its README tells; yields when its port is open."""
    command = [program("nginx"), "-p", str(folder), "-e", "error.log", "-c", "nginx.conf"]
    process = subprocess.Popen([*command, "-g", "daemon off;"])
    try:
        wait_until(lambda: accepts_connections(port), process)
        yield
    finally:
        stop(process)


def checked_conf(folder: Path) -> str:
    """Let nginx check a bundle's configuration; gives what it said."""
    command = [program("nginx"), "-t", "-p", str(folder), "-e", "stderr", "-c", "nginx.conf"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stderr


class Lua:
    """A function of the bundle's Lua in LuaJIT, asked line by line: JSON in, JSON out."""

    def __init__(self, source: str) -> None:
        self._process = subprocess.Popen(
            [program("luajit"), "-e", LOOP.format(folder=LUA, source=source)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def __call__(self, question: Any) -> Any:
        """Ask and wait for the answer."""
        sent, said = self._process.stdin, self._process.stdout
        assert sent is not None
        assert said is not None
        sent.write(json.dumps(question).encode() + b"\n")
        sent.flush()
        return json.loads(said.readline())

    def close(self) -> None:
        """End the process."""
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            stream.close()
        self._process.wait(10)
