"""Answers for visitors are made once, and never given where they could be wrong or another's."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import httpx2 as httpx
import pytest
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from cms.portal.changes import Changes
from cms.portal.kept_answers import KeptAnswers
from cms.portal.routes import routes
from server.actions.portal.looks import update_look
from server.actions.portal.pages import TEMPLATES
from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.auth.dependencies import Dependencies
from server.domain.events import EventKind, EventRecord
from server.kit.clock import FixedClock, utc_now
from server.kit.db import Database
from server.web.compression import Compressed
from tests.cms.browser import BASE, patient_renderer
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.work import by


class Noting:
    """An app that notes what reaches it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.reached: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            self.reached.append(scope["path"])
        await self._app(scope, receive, send)


class Visitor:
    """Asks a portal with a memory, each time as nobody."""

    def __init__(self, deps: Dependencies) -> None:
        renderer = patient_renderer(deps)
        self._behind = Noting(Compressed(Starlette(routes=routes(deps, renderer))))
        self._app = KeptAnswers(self._behind, deps)

    def reached(self) -> int:
        return len(self._behind.reached)

    def browser(self) -> Browser:
        return Browser(TestClient(self._app, base_url=BASE, follow_redirects=False))

    def ask(self, path: str = "/", method: str = "GET", **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with TestClient(self._app, base_url=BASE, follow_redirects=False) as client:
            del client.headers["accept-encoding"]
            return client.request(method, path, headers=named)

    def is_kept(self, path: str = "/", method: str = "GET", **headers: str) -> bool:
        before = len(self._behind.reached)
        self.ask(path, method, **headers)
        return len(self._behind.reached) == before

    def warm(self, path: str = "/", **headers: str) -> None:
        """Ask until it is kept: the first answer tells whose the host is."""
        for _ in range(2):
            self.ask(path, **headers)
        assert self.is_kept(path, **headers)


@pytest.fixture
def visitor(deps: Dependencies, acme: NewProvider) -> Visitor:
    return Visitor(deps)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(utc_now())


@pytest.fixture
def still(deps: Dependencies, acme: NewProvider, clock: FixedClock) -> Visitor:
    """Look at the portal while the clock stands still."""
    return Visitor(replace(deps, installation=replace(deps.installation, clock=clock)))


def test_what_is_given_is_what_was_made(visitor: Visitor) -> None:
    for path in ("/", "/plans", "/docs"):
        for encoding in ("identity", "gzip"):
            first = visitor.ask(path, accept_encoding=encoding)
            visitor.warm(path, accept_encoding=encoding)
            kept = visitor.ask(path, accept_encoding=encoding)

            assert kept.text == first.text
            assert kept.headers == first.headers
            assert "set-cookie" not in kept.headers
            assert kept.headers["cache-control"] == "no-store"
            assert ("content-encoding" in kept.headers) is (encoding == "gzip")


def test_whoever_brings_more_gets_an_answer_of_his_own(visitor: Visitor) -> None:
    visitor.warm()
    own = {
        "a session": {"cookie": "user_session=0123"},
        "a notice": {"cookie": "portal_flash=x.y"},
        "an access code": {"cookie": "access_code=abc"},
        "a preview": {"cookie": "portal_preview=draft.9999999999.x"},
        "an unknown cookie": {"cookie": "portal_form=" + "0" * 32 + "; later=1"},
        "another origin": {"origin": "https://elsewhere.example"},
        "credentials": {"authorization": "Basic dTpw"},
        "another language": {"accept_language": "es"},
        "a choice": {"cookie": "portal_language=de"},
        "another host": {"host": "other.example"},
        "compression": {"accept_encoding": "gzip"},
        "Markdown": {"accept": "text/markdown"},
        "no link": {"sec_fetch_dest": "iframe"},
    }

    assert visitor.is_kept(cookie="portal_form=" + "0" * 32)
    assert [title for title, headers in own.items() if visitor.is_kept(**headers)] == []
    assert not visitor.is_kept("/?a=1")
    assert not visitor.is_kept(method="HEAD")
    assert not visitor.is_kept(method="POST")
    assert not visitor.is_kept("/es/")


def test_languages_are_kept_apart_and_a_choice_is_remembered(visitor: Visitor) -> None:
    visitor.warm(accept_language="es")
    visitor.warm(cookie="portal_language=de")

    assert 'lang="es"' in visitor.ask(accept_language="es-MX, en;q=0.1").text
    assert 'lang="de"' in visitor.ask(cookie="portal_language=de").text
    assert 'lang="en"' in visitor.ask().text
    for _ in range(3):
        assert "portal_language=es" in visitor.ask("/es/").headers["set-cookie"]


def test_a_developers_page_is_nobody_elses(acme: NewProvider, visitor: Visitor) -> None:
    john = visitor.browser()
    john.log_in_john(acme)
    own = [john.page("/") for _ in range(3)]
    visitor.warm()

    assert all("/admin/applications" in page for page in own)
    assert "/admin/applications" not in visitor.ask().text
    assert "/admin/applications" in john.page("/")


def test_a_change_is_seen_at_once_whoever_made_it(
    deps: Dependencies, acme: NewProvider, visitor: Visitor
) -> None:
    visitor.warm()
    with deps.database.write() as db:
        update_look(by(db, staff(acme), deps.installation), {"hero_title": "Weather for all"})
    assert "Weather for all" in visitor.ask().text

    visitor.warm()
    with closing(Database(deps.database.url)) as elsewhere, elsewhere.write() as db:
        update_look(by(db, staff(acme), deps.installation), {"hero_title": "Rain for all"})
    assert "Rain for all" in visitor.ask().text

    visitor.warm()
    with deps.database.write() as db:
        update_settings(by(db, staff(acme)), {"site_access_code": "sesame"})
    assert visitor.ask().status_code == 303
    assert not visitor.is_kept()


OWN = ("/", "/admin", "/admin/applications", "/admin/applications/1", "/admin/account")


def test_who_is_logged_in_is_given_his_own_page_again_within_a_second(
    acme: NewProvider, still: Visitor, clock: FixedClock
) -> None:
    john, again = still.browser(), still.browser()
    john.log_in_john(acme)
    again.log_in_john(acme)  # the same developer by another session
    for path in OWN:
        first, made = [john.get(path) for _ in range(3)][0], still.reached()
        kept = john.get(path)

        assert (kept.status_code, still.reached()) == (200, made), path
        assert kept.content == first.content
        assert "set-cookie" not in kept.headers
        other = again.page(path)
        assert still.reached() == made + 1
        assert john.token(path) not in other

    john.get("/admin")
    made = still.reached()
    john.client.headers["accept-language"] = "de"
    assert 'lang="de"' in john.page("/admin")
    clock.at += timedelta(seconds=1)
    john.page("/admin")
    john.page("/admin?a=1")
    assert still.reached() == made + 3


def test_what_a_developer_sees_is_never_older_than_what_was_committed(
    deps: Dependencies, acme: NewProvider, still: Visitor
) -> None:
    john, again = still.browser(), still.browser()
    john.log_in_john(acme)
    again.log_in_john(acme)
    for browser in (john, again):
        assert [browser.page("/admin") for _ in range(3)]

    with closing(Database(deps.database.url)) as elsewhere, elsewhere.write() as db:
        update_look(by(db, staff(acme), deps.installation), {"title": "Rain for all"})
    assert "Rain for all" in john.page("/admin")
    with deps.database.write() as db:
        db.execute(text("UPDATE applications SET name = 'Barometer'"))  # no event tells of it
    assert "Barometer" in john.page("/admin")

    answer = john.send("/logout", page="/admin")
    assert "You are logged out." in john.follow(answer)
    assert "You are logged out." not in again.page("/admin")
    assert john.get("/admin").status_code == 303
    with deps.database.write() as db:
        db.execute(text("UPDATE users SET state = 'suspended'"))
    assert again.get("/admin").status_code == 303


def test_what_is_of_one_visitor_is_never_kept(
    deps: Dependencies, acme: NewProvider, visitor: Visitor
) -> None:
    texts = {
        "/ask": "{% csrf %}",
        "/fresh": "{% disable_client_cache %}Now",
    }
    with deps.database.write() as db:
        work = by(db, staff(acme), deps.installation)
        for name, text in texts.items():
            page = {"kind": "page", "name": name, "title": name, "draft": text, "published": text}
            TEMPLATES.create(work, page)
    for path in (*texts, "/login", "/signup", "/nothing", "/css/portal.css"):
        answers = [visitor.ask(path) for _ in range(3)]

        assert not visitor.is_kept(path), path
        assert len({str(answer.headers) for answer in answers}) <= 3
    tokens = {visitor.ask("/ask").text for _ in range(3)}
    assert len(tokens) == 3


def test_marks_differ_after_each_commit_in_whatever_order(
    deps: Dependencies, acme: NewProvider
) -> None:
    """PostgreSQL may commit the event of a lower id later: it is counted."""
    changes = Changes(deps.database)

    def note(number: int) -> None:
        with deps.database.write() as db:
            kind = EventKind.PLAN_UPDATED
            row = EventRecord(id=number, provider_id=acme.provider.id, actor="test", kind=kind)
            db.add(row)

    def mark() -> object:
        return changes.mark_of_events(acme.provider.id)

    marks = [mark()]
    for number in (9_000, 8_999, 9_001):
        note(number)
        marks.append(mark())

    assert len(set(marks)) == len(marks)
    assert mark() == marks[-1]
    versions = [deps.database.version() for _ in range(2)]
    note(9_002)
    assert versions[0] == versions[1] != deps.database.version()
