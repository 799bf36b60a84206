"""News of other sites for portlets: fetched every ten minutes, with the guard of all fetching."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlmodel import Session, col, select

from server.auth.dependencies import Dependencies
from server.domain.errors import DomainError
from server.domain.portal.feeds import Feed
from server.domain.portal.pages import Portlet, Template
from server.jobs.feed_reader import BadFeed, items_of

EVERY = timedelta(minutes=10)
AT_ONCE = 20  # feeds in one run of the job
log = structlog.get_logger("gatehouse.jobs")


@dataclass(frozen=True, slots=True)
class Due:
    """A feed that is to be fetched."""

    provider_id: int
    url: str


def refresh_feeds(deps: Dependencies) -> int:
    """Fetch what portlets show and is old; tell how many. What fails stays as it was.

    Nothing of the database is held while others answer.
    """
    now = deps.installation.clock.now()
    with deps.database.read() as db:
        due = list(_due(db, now))[:AT_ONCE]
    for feed in due:
        try:
            items, error = items_of(deps.fetch_feed(feed.provider_id, feed.url, None)), ""
        except (DomainError, BadFeed) as refusal:
            items, error = None, str(refusal)
            log.warning("a feed can't be read", provider_id=feed.provider_id, error=error)
        with deps.database.write() as db:
            _keep(db, feed, items, error, now)
    with deps.database.write() as db:
        _drop_unused(db)
    return len(due)


def _shown(db: Session) -> set[tuple[int, str]]:
    query = select(Template.provider_id, Template.feed_url).where(
        Template.portlet == Portlet.RSS_FEED, Template.feed_url != ""
    )
    return set(db.exec(query).all())


def _due(db: Session, now: datetime) -> Iterator[Due]:
    known = {(feed.provider_id, feed.url): feed.tried_at for feed in db.exec(select(Feed))}
    for provider_id, url in sorted(_shown(db)):
        tried_at = known.get((provider_id, url))
        if tried_at is None or tried_at <= now - EVERY:
            yield Due(provider_id, url)


def _keep(
    db: Session, due: Due, items: list[dict[str, str]] | None, error: str, now: datetime
) -> None:
    query = select(Feed).where(Feed.provider_id == due.provider_id, Feed.url == due.url)
    feed = db.exec(query).first() or Feed(provider_id=due.provider_id, url=due.url)
    feed.tried_at, feed.error = now, error
    if items is not None:
        feed.items, feed.fetched_at = items, now
    db.add(feed)


def _drop_unused(db: Session) -> None:
    shown = _shown(db)
    for feed in db.exec(select(Feed).order_by(col(Feed.id))):
        if (feed.provider_id, feed.url) not in shown:
            db.delete(feed)
