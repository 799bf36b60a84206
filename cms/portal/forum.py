"""The forum on the portal: lists, topics, writing, quoting, subscribing. Source: mission E7."""

from collections.abc import Mapping, Sequence

from sqlmodel import col, func, select
from starlette.responses import Response

from cms.liquid.drops.forum import FORUM, CategoryDrop, Listed, PostDrop, TopicDrop, Written
from cms.liquid.drops.messages import Optional, OptionalMailDrop
from cms.liquid.drops.pages import FormDrop
from cms.portal import forms
from cms.portal.context import PortalContext
from cms.portal.lists import PAGE_SIZE, page_of
from cms.portal.page_face import PortalRequest
from cms.portal.render import render_page
from server.actions.portal import forum as actions
from server.actions.portal import forum_subscriptions as subscriptions
from server.domain.accounts.users import User
from server.domain.errors import Conflict, DomainError, NotFound
from server.domain.messages.messages import quoted
from server.domain.portal.forum import (
    ForumCategory,
    ForumPost,
    ForumTopic,
    author_of,
    words_of,
)
from server.kit.ids import id_or_none
from server.web.notices import go_to
from server.web.pages import LoginNeeded

TOPICS, NEW = f"{FORUM}/topics", f"{FORUM}/topics/new"
TOPIC, POST = TOPICS + "/{id}", FORUM + "/posts/{id}"
WATCHED = f"{FORUM}/subscriptions"
LEAVE = FORUM + "/leave/{code}"
TRAP = "website"  # a field that people don't see, and programs fill in
OF_VISITORS = "visitors"  # what they write together is bounded, too


def index(ctx: PortalContext) -> Response:
    """Show the topics. Raises: NotFound where there is no forum."""
    return _list(ctx, None)


def category(ctx: PortalContext) -> Response:
    """Show the topics of a category. Raises: NotFound."""
    _open(ctx)
    number = ctx.path_id("id")
    found = [row for row in ctx.data.forum_categories if row.id == number]
    if not found:
        raise NotFound("There is no such category.")
    return _list(ctx, found[0])


def _list(ctx: PortalContext, category: ForumCategory | None) -> Response:
    _open(ctx)
    query = actions.topics_query(ctx.actor)
    path = FORUM
    if category is not None:
        query = query.where(ForumTopic.category_id == category.id)
        path = f"{FORUM}/categories/{category.id}"
    asked = " ".join(words_of(ctx.param("q")))
    query = actions.holding(query, words_of(asked))
    rows, pagination = page_of(ctx, actions.TOPICS, query, path, {"q": asked} if asked else {})
    variables = {
        "category": CategoryDrop(category, ctx.data) if category else None,
        "pagination": pagination,
        "query": asked,
        "topics": _topics(ctx, rows),
    }
    return render_page(ctx, "forum/index", variables)


def watched(ctx: PortalContext) -> Response:
    """Show the topics that one is mailed about."""
    _open(ctx)
    query = subscriptions.subscribed_query(ctx.actor)
    rows, pagination = page_of(ctx, actions.TOPICS, query, WATCHED)
    variables = {"pagination": pagination, "topics": _topics(ctx, rows)}
    return render_page(ctx, "forum/subscriptions/index", variables)


def show(ctx: PortalContext) -> Response:
    """Show a conversation, with the form of an answer."""
    _open(ctx)
    topic = actions.get_topic(ctx, ctx.path_id("id"))
    query = actions.posts_query(ctx.actor).where(ForumPost.topic_id == topic.id)
    rows, pagination = page_of(ctx, actions.POSTS, query, f"{TOPICS}/{topic.id}")
    users = _users(ctx, rows)
    can_reply = _may_write(ctx) and not topic.is_closed
    posts = [
        PostDrop(
            Written(
                row, topic, users.get(row.user_id or 0), _may_change(ctx, row, topic), can_reply
            ),
            ctx.data,
        )
        for row in rows
    ]
    filled = forms.filled(forms.POST, ctx.values, ctx.error, {"body": _quote(ctx, topic)})
    variables = {
        "form": FormDrop(filled, ctx.data),
        "pagination": pagination,
        "posts": posts,
        "topic": _topic(ctx, topic, can_reply=can_reply),
    }
    return render_page(ctx, "forum/topics/show", variables)


