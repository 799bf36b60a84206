"""The forum in the admin portal: topics with their moderation, writing, categories."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from sqlmodel import col, select
from starlette.responses import Response

from cms.markdown import post_html_of
from server.actions.portal import forum as actions
from server.actions.portal import forum_moderation as moderation
from server.actions.portal.forum import CATEGORIES
from server.admin.context import AdminContext
from server.admin.lists import Filter, Pager, page_through
from server.admin.render import render
from server.domain.accounts.users import User
from server.domain.permissions import Permission
from server.domain.portal.forum import (
    ForumCategory,
    ForumPost,
    ForumTopic,
    author_of,
    words_of,
)
from server.domain.provider.settings import Setting

STATES = (("hidden", "Hidden"), ("closed", "Closed"), ("sticky", "Sticky"))
FLAGS = ("is_sticky", "is_closed", "is_hidden")
Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ForumPage:
    """The topics, sticky ones first, then by their last post."""

    topics: Pager[ForumTopic]
    categories: Mapping[int, ForumCategory]
    filters: Sequence[Filter]
    search: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class TopicPage:
    """One conversation."""

    topic: ForumTopic
    posts: Pager[ForumPost]
    authors: Mapping[int, str]  # by post
    shown: Mapping[int, Markup]  # by post: what developers see
    own: frozenset[int]  # posts of the provider, which may be edited
    categories: Choices


@dataclass(frozen=True, slots=True)
class NewTopicPage:
    categories: Choices


@dataclass(frozen=True, slots=True)
class PostPage:
    post: ForumPost
    topic: ForumTopic


@dataclass(frozen=True, slots=True)
class CategoriesPage:
    categories: Pager[ForumCategory]


@dataclass(frozen=True, slots=True)
class CategoryPage:
    category: ForumCategory


def index(ctx: AdminContext) -> Response:
    categories = {row.id: row for row in actions.list_categories(ctx)}
    options = [(str(row.id), row.name) for row in categories.values()]
    category = Filter.read(ctx, "category", "Category", options)
    state = Filter.read(ctx, "state", "State", STATES)
    query, search = actions.topics_query(ctx.actor), ctx.query("search")
    query = actions.holding(query, words_of(search))
    if category.value:
        query = query.where(ForumTopic.category_id == category.number)
    if state.value:
        query = query.where(getattr(ForumTopic, f"is_{state.value}").is_(True))
    topics = page_through(ctx, actions.TOPICS, query)
    is_on = ctx.db.get_one(Setting, ctx.provider.id).forum_enabled
    page = ForumPage(topics, categories, [category, state], search, is_on)
    return render(ctx, "forum/index.html.j2", page)


def show(ctx: AdminContext) -> Response:
    topic = actions.get_topic(ctx, ctx.path_id("topic_id"))
    query = actions.posts_query(ctx.actor).where(ForumPost.topic_id == topic.id)
    posts = page_through(ctx, actions.POSTS, query)
    own = frozenset(row.id for row in posts.rows if actions.may_change(ctx, row, topic))
    authors = _authors(ctx, posts.rows)
    shown = {row.id: Markup(post_html_of(row.body)) for row in posts.rows}  # noqa: S704 - nh3 has cleaned it
    page = TopicPage(topic, posts, authors, shown, own, _choices(ctx))
    return render(ctx, "forum/show.html.j2", page)


def new(ctx: AdminContext) -> Response:
    ctx.actor.require(Permission.FORUM_EDIT)
    return render(ctx, "forum/new.html.j2", NewTopicPage(_choices(ctx)))


def create(ctx: AdminContext) -> Response:
    topic = actions.start_topic(ctx, ctx.texts("title", "body", "category_id", "tags"))
    return ctx.go(f"/forum/topics/{topic.id}", "The topic is there for all to read.")


def moderate(ctx: AdminContext) -> Response:
    values = ctx.texts("title", "category_id", "tags", *FLAGS)
    topic = moderation.moderate_topic(ctx, ctx.path_id("topic_id"), values)
    return ctx.go(f"/forum/topics/{topic.id}", "The topic is saved.")


def delete(ctx: AdminContext) -> Response:
    topic = moderation.delete_topic(ctx, ctx.path_id("topic_id"))
    return ctx.go("/forum", f"{topic.title} is deleted with all its posts.")


def reply(ctx: AdminContext) -> Response:
    topic_id = ctx.path_id("topic_id")
    actions.reply_to_topic(ctx, topic_id, ctx.text("body"))
    return ctx.go(f"/forum/topics/{topic_id}", "The answer is there for all to read.")


def edit_post(ctx: AdminContext) -> Response:
    ctx.actor.require(Permission.FORUM_EDIT)
    post = actions.get_post(ctx, ctx.path_id("post_id"))
    page = PostPage(post, actions.get_topic(ctx, post.topic_id))
    return render(ctx, "forum/post.html.j2", page)


def update_post(ctx: AdminContext) -> Response:
    post = actions.edit_post(ctx, ctx.path_id("post_id"), ctx.text("body"))
    return ctx.go(f"/forum/topics/{post.topic_id}", "The post is saved.")


def hide_post(ctx: AdminContext) -> Response:
    post = moderation.hide_post(ctx, ctx.path_id("post_id"), hidden=True)
    return ctx.go(f"/forum/topics/{post.topic_id}", "Developers do not see the post any more.")


def show_post(ctx: AdminContext) -> Response:
    post = moderation.hide_post(ctx, ctx.path_id("post_id"), hidden=False)
    return ctx.go(f"/forum/topics/{post.topic_id}", "Developers see the post again.")


def delete_post(ctx: AdminContext) -> Response:
    post = actions.delete_post(ctx, ctx.path_id("post_id"))
    path = "/forum" if post.is_first else f"/forum/topics/{post.topic_id}"
    return ctx.go(path, "The post is deleted.")


def categories(ctx: AdminContext) -> Response:
    pager = page_through(ctx, CATEGORIES.listing, actions.categories_query(ctx.actor))
    return render(ctx, "forum/categories.html.j2", CategoriesPage(pager))


def create_category(ctx: AdminContext) -> Response:
    category = CATEGORIES.create(ctx, ctx.sent(CATEGORIES))
    return ctx.go("/forum/categories", f"The category {category.name} is there.")


def edit_category(ctx: AdminContext) -> Response:
    ctx.actor.require(Permission.FORUM_EDIT)
    page = CategoryPage(CATEGORIES.get(ctx, ctx.path_id("category_id")))
    return render(ctx, "forum/category.html.j2", page)


def update_category(ctx: AdminContext) -> Response:
    category = CATEGORIES.update(ctx, ctx.path_id("category_id"), ctx.sent(CATEGORIES))
    return ctx.go("/forum/categories", f"The category {category.name} is saved.")


def delete_category(ctx: AdminContext) -> Response:
    category = CATEGORIES.delete(ctx, ctx.path_id("category_id"))
    return ctx.go("/forum/categories", f"The category {category.name} is deleted.")


def _choices(ctx: AdminContext) -> Choices:
    rows = actions.list_categories(ctx)
    return [("", "None"), *((str(row.id), row.name) for row in rows)]


def _authors(ctx: AdminContext, posts: Sequence[ForumPost]) -> dict[int, str]:
    """Name who wrote posts. Cost: one query."""
    ids = {post.user_id for post in posts if post.user_id}
    found = select(User).where(col(User.id).in_(ids))
    users = {user.id: user for user in ctx.db.exec(found)} if ids else {}
    return {
        post.id: author_of(post, users.get(post.user_id or 0), ctx.provider.name) for post in posts
    }
