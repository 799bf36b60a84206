"""`python -m bench.neighbours`: what a call takes while somebody else keeps the pages busy.

A caller of one tenant calls so many times a second, whatever the answers take, first alone, then
beside each neighbour. Units: milliseconds from when a call was due to the end of its answer.
"""

import asyncio
import json
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from multiprocessing import get_context
from urllib.parse import urlsplit

import httpx2 as httpx
import uvloop

from bench.world import World, running_world
from server.actions.portal.pages import TEMPLATES
from server.actions.work import Work
from server.domain.actors import Actor
from server.runtime.storage import open_storage
from server.settings import Settings

CALLS_PER_S = 100
SECONDS = 10
CALLERS = 8  # connections of the well-behaved one
START_S = 3  # until a neighbour's process is at work
PAGES = 40  # that never end: each is stopped once a minute
ENDLESS = """{% for i in (1..3000000) %}{% for j in (1..3000000) %}{{ i | times: j }}
{% endfor %}{% endfor %}"""
INTROSPECTION = json.dumps(
    {
        "query": """query VisitorNUMBER { __schema { types { name kind description fields {
  name description args { name type { name kind ofType { name kind ofType { name } } } }
  type { name kind ofType { name kind ofType { name } } } } } } }"""
    }
)
GUESS = json.dumps(
    {
        "query": """mutation { login(input: {username: "nobodyNUMBER", password: "wrong-one"}) {
  userErrors { __typename } } }"""
    }
)
ACCOUNTS = json.dumps(
    {
        "query": """{ accounts(first: 50) { nodes { id orgName
  applications(first: 2) { nodes { id name state } } } } }"""
    }
)


@dataclass(frozen=True)
class Times:
    """How long calls took, sorted."""

    ms: list[float]
    not_ok: int

    def share(self, part: float) -> float:
        return self.ms[min(len(self.ms) - 1, int(len(self.ms) * part))]


async def steady(url: str, seconds: float = SECONDS) -> Times:
    """Call at a steady pace over kept connections; a late answer makes the next ones late too."""
    parts = urlsplit(url)
    request = f"GET {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode()
    took_ms: list[float] = []
    not_ok = 0
    began_s = time.perf_counter()
    turns = count()

    async def call() -> None:
        nonlocal not_ok
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        while (due_s := began_s + next(turns) / CALLS_PER_S) < began_s + seconds:
            await asyncio.sleep(due_s - time.perf_counter())
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length:")[2].split()[0])
            await reader.readexactly(length)
            took_ms.append((time.perf_counter() - due_s) * 1000)
            not_ok += not head.startswith(b"HTTP/1.1 200")
        writer.close()

    async with asyncio.TaskGroup() as group:
        for _ in range(CALLERS):
            group.create_task(call())
    return Times(sorted(took_ms), not_ok)


@dataclass(frozen=True)
class Neighbour:
    """Somebody who asks the pages one thing after the other; `path` may have a number in it."""

    name: str
    many: int = 0
    path: str = "/"
    body: str = ""  # posted as JSON, with a number in it
    token: str = ""

    async def keep_on(self, client: httpx.AsyncClient, numbers: Iterator[int]) -> None:
        headers = {"content-type": "application/json"}
        if self.token:
            headers["authorization"] = f"Bearer {self.token}"
        while True:
            with suppress(httpx.HTTPError):
                if self.body:
                    content = self.body.replace("NUMBER", str(next(numbers)))
                    await client.post(self.path, content=content, headers=headers)
                else:
                    await client.get(self.path.replace("NUMBER", str(next(numbers) % PAGES)))


def keep_on(base_url: str, neighbour: Neighbour) -> None:
    """Be a neighbour until the process is ended: a process, not to slow the caller's clock."""

    async def run() -> None:
        numbers = count()
        limits = httpx.Limits(max_connections=neighbour.many)
        async with httpx.AsyncClient(base_url=base_url, timeout=30, limits=limits) as client:
            each = (neighbour.keep_on(client, numbers) for _ in range(neighbour.many))
            await asyncio.gather(*each)

    uvloop.run(run())


def beside(world: World, url: str, neighbour: Neighbour) -> Times:
    """Call while a neighbour does what it does as fast as it is answered."""
    process = get_context("spawn").Process(
        target=keep_on, args=(world.gatehouse.url, neighbour), daemon=True
    )
    if neighbour.many:
        process.start()
        time.sleep(START_S)
    try:
        return uvloop.run(steady(url))
    finally:
        if neighbour.many:
            process.kill()
            process.join()


def neighbours(world: World) -> list[Neighbour]:
    """List who is beside the caller; the first is nobody."""
    token = world.gatehouse.first_start["access_token"]
    return [
        Neighbour("nobody"),
        Neighbour("33 visitors of the home page", 33),
        Neighbour(f"33 visitors of {PAGES} pages that never end", 33, "/endless/NUMBER"),
        Neighbour("8 who introspect, each time another document", 8, "/graphql", INTROSPECTION),
        Neighbour("8 who guess passwords", 8, "/graphql", GUESS),
        Neighbour("8 programs that read 50 accounts", 8, "/admin/api/graphql", ACCOUNTS, token),
    ]


def publish_endless_pages(world: World) -> None:
    """Let the provider publish pages that nobody can render."""
    storage = open_storage(Settings.from_env(world.gatehouse.environment))
    provider_id = world.gatehouse.first_start["provider"]["id"]
    with storage.database.write() as db:
        work = Work(db, Actor.system(provider_id), storage.installation)
        for number in range(PAGES):
            page = {"kind": "page", "name": f"/endless/{number}", "published": ENDLESS}
            TEMPLATES.create(work, page, provider_id)
    storage.database.close()


def main() -> None:
    """Print a Markdown table."""
    with running_world() as world:
        publish_endless_pages(world)
        for what, url in (("authrep", world.authrep), ("Mounted proxy", world.call)):
            for row in _rows(world, what, url):
                print(row, flush=True)


def _rows(world: World, what: str, url: str) -> Iterator[str]:
    yield f"| {what}, {CALLS_PER_S} calls a second, beside | p50 | p99 | p99 to that alone |"
    yield "|---|---|---|---|"
    alone = 0.0
    for neighbour in neighbours(world):
        times = beside(world, url, neighbour)
        p99 = times.share(0.99)
        alone = alone or p99
        failed = f", {times.not_ok} not ok" if times.not_ok else ""
        p50 = times.share(0.5)
        yield f"| {neighbour.name} | {p50:.2f} ms | {p99:.2f} ms{failed} | {p99 / alone:.1f} × |"


if __name__ == "__main__":
    main()
