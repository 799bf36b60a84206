"""The change feed: every committed event once, whoever made it."""

import pytest
from sqlmodel import Session

from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.auth.dependencies import Dependencies
from server.domain.errors import NotFound
from server.domain.events import EventRecord
from server.kit.db import Database
from server.runtime.feed import ChangeFeed
from tests.kit.make import staff
from tests.kit.work import by


def switch(db: Session, provider: NewProvider, value: bool) -> None:
    """Change something."""
    update_settings(by(db, staff(provider)), {"public_search": value})


def switch_and_fail(db: Session, provider: NewProvider) -> None:
    """Change something, then find that it may not be."""
    switch(db, provider, True)
    raise NotFound("There is no such thing.")


def test_events_of_other_processes_arrive_once(deps: Dependencies, acme: NewProvider) -> None:
    told: list[EventRecord] = []
    feed = ChangeFeed(deps.database, told.extend)
    feed.start()
    other_process = Database(deps.database.engine.url.render_as_string(hide_password=False))

    with other_process.write() as db:
        switch(db, acme, True)
    feed.poll()
    feed.poll()

    assert [event.kind for event in told] == ["setting.updated"]
    other_process.close()


def test_own_events_arrive_with_the_commit(deps: Dependencies, acme: NewProvider) -> None:
    told: list[EventRecord] = []
    feed = ChangeFeed(deps.database, told.extend)
    feed.start()

    with deps.database.write() as db:
        switch(db, acme, True)
        assert told == []

    assert [event.kind for event in told] == ["setting.updated"]
    feed.poll()
    assert len(told) == 1


def test_what_is_rolled_back_is_never_told(deps: Dependencies, acme: NewProvider) -> None:
    told: list[EventRecord] = []
    feed = ChangeFeed(deps.database, told.extend)
    feed.start()

    with pytest.raises(NotFound), deps.database.write() as db:
        switch_and_fail(db, acme)
    feed.poll()

    assert told == []
