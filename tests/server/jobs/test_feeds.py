"""Feeds of portlets: fetched when they are old, kept when fetching fails, never expanded."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from server.actions.portal.pages import TEMPLATES
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.errors import Invalid
from server.domain.portal.feeds import Feed
from server.jobs.feed_reader import BadFeed, items_of
from server.jobs.feeds import EVERY, refresh_feeds
from server.kit.clock import FixedClock, utc_now
from tests.kit.make import make_deps, make_provider, staff
from tests.kit.work import by

URL = "https://news.example/feed.xml"
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
<item><title>One &amp; <b>all</b></title><link>https://news.example/1</link>
<pubDate>Thu, 26 Nov 2026 10:00:00 GMT</pubDate></item>
<item><title>Bad</title><link>javascript:alert(1)</link></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Two</title>
<link href="https://news.example/2"/><updated>2026-11-25T00:00:00Z</updated></entry></feed>"""
LAUGHS = '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><item>&b;</item></rss>'


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Dependencies]:
    """Make dependencies on a database of their own."""
    deps = make_deps(tmp_path)
    yield deps
    deps.database.close()


@pytest.fixture
def acme(deps: Dependencies) -> NewProvider:
    """Make a provider with a portlet that shows news."""
    made = make_provider(deps)
    with deps.database.write() as db:
        news = {"kind": "partial", "name": "news", "portlet": "external_rss_feed"}
        TEMPLATES.create(by(db, staff(made)), {**news, "feed_url": URL})
    return made


def feeds(deps: Dependencies) -> list[Feed]:
    with deps.database.read() as db:
        return list(db.exec(select(Feed)))


def at(deps: Dependencies, minutes: int, told: str | Exception) -> Dependencies:
    """Let some time pass, and something be fetched."""

    def fetch(_provider_id: int, url: str, _listening: int | None) -> str:
        assert url == URL
        if isinstance(told, Exception):
            raise told
        return told

    clock = FixedClock(utc_now() + timedelta(minutes=minutes))
    return replace(deps, fetch_feed=fetch, installation=replace(deps.installation, clock=clock))


def test_what_a_portlet_shows_is_fetched_and_stays_when_that_fails(
    deps: Dependencies, acme: NewProvider
) -> None:
    assert refresh_feeds(at(deps, 0, RSS)) == 1
    assert refresh_feeds(at(deps, 1, ATOM)) == 0
    (feed,) = feeds(deps)
    news = {"title": "One & all", "url": "https://news.example/1", "published": "2026-11-26"}
    assert feed.items == [news]

    later = int(EVERY.total_seconds() // 60) + 1
    assert refresh_feeds(at(deps, later, Invalid("is away."))) == 1
    (feed,) = feeds(deps)
    assert (feed.items, feed.error) == ([news], "is away.")
    assert refresh_feeds(at(deps, 2 * later + 1, ATOM)) == 1
    assert [item["title"] for item in feeds(deps)[0].items] == ["Two"]


def test_a_feed_that_no_portlet_shows_any_more_is_dropped(
    deps: Dependencies, acme: NewProvider
) -> None:
    refresh_feeds(at(deps, 0, RSS))
    with deps.database.write() as db:
        work = by(db, staff(acme))
        for row in db.exec(TEMPLATES.query(work.actor)).all():
            TEMPLATES.delete(work, row.id)

    refresh_feeds(at(deps, 1, RSS))

    assert feeds(deps) == []


@pytest.mark.parametrize("text", [LAUGHS, "", "{}", "<html></html>", "<rss", "x" * 2_000_001])
def test_what_is_no_feed_is_refused(text: str) -> None:
    with pytest.raises(BadFeed):
        items_of(text)
