"""The forum and the gallery for programs: only while visitors may read them."""

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import col
from starlette.responses import Response

from cms.liquid.drops.forum import FORUM, GALLERY
from cms.liquid.drops.pages import URLS
from cms.portal import forum, gallery
from cms.portal.context import PortalContext
from cms.portal.render import render_content
from server.actions.portal.forum import categories_query, topics_query
from server.domain.actors import Actor
from server.domain.errors import NotFound
from server.domain.portal.forum import ForumCategory, ForumTopic

MOST_TOPICS = 5_000
NO_PAGE = "There is no such page."
Written = tuple[str, str, datetime | None]  # path, title, when it was changed


def list_written(ctx: PortalContext) -> Iterator[Written]:
    """List what visitors may read of forum and gallery. Cost: two queries while there is one."""
    settings, say = ctx.data.settings, ctx.data.language.say
    if is_forum_open(ctx):
        visitor = Actor.anonymous(ctx.provider.id)
        topics = topics_query(visitor).order_by(col(ForumTopic.rank).desc())
        found = ctx.db.exec(topics.limit(MOST_TOPICS)).all()
        newest = max((row.last_post_at for row in found), default=None)
        yield FORUM, say(URLS["forum"][1]), newest
        categories = categories_query(visitor).order_by(col(ForumCategory.position))
        for category in ctx.db.exec(categories.limit(100)):
            yield f"{FORUM}/categories/{category.id}", category.name, None
        for row in found:
            yield f"{forum.TOPICS}/{row.id}", row.title, row.last_post_at
    if settings.app_gallery_enabled:
        yield GALLERY, say(URLS["gallery"][1]), None


def is_forum_open(ctx: PortalContext) -> bool:
    """Return whether visitors may read the forum."""
    return ctx.data.settings.forum_enabled and ctx.data.settings.forum_public


def show_forum(ctx: PortalContext) -> Response:
    """Show the topics, or the page that a provider has there while there is no forum."""
    if not ctx.data.settings.forum_enabled:
        return render_content(ctx, FORUM)
    _require_open(ctx)
    return forum.index(ctx)


def show_category(ctx: PortalContext) -> Response:
    """Show the topics of a category. Raises: NotFound."""
    _require_open(ctx)
    return forum.category(ctx)


def show_topic(ctx: PortalContext) -> Response:
    """Show a conversation. Raises: NotFound."""
    _require_open(ctx)
    return forum.show(ctx)


def show_gallery(ctx: PortalContext) -> Response:
    """Show the gallery, or the page that a provider has there while there is none."""
    if not ctx.data.settings.app_gallery_enabled:
        return render_content(ctx, GALLERY)
    return gallery.index(ctx)


def _require_open(ctx: PortalContext) -> None:
    if not is_forum_open(ctx):
        raise NotFound(NO_PAGE)
