"""One of each content of the portal."""

from dataclasses import replace

from server.actions.portal.files import add_file
from server.actions.portal.forum import CATEGORIES, reply_to_topic, start_topic
from server.actions.portal.gallery import ask_for_gallery
from server.actions.portal.groups import GROUPS
from server.actions.portal.pages import TEMPLATES, save_template
from server.actions.portal.publishing import list_versions, publish_template
from server.actions.portal.redirects import REDIRECTS
from server.actions.portal.sections import SECTIONS
from server.actions.provider.domains import DOMAINS
from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.actions.work import Work
from server.auth.actors import actor_of_user


def make_content(work: Work) -> dict[str, object]:
    """Make one of each, and name them as the paths of the admin portal do."""
    page = TEMPLATES.create(work, {"kind": "page", "name": "/new", "draft": "One"})
    publish_template(work, page.id)
    save_template(work, page.id, {"draft": "Two"})
    return {
        "template_id": page.id,
        "version_id": list_versions(work, page.id)[0].id,
        "section_id": SECTIONS.create(work, {"title": "Guides"}).id,
        "file_id": add_file(work, {"path": "/logo.png"}, b"png").id,
        "redirect_id": REDIRECTS.create(work, {"source": "/old", "target": "/new"}).id,
        "domain_id": DOMAINS.create(work, {"name": "dev.acme.example", "serves": "portal"}).id,
        "group_id": GROUPS.create(work, {"name": "Partners"}).id,
    }


def make_forum(work: Work, acme: NewProvider) -> dict[str, object]:
    """Make a topic in a category with an answer, and an application that is to be shown."""
    update_settings(work, {"forum_enabled": True, "app_gallery_enabled": True})
    category = CATEGORIES.create(work, {"name": "Questions", "description": "About the API."})
    john = replace(work, actor=actor_of_user(acme.sample.user))
    topic = start_topic(
        john, {"title": "Paging", "body": "How do I page?", "category_id": category.id}
    )
    post = reply_to_topic(work, topic.id, "With the **cursor**.")
    values = {"title": "Radar", "description": "It shows rain."}
    entry = ask_for_gallery(john, acme.sample.application.id, values)
    return {
        "category_id": category.id,
        "topic_id": topic.id,
        "post_id": post.id,
        "entry_id": entry.id,
    }
