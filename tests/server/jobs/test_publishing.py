"""Drafts are published when their time has come, each by itself."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from server.actions.portal.pages import TEMPLATES
from server.auth.dependencies import Dependencies
from server.domain.portal.pages import Template
from server.jobs.publishing import publish_all_due
from server.kit.clock import FixedClock, utc_now
from tests.kit.make import make_deps, make_provider, staff
from tests.kit.work import by


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Dependencies]:
    """Make dependencies on a database of their own."""
    deps = make_deps(tmp_path)
    yield deps
    deps.database.close()


def test_a_draft_is_published_at_its_time_and_not_before(deps: Dependencies) -> None:
    acme, now = make_provider(deps), utc_now()
    with deps.database.write() as db:
        page = {"kind": "page", "name": "/soon", "published": "old", "draft": "new"}
        at = now + timedelta(hours=1)
        number = TEMPLATES.create(by(db, staff(acme)), {**page, "publish_at": at}).id

    def at_hour(hours: int) -> int:
        clock = FixedClock(now + timedelta(hours=hours, minutes=1))
        return publish_all_due(replace(deps, installation=replace(deps.installation, clock=clock)))

    assert at_hour(0) == 0
    assert at_hour(1) == 1
    assert at_hour(2) == 0
    with deps.database.read() as db:
        found = db.get_one(Template, number)
        assert (found.published, found.draft, found.publish_at) == ("new", None, None)
        assert found.changed_by == "schedule"
