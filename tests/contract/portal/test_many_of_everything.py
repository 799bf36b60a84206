"""What a page asks of the database does not grow with what it shows."""

from datetime import timedelta

from sqlmodel import col, select

from server.actions.accounts.authentication_providers import AUTHENTICATION_PROVIDERS
from server.actions.accounts.factors import add_passkey
from server.actions.accounts.invitations import invite_user
from server.actions.messages.messages import send_message
from server.actions.portal.forum import CATEGORIES, reply_to_topic, start_topic
from server.actions.portal.forum_subscriptions import subscribe
from server.actions.portal.gallery import approve_entry, ask_for_gallery
from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.actions.services.metrics import list_metrics
from server.auth.actors import actor_of_user
from server.auth.dependencies import Dependencies
from server.domain.accounts.factors import NewPasskey
from server.domain.applications.applications import Application
from server.domain.events import EventKind, EventRecord
from server.domain.messages.alerts import Alert
from tests.cms.browser import open_browser
from tests.cms.portal.test_render import PRIVATE, PUBLIC
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.statements import counted
from tests.kit.work import by
from tests.server.graphql.test_loaders import grow, grow_developer

ON = dict.fromkeys(("forum_enabled", "forum_public", "app_gallery_enabled"), True)
SIZES = (1, 4, 9)  # added up: 1, 5, 14
OF_ALL = tuple(path for path in PUBLIC if path not in {"/signup", "/login"})  # for who is logged in
MORE = (
    "/search?q=echo",
    "/admin/account/users",
    "/admin/account/invitations",
    "/admin/account/account_plans",
    "/admin/messages/received",
    "/admin/messages/sent",
    "/admin/messages/trash",
    "/admin/applications/1/alerts",
    "/admin/applications/1/gallery",
    "/admin/account/personal_details/security",
    "/forum/subscriptions",
    "/forum/topics/new",
)
READ_BY_ALL = (
    "/forum",
    "/forum?q=rain",
    "/forum/categories/1",
    "/forum/topics/1",
    "/gallery",
    "/llms.txt",
    "/sitemap.xml",
)


def write_to_john(deps: Dependencies, acme: NewProvider, number: int) -> None:
    """Give the sample developer one more message, alert and invitation."""
    john, application = acme.sample.user, acme.sample.application
    with deps.database.write() as db:
        work = by(db, staff(acme), deps.installation)
        send_message(work, {"subject": f"News {number}", "body": "Rain."}, john.account_id)
        invited = {"email": f"colleague{number}@example.com"}
        invite_user(by(db, actor_of_user(john), deps.installation), john.account_id or 0, invited)
        metric = list_metrics(db, application.service_id)[0]
        alert = Alert(
            provider_id=acme.provider.id,
            account_id=application.account_id,
            application_id=application.id,
            service_id=application.service_id,
            metric_id=metric.id,
            metric_name=metric.friendly_name,
            period="day",
            window_start=work.now - timedelta(days=number),
            level=80,
            limit_value=10,
            used=8,
        )
        db.add(alert)


def write_in_public(deps: Dependencies, acme: NewProvider, number: int) -> None:
    """Add a category, a topic with an answer, an answer to the first one, an entry of the gallery.

    John has one more passkey as well, and visitors one more way to log in.
    """
    with deps.database.write() as db:
        work, john = (
            by(db, actor, deps.installation)
            for actor in (staff(acme), actor_of_user(acme.sample.user))
        )
        category = CATEGORIES.create(work, {"name": f"Category {number}"})
        draft = {"title": f"Topic {number}", "body": "Rain?", "category_id": category.id}
        topic = start_topic(work, draft)
        subscribe(john, topic.id)
        reply_to_topic(john, topic.id, "No rain.")
        reply_to_topic(work, 1, f"Answer {number}.")
        newest = select(Application).order_by(col(Application.id).desc()).limit(1)
        application = db.exec(newest).one()
        said = {"title": f"Radar {number}", "description": "It shows rain."}
        entry = ask_for_gallery(john, application.id, said)
        approve_entry(work, entry.id)
        passkey = NewPasskey(f"credential{number}", b"key", 0, "localhost")
        add_passkey(john, f"Phone {number}", passkey)
        login = {"kind": "github", "name": f"Login {number}", "client_id": "id"}
        secrets = {"client_secret": "secret", "published": True}
        AUTHENTICATION_PROVIDERS.create(work, {**login, **secrets})


def asked(deps: Dependencies, acme: NewProvider, browser: Browser, path: str) -> tuple[int, int]:
    """Count what a page asks when nothing that it shows was read before, and right afterwards."""
    with deps.database.write() as db:
        kind = EventKind.PLAN_UPDATED
        db.add(EventRecord(provider_id=acme.provider.id, actor="test", kind=kind))
    with counted(deps) as first:
        browser.page(path)
    with counted(deps) as second:
        browser.page(path)
    return len(first), len(second)


def test_statements_of_a_page_are_constant(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    browser.log_in_john(acme)
    with deps.database.write() as db:
        shown = {"account_plans_ui_visible": True, **ON}
        update_settings(by(db, staff(acme)), shown)
    visitor = open_browser(deps)
    found: dict[str, list[tuple[int, int]]] = {}
    for size in SIZES:
        for number in range(size):
            plan_id = grow(deps, acme, f"s{size}n{number}")
            grow_developer(deps, actor_of_user(acme.sample.user), plan_id, f"s{size}n{number}")
            write_to_john(deps, acme, 100 * size + number)
            write_in_public(deps, acme, 100 * size + number)
        for path in (*OF_ALL, *PRIVATE, *MORE, *READ_BY_ALL):
            found.setdefault(path, []).append(asked(deps, acme, browser, path))
        for path in (*PUBLIC, *READ_BY_ALL):
            found.setdefault(f"{path}, visitor", []).append(asked(deps, acme, visitor, path))
    visitor.client.close()

    growing = {
        path: counts
        for path, counts in found.items()
        if any(many > few for few, many in zip(*counts[-2:], strict=True))
    }

    assert growing == {}
    assert max(first for counts in found.values() for first, _ in counts) <= 40, found
