"""What workers answer is what this process would, on both databases, and nothing stays."""

import gc
import pickle
import sqlite3
from dataclasses import replace

import pytest
from sqlalchemy.exc import DBAPIError

from cms.content.library import Library
from cms.content.theme import default_theme
from cms.liquid.drops.drop import Drop
from cms.liquid.drops.render_data import RenderData
from cms.rendering.worker import Desk, Setup, prepare
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.portal.pages import Template
from server.kit.db import Database
from tests.cms.browser import open_browser
from tests.cms.portal.test_render import PRIVATE, PUBLIC
from tests.cms.rendering.test_renderer import order_of
from tests.kit.make import make_provider
from tests.kit.publish import publish


def test_every_page_is_the_same_when_a_worker_renders_it(
    deps: Dependencies, acme: NewProvider
) -> None:
    here, there = open_browser(deps), open_browser(deps)
    here.log_in_john(acme)
    pages = (*PUBLIC, *PRIVATE)
    before = {path: here.get(path) for path in pages}
    publish(deps, acme.provider, {"nowhere": "an own partial takes part in every page"}, "partial")
    there.client.cookies.update(here.client.cookies)

    after = {path: there.get(path) for path in pages}

    for path in pages:
        assert after[path].status_code == before[path].status_code
        assert after[path].text == before[path].text, path
    here.client.close()
    there.client.close()


def test_a_worker_cannot_write(deps: Dependencies, acme: NewProvider) -> None:
    database = Database.for_reading(deps.database.url)

    refused = pytest.raises((DBAPIError, sqlite3.Error), match=r"read-?only")
    with refused, database.write() as db:
        db.add(Template(provider_id=acme.provider.id, kind="page", name="/a"))

    database.close()


def test_a_worker_can_unseal_but_neither_sign_nor_digest(deps: Dependencies) -> None:
    vault = deps.installation.vault
    theirs = pickle.loads(pickle.dumps(vault))  # noqa: S301 - our own, of a moment ago

    assert theirs.unseal(vault.seal("a")) == "a"
    for name in ("sign", "digest"):
        with pytest.raises(AttributeError):
            getattr(theirs, name)("a")


def test_nothing_of_one_order_is_left_for_the_next(deps: Dependencies, acme: NewProvider) -> None:
    globex = make_provider(deps, "Globex")
    text = (
        "{{ provider.name }} {% assign canary = 'bird' %}{% content_for a %}b{% endcontent_for %}"
    )
    publish(deps, acme.provider, {"/a": text})
    publish(deps, globex.provider, {"/a": "{{ provider.name }}{{ canary }}{{ content_of.a }}|"})
    desk = _desk(deps)
    orders = {}
    with deps.database.read() as db:
        for made in (acme, globex):
            order = order_of(db, deps, made.provider, "/a")
            orders[made.provider.name] = pickle.dumps(order)
    del order
    gc.collect()
    before = _drops()

    first = desk.answer(orders["Acme"])
    gc.collect()
    left = _drops() - before
    second = desk.answer(orders["Globex"])

    assert b"Acme" in first
    assert not left
    assert b"Globex|" in second
    assert b"Acme" not in second
    assert b"bird" not in second
    desk.database.close()


def _desk(deps: Dependencies) -> Desk:
    start = prepare(Setup(deps.database.url, deps.installation))
    desk = start.args[0]  # type: ignore[attr-defined]  # it is a partial
    assert isinstance(desk, Desk)
    return desk


def _drops() -> set[int]:
    return {id(each) for each in gc.get_objects() if isinstance(each, Drop | RenderData)}


def test_an_order_without_own_templates_uses_none(deps: Dependencies, acme: NewProvider) -> None:
    publish(deps, acme.provider, {"main_layout": "own {% content %}"}, "layout")
    desk = _desk(deps)
    with deps.database.read() as db:
        order = order_of(db, deps, acme.provider, "/plans")
        assert Library(db, default_theme(), acme.provider.id).has_own("layout")

        own = desk.answer(pickle.dumps(order))
        shipped = desk.answer(pickle.dumps(replace(order, shipped=True)))

    assert b"own " in own
    assert b"own " not in shipped
    desk.database.close()
