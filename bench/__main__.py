"""`make bench`: every row of the design's speed table that exists, beside its target."""

import json
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx2 as httpx

from bench import keys
from bench.load import alternating, wrk
from bench.quiet import Quiet
from bench.rows import Row, failed, print_table
from bench.soak.watch import look
from bench.world import KEYS_IN_USE, Shape, World, running_world
from tests.kit.bundle import order_bundle, running_bundle
from tests.kit.process import Gatehouse
from tests.kit.services import running_redis

CONCURRENCY = 32
QUERY = """{ accounts(first: 50) { nodes { id orgName state
  applications(first: 2) { nodes { id name state userKey } } } } }"""
POST = """
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer {token}"
wrk.body = [[{body}]]
"""
KEYS = """
local number = 0
request = function()
  number = (number + 1) % {keys}
  return wrk.format("GET", "{path}/hello?user_key=key" .. number)
end
"""


def main() -> None:
    """Measure everything and print a Markdown table."""
    quiet = Quiet()
    print_table(_rows(quiet), quiet)


def _rows(quiet: Quiet) -> Iterator[Row]:
    with running_world() as world:
        for measure in (_proxy, _bundle, _authrep, _graphql, _pages):
            quiet.wait()
            yield from measure(world)
        yield _start(world.gatehouse)
    yield from _authrep_on_redis(quiet)
    yield from _many_rules(quiet)
    yield from _many_applications(quiet)
    yield from keys.rows(quiet)


def _proxy(world: World) -> Iterator[Row]:
    urls = [world.peer, world.plain_peer, world.call]
    peer, plain, ours = alternating(urls, connections=CONCURRENCY)
    ratio = ours.per_s / peer.per_s
    yield Row(
        f"Mounted proxy, c={CONCURRENCY}",
        f"{ours.per_s:,.0f}/s, {ratio:.2f} of nginx ({peer.per_s:,.0f}/s), {failed(ours)}; "
        f"{ours.per_s / plain.per_s:.2f} of one that keeps no connections ({plain.per_s:,.0f}/s)",
        "≥ 0.22 of nginx",
        ratio >= 0.22 and not ours.not_ok,
    )
    yield Row(
        "… its p99", f"{ours.p99_ms:.1f} ms (nginx {peer.p99_ms:.1f})", "≤ 5 ms", ours.p99_ms <= 5
    )
    peer, ours = alternating([world.peer, world.call], connections=1)
    added = ours.p50_ms - peer.p50_ms
    yield Row("… added to the median at c=1", f"{added:.2f} ms", "≤ 0.15 ms", added <= 0.15)


def _bundle(world: World) -> Iterator[Row]:
    """Call a bundle that asks Gatehouse about each call, with nginx's default of workers."""
    folder = world.gatehouse.data_dir / "bundle"
    port = order_bundle(world.gatehouse, folder)
    with running_bundle(folder, port):
        url = f"http://127.0.0.1:{port}/hello?{urlsplit(world.call).query}"
        urls = [world.peer, world.plain_peer, url]
        peer, plain, ours = alternating(urls, connections=CONCURRENCY, rounds=2)
    ratio = ours.per_s / peer.per_s
    yield Row(
        f"NGINX bundle, exact counts, c={CONCURRENCY}",
        f"{ours.per_s:,.0f}/s, {ratio:.2f} of nginx ({peer.per_s:,.0f}/s), "
        f"p99 {ours.p99_ms:.1f} ms, {failed(ours)}; "
        f"{ours.per_s / plain.per_s:.2f} of one that keeps no connections",
        "≥ 0.25 of nginx",
        ratio >= 0.25 and not ours.not_ok,
    )


def _authrep(world: World) -> Iterator[Row]:
    load = wrk(world.authrep, connections=64)
    measured = f"{load.per_s:,.0f}/s, p99 {load.p99_ms:.1f} ms, {failed(load)}"
    yield Row("authrep, embedded, c=64", measured, "≥ 10,000/s", load.per_s >= 10_000)


def _authrep_on_redis(quiet: Quiet) -> Iterator[Row]:
    with running_redis() as redis, running_world(Shape(accounts=1), redis.url) as world:
        quiet.wait()
        load = wrk(world.authrep, connections=64)
    measured = f"{load.per_s:,.0f}/s, p99 {load.p99_ms:.1f} ms, {failed(load)}"
    yield Row("authrep, with Redis, c=64", measured, "≥ 8,000/s", load.per_s >= 8_000)


