"""Drafts, versions and times of templates, and what their rules refuse."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from server.actions.portal.pages import TEMPLATES, save_template, take_over
from server.actions.portal.publishing import (
    drop_draft,
    hide_template,
    list_changes,
    list_versions,
    publish_changes,
    publish_template,
    reset_template,
    revert_to_version,
    schedule_template,
)
from server.actions.provider.providers import NewProvider
from server.domain.errors import BrokenTemplate, EditConflict, InUse, Invalid, NotFound
from tests.kit.make import staff
from tests.kit.work import by
from tests.server.actions.conftest import refused

PAGE = {"kind": "page", "name": "/sun", "title": "Sun", "published": "one"}


def test_publishing_keeps_versions_and_saving_a_draft_does_not(
    acme: NewProvider, db: Session
) -> None:
    work = by(db, staff(acme))
    page = TEMPLATES.create(work, PAGE)
    TEMPLATES.update(work, page.id, {"draft": "two"})
    assert list_versions(work, page.id) == []

    publish_template(work, page.id)

    assert [version.text for version in list_versions(work, page.id)] == ["two", "one"]
    assert {version.author for version in list_versions(work, page.id)} == {work.actor.name}
    publish_template(work, page.id)  # again, with nothing new
    assert len(list_versions(work, page.id)) == 2
    oldest = list_versions(work, page.id)[-1]
    revert_to_version(work, oldest.id)
    assert (page.draft, page.published) == ("one", "two")


def test_a_page_is_hidden_with_its_text_kept(acme: NewProvider, db: Session) -> None:
    work = by(db, staff(acme))
    page = TEMPLATES.create(work, PAGE)

    hide_template(work, page.id)
    assert (page.published, page.draft, page.hidden) == (None, "one", True)
    publish_template(work, page.id)

    assert (page.published, page.draft, page.hidden) == ("one", None, False)


def test_changes_are_listed_and_published_together_or_not_at_all(
    acme: NewProvider, db: Session
) -> None:
    work = by(db, staff(acme))
    first = TEMPLATES.create(work, {**PAGE, "draft": "a"})
    second = TEMPLATES.create(work, {"kind": "partial", "name": "x", "draft": "b"})
    TEMPLATES.create(work, {"kind": "partial", "name": "y", "published": "c"})
    assert {row.id for row in list_changes(work)} == {first.id, second.id}

    refused(work, NotFound, publish_changes, [first.id, 999_999])
    publish_changes(work)

    assert (first.published, second.published, list_changes(work)) == ("a", "b", [])


def test_a_time_is_of_a_draft_and_to_come(acme: NewProvider, db: Session) -> None:
    work = by(db, staff(acme))
    page = TEMPLATES.create(work, PAGE)
    soon = work.now + timedelta(hours=1)
    refused(work, Invalid, schedule_template, page.id, soon, field="publish_at")
    TEMPLATES.update(work, page.id, {"draft": "two"})
    past = work.now - timedelta(hours=1)
    refused(work, Invalid, schedule_template, page.id, past, field="publish_at")

    schedule_template(work, page.id, soon)
    assert page.publish_at == soon
    drop_draft(work, page.id)

    assert page.draft is None
    assert list_changes(work) == []


def test_whoever_comes_second_is_told_who_came_first(acme: NewProvider, db: Session) -> None:
    work = by(db, staff(acme))
    page = TEMPLATES.create(work, PAGE)
    loaded = page.lock_version
    save_template(work, page.id, {"draft": "mine"}, loaded)

    for act in (publish_template, hide_template, drop_draft):
        refused(work, EditConflict, act, page.id, loaded, field="lock_version")
    with pytest.raises(EditConflict, match=work.actor.name):
        save_template(work, page.id, {"draft": "yours"}, loaded)
    assert page.draft == "mine"


def test_what_is_shipped_is_taken_over_and_reset_but_not_renamed(
    acme: NewProvider, db: Session
) -> None:
    work = by(db, staff(acme))
    row = take_over(work, "page", "login/new")
    assert take_over(work, "page", "login/new").id == row.id
    refused(work, NotFound, take_over, "page", "no/such")
    refused(work, Invalid, TEMPLATES.update, row.id, {"name": "signup/show"}, field="name")
    assert take_over(work, "page", "/docs").handler == "markdown"

    assert reset_template(work, "page", "login/new").draft


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"kind": "page", "name": "/x", "draft": "a\n{{ 'x' | nothing }}"}, "line 2, column 10"),
        ({"kind": "page", "name": "/x", "published": "{% if x %}"}, "line 1"),
        ({"kind": "layout", "name": "wide", "draft": "{% if %}"}, "line 1"),
        ({"kind": "partial", "name": "p", "published": "{% for x in y %}"}, "line 1"),
        ({"kind": "layout", "name": "main_layout", "draft": "<main></main>"}, "{% content %}"),
    ],
)
def test_a_broken_text_is_refused_with_its_place(
    acme: NewProvider, db: Session, values: dict[str, str], told: str
) -> None:
    with pytest.raises(BrokenTemplate) as caught:
        TEMPLATES.create(by(db, staff(acme)), values)

    assert caught.value.field in values
    assert told in caught.value.message


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/terms", "legal"),
        ("/privacy.html", "legal"),
        ("/refunds.htm", "legal"),
        ("/login", "portal itself"),
        ("/admin/applications/7", "portal itself"),
        ("/p/admin/x", "portal itself"),
        ("/a//b/", "/a/b"),
        ("/a?b", "/a-b"),
        ("/a/../b", "/a/b"),
    ],
)
def test_a_path_that_no_page_can_have_is_refused_with_the_reason(
    acme: NewProvider, db: Session, path: str, told: str
) -> None:
    with pytest.raises(Invalid, match=told):
        TEMPLATES.create(by(db, staff(acme)), {"kind": "page", "name": path})


def test_legal_terms_are_in_force_as_they_are_saved(acme: NewProvider, db: Session) -> None:
    terms = {"kind": "partial", "name": "signup_licence", "draft": "Be kind."}

    row = TEMPLATES.create(by(db, staff(acme)), terms)

    assert (row.published, row.draft) == ("Be kind.", None)


def test_a_layout_that_pages_stand_in_stays(acme: NewProvider, db: Session) -> None:
    work = by(db, staff(acme))
    wide = {"kind": "layout", "name": "wide", "published": "{% content %}"}
    layout = TEMPLATES.create(work, wide)
    page = TEMPLATES.create(work, {**PAGE, "layout": "wide"})
    refused(work, InUse, TEMPLATES.delete, layout.id)

    TEMPLATES.update(work, page.id, {"layout": "none"})

    TEMPLATES.delete(work, layout.id)


def test_only_a_page_of_plain_words_is_searched(acme: NewProvider, db: Session) -> None:
    work = by(db, staff(acme))
    page = TEMPLATES.create(work, {**PAGE, "published": "words {% include 'x' %}"})
    assert page.searchable

    for change in ({"published": "{% if a %}b{% endif %}"}, {"content_type": "text/css"}):
        assert not TEMPLATES.update(work, page.id, change).searchable


def test_a_portlet_needs_what_it_shows(acme: NewProvider, db: Session) -> None:
    work = by(db, staff(acme))
    news = {"kind": "partial", "name": "news", "portlet": "external_rss_feed"}
    refused(work, Invalid, TEMPLATES.create, news, field="feed_url")
    refused(
        work, Invalid, TEMPLATES.create, {**PAGE, "portlet": "table_of_contents"}, field="portlet"
    )

    row = TEMPLATES.create(work, {**news, "feed_url": "https://news.example/feed"})

    assert (row.portlet, row.feed_url) == ("external_rss_feed", "https://news.example/feed")


def test_pages_of_one_title_have_system_names_of_their_own(acme: NewProvider, db: Session) -> None:
    work = by(db, staff(acme))
    pages = [TEMPLATES.create(work, {**PAGE, "name": f"/{number}"}) for number in range(3)]

    assert [page.system_name for page in pages] == ["sun", "sun_2", "sun_3"]
