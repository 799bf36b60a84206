"""Referrer filters: who may set them, how many, and what they may be."""

import pytest
from sqlmodel import Session, select

from server.actions.applications.applications import delete_application
from server.actions.applications.referrer_filters import add_filter, delete_filter, list_filters
from server.actions.provider.providers import NewProvider
from server.auth.actors import actor_of_user
from server.domain.applications.referrer_filters import MOST_FILTERS, ReferrerFilter
from server.domain.errors import FilterLimitReached, Forbidden, Invalid, NotFound, Taken
from server.domain.events import EventKind
from server.domain.permissions import Permission
from server.domain.services.services import Service
from tests.kit.make import staff
from tests.kit.work import by
from tests.server.actions.conftest import NOWHERE, event_is, guarded, refused


def values(db: Session, application_id: int) -> list[str]:
    return [row.value for row in list_filters(db, application_id)]


@pytest.mark.parametrize(
    "value", ["www.example.com", "*.example.com", "*", "192.0.2.*", "a-b", "A" * 255, " x.y "]
)
def test_a_filter_is_a_host_with_stars(db: Session, acme: NewProvider, value: str) -> None:
    number = acme.sample.application.id

    row = add_filter(by(db, staff(acme)), number, value)

    assert values(db, number) == [value.strip()]
    event_is(db, EventKind.REFERRER_FILTER_CREATED, number, {"referrer_filter": [None, row.value]})


@pytest.mark.parametrize(
    "value",
    [
        "",
        " ",
        "http://example.com",
        "a/b",
        "a b",
        "a_b",
        "a:8000",
        "b\u00fccher.de",
        "A" * 256,
        "\n",
    ],
)
def test_another_text_is_refused(db: Session, acme: NewProvider, value: str) -> None:
    refused(by(db, staff(acme)), Invalid, add_filter, acme.sample.application.id, value)


def test_an_application_has_five_and_none_twice(db: Session, acme: NewProvider) -> None:
    number = acme.sample.application.id
    for at in range(MOST_FILTERS):
        add_filter(by(db, staff(acme)), number, f"h{at}.example")

    refused(by(db, staff(acme)), Taken, add_filter, number, "H1.example")
    refused(by(db, staff(acme)), FilterLimitReached, add_filter, number, "one.more")

    assert MOST_FILTERS == 5
    assert len(values(db, number)) == 5


def test_a_filter_goes_again(db: Session, acme: NewProvider) -> None:
    number = acme.sample.application.id
    row = add_filter(by(db, staff(acme)), number, "ok.example")

    delete_filter(by(db, staff(acme)), number, row.id)

    assert values(db, number) == []
    change: dict[str, object] = {"referrer_filter": ["ok.example", None]}
    event_is(db, EventKind.REFERRER_FILTER_DELETED, number, change)
    refused(by(db, staff(acme)), NotFound, delete_filter, number, row.id, field="filter_id")


def test_a_developer_sets_his_own_where_developers_manage_applications(
    db: Session, acme: NewProvider
) -> None:
    number, developer = acme.sample.application.id, actor_of_user(acme.sample.user)
    row = add_filter(by(db, developer), number, "ok.example")
    db.get_one(Service, acme.sample.service.id).buyers_manage_apps = False

    refused(by(db, developer), Forbidden, add_filter, number, "two.example")
    refused(by(db, developer), Forbidden, delete_filter, number, row.id)


def test_filters_have_their_permission_and_their_provider(
    acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    number = acme.sample.application.id
    row = add_filter(by(db, staff(acme)), number, "ok.example")

    guarded(
        db,
        (acme, globex),
        Permission.APPLICATIONS_EDIT,
        (add_filter, number, "x.example"),
        (delete_filter, number, row.id),
    )
    foreign = add_filter(by(db, staff(globex)), globex.sample.application.id, "ok.example")
    for nowhere in (*NOWHERE, foreign.id):
        refused(by(db, staff(acme)), NotFound, delete_filter, number, nowhere, field="filter_id")


def test_filters_end_with_their_application(db: Session, acme: NewProvider) -> None:
    number = acme.sample.application.id
    add_filter(by(db, staff(acme)), number, "ok.example")

    delete_application(by(db, staff(acme)), number)

    assert db.exec(select(ReferrerFilter)).all() == []