def _graphql(world: World) -> Iterator[Row]:
    script = world.gatehouse.data_dir / "graphql.lua"
    token = world.gatehouse.first_start["access_token"]
    body = json.dumps({"query": QUERY})
    script.write_text(POST.format(token=token, body=body))
    load = wrk(f"{world.gatehouse.url}/admin/api/graphql", connections=8, script=script)
    measured = f"{load.per_s:,.0f}/s, {failed(load)}"
    yield Row("Admin GraphQL, 50 accounts × 2 applications", measured, "≥ 150/s", load.per_s >= 150)


def _pages(world: World) -> Iterator[Row]:
    url = world.gatehouse.url
    home = wrk(f"{url}/", connections=8)
    yield Row(
        "Portal home page", f"{home.per_s:,.0f}/s, {failed(home)}", "≥ 800/s", home.per_s >= 800
    )
    script = world.gatehouse.data_dir / "cookie.lua"
    script.write_text(f'wrk.headers["Cookie"] = "{_portal_cookie(world)}"\n')
    pages = wrk(f"{url}/admin", connections=8, script=script)
    measured = f"{pages.per_s:,.0f}/s, {failed(pages)}"
    yield Row("Logged-in dashboard", measured, "≥ 300/s", pages.per_s >= 300)


def _portal_cookie(world: World) -> str:
    """Log in as the sample developer and give the cookie header."""
    sample = world.gatehouse.first_start["sample"]
    with httpx.Client(base_url=world.gatehouse.url) as browser:
        page = browser.get("/login").text
        token = page.partition('name="authenticity_token" value="')[2].partition('"')[0]
        form = {
            "username": sample["username"],
            "password": sample["password"],
            "authenticity_token": token,
        }
        browser.post("/session", data=form, headers={"Origin": world.gatehouse.url})
        return "; ".join(f"{name}={value}" for name, value in browser.cookies.items())


def _start(gatehouse: Gatehouse) -> Row:
    gatehouse.stop()
    began_s = time.perf_counter()
    gatehouse.start()
    took_s = time.perf_counter() - began_s
    httpx.get(gatehouse.url, timeout=30)
    page_s = time.perf_counter() - began_s
    held_mb = _memory_mb(gatehouse)
    met = took_s <= 2 and held_mb <= 150
    measured = f"{took_s:.1f} s, {held_mb:.0f} MB (first page after {page_s:.1f} s)"
    return Row("Start to first answer, memory after it", measured, "≤ 2 s, ≤ 150 MB", met)


def _memory_mb(gatehouse: Gatehouse) -> float:
    process = gatehouse.process
    return sum(each.pss_mb for each in look(process.pid)) if process is not None else 0


def _many_rules(quiet: Quiet) -> Iterator[Row]:
    speeds = []
    for rules in (10, 10_000):
        with running_world(Shape(rules=rules, accounts=1)) as world:
            httpx.get(world.call, timeout=30)  # loads the document
            quiet.wait()
            speeds.append(wrk(world.call, connections=CONCURRENCY).per_s)
    ratio = speeds[0] / speeds[1]
    yield Row("10 → 10,000 mapping rules, per call", f"{ratio:.2f} ×", "≤ 1.3 ×", ratio <= 1.3)


def _many_applications(quiet: Quiet) -> Iterator[Row]:
    """Call with the same number of keys, of few applications and of a million."""
    speeds, held_mb = [], []
    for applications in (KEYS_IN_USE, 1_000_000):
        with running_world(Shape(accounts=1, applications=applications)) as world:
            script = world.gatehouse.data_dir / "keys.lua"
            script.write_text(KEYS.format(path=world.production_path, keys=KEYS_IN_USE))
            wrk(world.gatehouse.url, connections=CONCURRENCY, seconds=1, script=script)
            quiet.wait()
            speeds.append(wrk(world.gatehouse.url, connections=CONCURRENCY, script=script).per_s)
            held_mb.append(_memory_mb(world.gatehouse))
    ratio = speeds[0] / speeds[1]
    yield Row(
        "100 → 1,000,000 applications, 100 in use, per call",
        f"{ratio:.2f} ×, {held_mb[0]:.0f} → {held_mb[1]:.0f} MB",
        "≤ 1.3 ×",
        ratio <= 1.3,
    )


if __name__ == "__main__":
    main()
