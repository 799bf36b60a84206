"""Lists of applications: narrowed, sorted, and one found by its key."""

import pytest
from sqlmodel import Session, select

from server.actions.applications.applications import create_application
from server.actions.applications.keys import add_key
from server.actions.applications.lists import (
    LISTINGS,
    ApplicationFilter,
    ApplicationSort,
    find_by_key,
    narrowed_applications,
)
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.errors import Forbidden, Invalid
from server.domain.permissions import Permission
from server.domain.plans.plans import ApplicationPlan
from server.kit.paging import Window, list_page
from tests.kit.make import staff
from tests.kit.work import by
from tests.server.actions.conftest import without

KEY = "a-key-of-its-own"


def names(db: Session, acme: NewProvider, **wanted: object) -> list[str]:
    narrowed = ApplicationFilter(**wanted)  # type: ignore[arg-type]  # each test gives one of them
    query = narrowed_applications(by(db, staff(acme)), narrowed).query
    return sorted(row.name for row in db.exec(query))


@pytest.fixture
def second(db: Session, deps: Dependencies, acme: NewProvider) -> int:
    """Make another application, on the other plan; gives its id."""
    sample = acme.sample.application
    other = db.exec(select(ApplicationPlan.id).where(ApplicationPlan.id != sample.plan_id)).first()
    work = by(db, staff(acme), deps.installation)
    values = {"name": "a radar", "user_key": KEY, "application_id": "radar-1"}
    return create_application(work, sample.account_id, other or 0, values).id


def test_each_filter_narrows_the_list(db: Session, acme: NewProvider, second: int) -> None:
    sample = acme.sample.application
    both = ["Developer's App", "a radar"]

    assert names(db, acme) == both
    assert names(db, acme, plan_id=sample.plan_id) == both[:1]
    assert names(db, acme, service_id=sample.service_id) == both
    assert names(db, acme, service_id=99) == []
    assert names(db, acme, state="suspended") == []
    assert names(db, acme, search="RADAR") == both[1:]
    assert names(db, acme, search="radar-1") == both[1:]
    assert names(db, acme, search="develop") == both  # the organisation's name
    assert names(db, acme, wants_plan=True) == []


@pytest.mark.usefixtures("second")
@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (ApplicationSort.OLDEST, ["Developer's App", "a radar", "B"]),
        (ApplicationSort.NEWEST, ["B", "a radar", "Developer's App"]),
        (ApplicationSort.NAME, ["a radar", "B", "Developer's App"]),
    ],
)
def test_a_list_is_sorted_and_paged(
    sort: ApplicationSort,
    expected: list[str],
    db: Session,
    deps: Dependencies,
    acme: NewProvider,
) -> None:
    sample, cursors = acme.sample.application, deps.installation.cursors
    work = by(db, staff(acme), deps.installation)
    create_application(work, sample.account_id, sample.plan_id, {"name": "B"})
    query = narrowed_applications(work, ApplicationFilter()).query
    found, after = list[str](), None
    for _ in expected:
        page = list_page(db, LISTINGS[sort], query, Window(first=1, after=after), cursors)
        found += [row.name for row in page.rows]
        after = page.last_cursor
    back = list_page(db, LISTINGS[sort], query, Window(last=2, before=after), cursors)

    assert found == expected
    assert [row.name for row in back.rows] == expected[:2]
    assert not page.has_next


def test_a_key_leads_to_its_application_and_to_no_other_providers(
    db: Session, deps: Dependencies, acme: NewProvider, globex: NewProvider, second: int
) -> None:
    work = by(db, staff(acme), deps.installation)
    add_key(work, second, "an-app-key")

    for key in (KEY, "an-app-key", "radar-1"):
        assert [row.id for row in find_by_key(work, key)] == [second]
        assert not find_by_key(by(db, staff(globex), deps.installation), key)
    assert not find_by_key(work, KEY.upper())
    assert not find_by_key(work, "")
    for odd in ("a\x00b", "x" * 257, "\ud800"):
        with pytest.raises(Invalid):
            find_by_key(work, odd)
    with pytest.raises(Forbidden):
        find_by_key(by(db, without(acme, Permission.APPLICATIONS_READ), deps.installation), KEY)