def show_post(ctx: PortalContext) -> Response:
    """Lead to the place of a post in its conversation."""
    _open(ctx)
    post = actions.get_post(ctx, ctx.path_id("id"))
    return go_to(_place_of(ctx, post))


def new(ctx: PortalContext) -> Response:
    """Show the form of a new topic."""
    _open(ctx)
    if not _may_write(ctx):
        raise LoginNeeded
    initial = {"category_id": str(id_or_none(ctx.param("category_id")) or "")}
    filled = forms.filled(forms.TOPIC, ctx.values, ctx.error, initial)
    return render_page(ctx, "forum/topics/new", {"form": FormDrop(filled, ctx.data)})


def create(page_request: PortalRequest) -> Response:
    """Begin a conversation."""
    if _is_trapped(page_request):
        return go_to(FORUM)
    with page_request.open(write=True) as ctx:
        topic = actions.start_topic(ctx, forms.values_of(forms.TOPIC, ctx.values))
        return ctx.go(f"{TOPICS}/{topic.id}", "Your topic is there for all to read.")


def reply(page_request: PortalRequest) -> Response:
    """Answer in a conversation."""
    if _is_trapped(page_request):
        return go_to(FORUM)
    with page_request.open(write=True) as ctx:
        body = forms.values_of(forms.POST, ctx.values).get("body", "")
        post = actions.reply_to_topic(ctx, ctx.path_id("id"), body)
        return ctx.go(_place_of(ctx, post), "Your answer is there for all to read.")


def edit(ctx: PortalContext) -> Response:
    """Show the form that changes what one wrote. Raises: NotFound, Conflict."""
    _open(ctx)
    post = actions.get_post(ctx, ctx.path_id("id"))
    topic = actions.get_topic(ctx, post.topic_id)
    if not _may_change(ctx, post, topic):
        raise Conflict("What one wrote can be changed for a day, by who wrote it.")
    filled = forms.filled(forms.POST, ctx.values, ctx.error, {"body": post.body})
    user = _users(ctx, [post]).get(post.user_id or 0)
    drop = PostDrop(Written(post, topic, user, can_change=True), ctx.data)
    variables = {"form": FormDrop(filled, ctx.data), "post": drop}
    return render_page(ctx, "forum/posts/edit", variables)


def update(ctx: PortalContext) -> Response:
    _open(ctx)
    body = forms.values_of(forms.POST, ctx.values).get("body", "")
    post = actions.edit_post(ctx, ctx.path_id("id"), body)
    return ctx.go(_place_of(ctx, post), "Your post is saved.")


def delete(ctx: PortalContext) -> Response:
    _open(ctx)
    post = actions.delete_post(ctx, ctx.path_id("id"))
    path = FORUM if post.is_first else f"{TOPICS}/{post.topic_id}"
    return ctx.go(path, "Your post is deleted.")


def subscribe(ctx: PortalContext) -> Response:
    _open(ctx)
    topic = subscriptions.subscribe(ctx, ctx.path_id("id"))
    return ctx.go(f"{TOPICS}/{topic.id}", "You get a mail when somebody answers.")


def unsubscribe(ctx: PortalContext) -> Response:
    _open(ctx)
    topic = subscriptions.unsubscribe(ctx, ctx.path_id("id"))
    return ctx.go(f"{TOPICS}/{topic.id}", "You are not mailed about this topic any more.")


def ask_to_leave(ctx: PortalContext) -> Response:
    """Ask before a topic is left: following a link changes nothing."""
    _, topic = subscriptions.find_subscriber(ctx, _code(ctx))
    return _leaving(ctx, topic, wanted=True)


def leave(ctx: PortalContext) -> Response:
    return _leaving(ctx, subscriptions.leave_topic(ctx, _code(ctx)), wanted=False)


def _leaving(ctx: PortalContext, topic: ForumTopic, *, wanted: bool) -> Response:
    mail = Optional("new_forum_post", topic.title, wanted, ctx.path)
    return render_page(ctx, "forum/leave", {"leaving": OptionalMailDrop(mail, ctx.data)})


def _code(ctx: PortalContext) -> str:
    return str(ctx.request.path_params["code"])


