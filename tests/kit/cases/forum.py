"""Cases of the forum and the gallery."""

from server.actions.portal import forum, forum_moderation, gallery
from server.actions.provider.settings import update_settings
from server.actions.work import Work
from server.domain.events import EventKind as Kind
from tests.kit.cases.case import case, keeps
from tests.kit.world import World

TOPIC = {"title": "Paging", "body": "How do I page?"}
ENTRY = {"title": "Radar", "description": "It shows rain.", "link": "https://radar.example"}
ON = dict.fromkeys(("forum_enabled", "app_gallery_enabled"), True)


def _topic(work: Work, world: World) -> int:
    update_settings(work, ON)
    return forum.start_topic(world.developer(work.db), TOPIC).id


def _answer(work: Work, world: World) -> int:
    topic_id = _topic(work, world)
    return forum.reply_to_topic(world.developer(work.db), topic_id, "Nobody knows.").id


def _entry(work: Work, world: World) -> int:
    update_settings(work, ON)
    return gallery.ask_for_gallery(world.developer(work.db), world.application_id, ENTRY).id


HAS_TOPIC, HAS_ANSWER = keeps("topic", _topic), keeps("answer", _answer)
HAS_ENTRY = keeps("entry", _entry)
FORUM = (
    case(
        forum.start_topic,
        lambda work, w: forum.start_topic(work, TOPIC),
        Kind.FORUM_TOPIC_CREATED,
    ),
    case(
        forum.reply_to_topic,
        lambda work, w: forum.reply_to_topic(work, w.kept["topic"], "With the cursor."),
        Kind.FORUM_POST_CREATED,
        before=HAS_TOPIC,
    ),
    case(
        forum.edit_post,
        lambda work, w: forum.edit_post(w.developer(work.db), w.kept["answer"], "I know."),
        Kind.FORUM_POST_UPDATED,
        before=HAS_ANSWER,
    ),
    case(
        forum.delete_post,
        lambda work, w: forum.delete_post(work, w.kept["answer"]),
        Kind.FORUM_POST_DELETED,
        before=HAS_ANSWER,
    ),
    case(
        forum_moderation.moderate_topic,
        lambda work, w: forum_moderation.moderate_topic(work, w.kept["topic"], {"is_closed": True}),
        Kind.FORUM_TOPIC_UPDATED,
        before=HAS_TOPIC,
    ),
    case(
        forum_moderation.delete_topic,
        lambda work, w: forum_moderation.delete_topic(work, w.kept["topic"]),
        Kind.FORUM_TOPIC_DELETED,
        before=HAS_TOPIC,
    ),
    case(
        forum_moderation.hide_post,
        lambda work, w: forum_moderation.hide_post(work, w.kept["answer"], hidden=True),
        Kind.FORUM_POST_UPDATED,
        before=HAS_ANSWER,
    ),
    case(
        gallery.ask_for_gallery,
        lambda work, w: gallery.ask_for_gallery(
            w.developer(work.db), w.application_id, {**ENTRY, "title": "Rain radar"}
        ),
        Kind.GALLERY_ASKED,
        before=HAS_ENTRY,
    ),
    case(
        gallery.approve_entry,
        lambda work, w: gallery.approve_entry(work, w.kept["entry"]),
        Kind.GALLERY_APPROVED,
        before=HAS_ENTRY,
    ),
    case(
        gallery.refuse_entry,
        lambda work, w: gallery.refuse_entry(work, w.kept["entry"], "No pictures."),
        Kind.GALLERY_REFUSED,
        before=HAS_ENTRY,
    ),
    case(
        gallery.withdraw_from_gallery,
        lambda work, w: gallery.withdraw_from_gallery(w.developer(work.db), w.application_id),
        Kind.GALLERY_WITHDRAWN,
        before=HAS_ENTRY,
    ),
)
