"""Fetching a specification: from where the gateway may call, within bounds, told in words."""

import asyncio
from functools import partial
from threading import Thread
from typing import Any

import pytest

from server.domain.errors import Invalid, LimitReached, Unavailable
from server.runtime import fetching
from server.runtime.fetching import text_of
from tests.kit.fetching import SPEC, Site, a_fetcher, a_site, a_site_beside, sends_on, streams

now = partial(asyncio.sleep, 0)


async def refused(url: str, fetcher: Any = None, **given: Any) -> str:
    """Fetch what must be refused; gives the reason."""
    with pytest.raises(Invalid) as caught:
        await (fetcher or a_fetcher()).read(url, **given)
    assert caught.value.field == "source_url"
    assert "127.0.0.1" not in caught.value.message
    return caught.value.message


async def test_a_document_is_fetched_with_its_query() -> None:
    async with a_site() as site:
        assert await a_fetcher().read(f"{site.url}/spec?a=b") == SPEC


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_followed(status: int) -> None:
    async with a_site() as site:
        site.answers["/old"] = sends_on("./spec#part", status)

        assert await a_fetcher().read(f"{site.url}/old") == SPEC


async def test_three_redirects_are_followed_and_no_more() -> None:
    async with a_site() as site:
        for number in range(4):
            site.answers[f"/{number}"] = sends_on(f"/{number - 1}" if number else "/spec")

        assert await a_fetcher().read(f"{site.url}/2") == SPEC
        assert "more than 3 times" in await refused(f"{site.url}/3")


@pytest.mark.parametrize(
    "target", ["ftp://example.com/x", "file:///etc/passwd", "ws://x/", "http://u:p@x/", "http://"]
)
async def test_a_redirect_to_anything_else_is_refused(target: str) -> None:
    async with a_site() as site:
        site.answers["/old"] = sends_on(target)

        assert "no http or https address" in await refused(f"{site.url}/old")


async def test_private_networks_are_closed_where_they_are_denied() -> None:
    async with a_site() as site:
        assert "private network" in await refused(f"{site.url}/spec", a_fetcher("deny"))
        assert site.asked == []


async def test_a_redirect_to_a_private_network_is_refused_before_it_is_connected_to() -> None:
    async with a_site() as ours, a_site() as inside:
        ours.answers["/echo/on"] = sends_on(f"{inside.url}/spec")
        fetcher = a_fetcher("deny", ours.url)  # only the Echo API is open

        assert "private network" in await refused(f"{ours.url}/echo/on", fetcher)
        assert (ours.asked, inside.asked) == (["/echo/on"], [])


@pytest.mark.parametrize("path", ["/spec", "/echo/../spec", "/echo/%2e%2e/spec", "/echo%2f..%2fx"])
async def test_this_server_is_never_asked_but_for_its_echo_api(path: str) -> None:
    async with a_site() as site:
        site.answers["/echo/spec"] = SPEC
        fetcher = a_fetcher("allow", site.url)

        assert "leads back to this server" in await refused(f"{site.url}{path}", fetcher)
        assert site.asked == []
        assert await fetcher.read(f"{site.url}/echo/spec") == SPEC


async def test_the_port_that_was_asked_is_this_server_too() -> None:
    async with a_site() as site:
        port = int(site.url.rpartition(":")[2])

        assert "leads back" in await refused(f"{site.url}/spec", listening=port)


async def test_an_endless_answer_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 1_000_000)
    async with a_site() as site:
        site.answers["/endless"] = streams(b"x" * 65_536, 1_000, now)
        site.answers["/long"] = (200, {"content-length": "1000001"})

        assert "25000000 characters" in await refused(f"{site.url}/endless")
        assert "25000000 characters" in await refused(f"{site.url}/long")


async def test_a_slow_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "TIMEOUT_S", 0.2)
    async with a_site() as site:
        site.answers["/slow"] = streams(b"x", 1_000, partial(asyncio.sleep, 0.02))

        assert "did not give its document within" in await refused(f"{site.url}/slow")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((404, {}), "answered 404"),
        ((500, {}), "answered 500"),
        ((304, {}), "answered 304"),
        ((302, {}), "no http or https address"),
        ((200, {"content-encoding": "gzip"}), "compressed"),
    ],
)
async def test_an_answer_without_a_document_is_told(answer: Any, words: str) -> None:
    async with a_site() as site:
        site.answers["/x"] = answer

        assert words in await refused(f"{site.url}/x")


async def test_who_does_not_answer_is_told_alike() -> None:
    async with a_site() as site:
        closed = f"{site.url}/spec"

    assert await refused(closed) == await refused("http://nowhere.invalid/spec")


@pytest.mark.parametrize("url", ["ftp://x/", "ws://x/", "x", "http://u@x/", "http://x/#a"])
async def test_only_http_and_https_are_fetched(url: str) -> None:
    assert "https://api.example.com" in await refused(url)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\n<!doctype html>", "a web page or XML"),
        (b"\xef\xbb\xbf <?xml?>", "a web page or XML"),
        (b"\xff\xfe{", "UTF-8"),
        (b" \n", "empty"),
    ],
)
def test_what_is_no_document_is_told(content: bytes, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        text_of(content)


def test_a_provider_fetches_one_at_a_time_and_not_before_it_can() -> None:
    fetcher = a_fetcher()
    with pytest.raises(Unavailable):
        fetcher(1, "http://x/")
    with a_site_beside(fetcher) as site:
        _is_one_at_a_time(fetcher, site)


def _is_one_at_a_time(fetcher: Any, site: Site) -> None:
    reached, go_on, got = asyncio.Event(), asyncio.Event(), []

    async def wait() -> None:
        reached.set()
        await go_on.wait()

    site.answers["/wait"] = streams(SPEC, 1, wait)
    first = Thread(target=lambda: got.append(fetcher(1, f"{site.url}/wait")))
    first.start()
    asyncio.run_coroutine_threadsafe(reached.wait(), fetcher._loop).result(10)

    with pytest.raises(LimitReached, match="another one is"):
        fetcher(1, f"{site.url}/spec")
    other = fetcher(2, f"{site.url}/spec")
    fetcher._loop.call_soon_threadsafe(go_on.set)
    first.join()

    assert [*got, other, fetcher(1, f"{site.url}/spec")] == [SPEC.decode()] * 3