def _open(ctx: PortalContext) -> None:
    """Let pass who may read the forum. Raises: NotFound where there is none, LoginNeeded."""
    settings = ctx.data.settings
    if not settings.forum_enabled:
        raise NotFound("There is no such page.")
    if ctx.visitor is None and not settings.forum_public:
        raise LoginNeeded


def _may_write(ctx: PortalContext) -> bool:
    return ctx.visitor is not None or ctx.data.settings.anonymous_posts_enabled


def _may_change(ctx: PortalContext, post: ForumPost, topic: ForumTopic) -> bool:
    return ctx.visitor is not None and actions.may_change(ctx, post, topic)


def _is_trapped(page_request: PortalRequest) -> bool:
    """Count what visitors send, and tell whether a program filled in what nobody sees.

    Raises: NotFound, LoginNeeded, LimitReached.
    """
    with page_request.open(write=False) as ctx:
        _open(ctx)
        if ctx.visitor is not None:
            return False
        if not _may_write(ctx):
            raise LoginNeeded
        address = page_request.address
        page_request.deps.gates.forum_posts.enter(ctx.provider.id, OF_VISITORS, address)
    return bool(page_request.form.get(TRAP))


def _quote(ctx: PortalContext, topic: ForumTopic) -> str:
    """Quote the post that the address names, if it is one of this conversation."""
    number = id_or_none(ctx.request.query_params.get("quote", ""))
    if number is None:
        return ""
    try:
        post = actions.get_post(ctx, number)
    except DomainError:
        return ""
    if post.topic_id != topic.id:
        return ""
    user = ctx.db.get(User, post.user_id) if post.user_id else None
    return f"{author_of(post, user, ctx.provider.name)}:\n\n{quoted(post.body)}\n\n"


def _place_of(ctx: PortalContext, post: ForumPost) -> str:
    """Tell the page of a conversation that a post is on, and where there."""
    shown = actions.posts_query(ctx.actor).where(ForumPost.topic_id == post.topic_id)
    before = shown.where(col(ForumPost.id) < post.id)
    number = ctx.db.exec(select(func.count()).select_from(before.subquery())).one()
    start = number // PAGE_SIZE * PAGE_SIZE
    path = f"{TOPICS}/{post.topic_id}"
    if start:
        last = before.order_by(col(ForumPost.id)).offset(start - 1).limit(1)
        cursor = actions.POSTS.cursor_of(ctx.installation.cursors, ctx.db.exec(last).one())
        path = f"{path}?after={cursor}"
    return f"{path}#post-{post.id}"


def _topics(ctx: PortalContext, rows: Sequence[ForumTopic]) -> list[TopicDrop]:
    """Show topics with who began them. Cost: two queries for all of them."""
    authors = authors_of(ctx, [row.id for row in rows])
    categories = {row.id: row for row in ctx.data.forum_categories} if rows else {}
    return [
        TopicDrop(
            Listed(row, categories.get(row.category_id or 0), authors.get(row.id, "")), ctx.data
        )
        for row in rows
    ]


def _topic(ctx: PortalContext, topic: ForumTopic, *, can_reply: bool) -> TopicDrop:
    categories = {row.id: row for row in ctx.data.forum_categories}
    author = authors_of(ctx, [topic.id]).get(topic.id, "")
    is_subscribed = actions.is_subscribed(ctx, topic.id)
    listed = Listed(topic, categories.get(topic.category_id or 0), author, is_subscribed, can_reply)
    return TopicDrop(listed, ctx.data)


def authors_of(ctx: PortalContext, topic_ids: Sequence[int]) -> dict[int, str]:
    """Tell who began each of the topics. Cost: one query."""
    if not topic_ids:
        return {}
    query = (
        select(ForumPost, User)
        .join(User, col(User.id) == ForumPost.user_id, isouter=True)
        .where(col(ForumPost.topic_id).in_(topic_ids), col(ForumPost.is_first).is_(True))
    )
    name = ctx.provider.name
    return {post.topic_id: author_of(post, user, name) for post, user in ctx.db.exec(query)}


def _users(ctx: PortalContext, posts: Sequence[ForumPost]) -> Mapping[int, User]:
    """Find who wrote posts. Cost: one query."""
    ids = {post.user_id for post in posts if post.user_id is not None}
    if not ids:
        return {}
    return {user.id: user for user in ctx.db.exec(select(User).where(col(User.id).in_(ids)))}
