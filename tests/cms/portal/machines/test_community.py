"""Forum and gallery are in the lists for programs while visitors may read them, and only then."""

from server.actions.portal.forum import CATEGORIES, reply_to_topic, start_topic
from server.actions.portal.forum_moderation import moderate_topic
from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.auth.actors import actor_of_user
from server.auth.dependencies import Dependencies
from server.domain.accounts.users import User
from tests.cms.browser import open_browser
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.work import by

ON = {"forum_enabled": True, "forum_public": True, "app_gallery_enabled": True}
LISTS = ("/llms.txt", "/llms-full.txt", "/sitemap.xml")
PORTAL = "http://localhost:8000"


def switch(deps: Dependencies, acme: NewProvider, **switches: bool) -> None:
    with deps.database.write() as db:
        update_settings(by(db, staff(acme), deps.installation), switches)


def write(deps: Dependencies, acme: NewProvider) -> tuple[str, str, str]:
    """Begin a topic that all may read, one that is hidden, and a category; tell their addresses."""
    with deps.database.write() as db:
        work = by(db, staff(acme), deps.installation)
        john = actor_of_user(db.get_one(User, acme.sample.user.id))
        category = CATEGORIES.create(work, {"name": "Weather"})
        topic = start_topic(
            by(db, john, deps.installation), {"title": "Rain [now]", "body": "When does it *rain*?"}
        )
        reply_to_topic(work, topic.id, "Tomorrow.")
        hidden = start_topic(work, {"title": "Concealed", "body": "Nobody reads this."})
        moderate_topic(work, hidden.id, {"is_hidden": True})
        topics = tuple(f"/forum/topics/{each.id}" for each in (topic, hidden))
        return topics[0], topics[1], f"/forum/categories/{category.id}"


def test_programs_find_and_read_what_visitors_may(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    switch(deps, acme, **ON)
    topic, hidden, category = write(deps, acme)
    john = open_browser(deps)
    john.log_in_john(acme)

    for path in LISTS:
        for text in (browser.page(path), john.page(path)):
            ending = ".md" if "llms" in path else "<"
            for listed in (topic, category, "/forum", "/gallery"):
                assert f"{PORTAL}{listed}{ending}" in text, (path, listed)
            assert f"{hidden}{ending}" not in text
            assert "Concealed" not in text
    assert "Rain \\[now\\]" in browser.page("/llms.txt")
    assert "Tomorrow." in browser.page("/llms-full.txt")
    twin = browser.page(f"{topic}.md")
    assert "When does it *rain*?" in twin
    assert "Rain" in browser.page("/forum.md")
    assert f'rel="canonical" href="{PORTAL}{topic}"' in browser.page(topic)
    assert "canonical" not in browser.page("/forum?q=rain")

    switch(deps, acme, forum_public=False, app_gallery_enabled=False)

    for path in LISTS:
        for text in (browser.page(path), john.page(path)):
            assert "/forum" not in text, path
            assert "/gallery" not in text, path
    assert "canonical" not in john.page(topic)
