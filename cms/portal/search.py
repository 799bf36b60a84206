"""Searching the portal: a page, and JSON for the search box. Source: reference-portal 2.3, 2.6."""

from collections.abc import Iterator
from dataclasses import asdict
from itertools import islice

from sqlalchemy.orm import defer
from sqlmodel import col, select
from starlette.responses import JSONResponse, Response

from cms.content.search import (
    MOST_PAGES,
    MOST_QUERY,
    MOST_SPECIFICATIONS,
    MOST_TEXT,
    Found,
    Results,
    SearchTexts,
    search,
)
from cms.content.search import words_of as text_of
from cms.liquid.drops.forum import ForumDrop
from cms.liquid.drops.pages import Pages, PaginationDrop
from cms.liquid.drops.search import SearchDrop
from cms.portal.context import PortalContext
from cms.portal.render import render_page
from server.actions.plans.catalogue import offered_api_docs
from server.actions.portal import forum
from server.actions.portal.api_docs_versions import get_outline
from server.domain.actors import Actor
from server.domain.errors import Forbidden
from server.domain.portal.api_docs import ApiDocs
from server.domain.portal.forum import ForumPost, ForumTopic, words_of
from server.web.pages import LoginNeeded

MOST_TOPICS, MOST_POSTS = 50, 500  # that are read for one answer
TEXTS = SearchTexts()  # of a process: texts by their versions
LOG_IN = "Log in to search this portal."


def show(ctx: PortalContext) -> Response:
    """Show the results; a visitor logs in first where search is not for everybody."""
    if not may_search(ctx):
        raise LoginNeeded
    variables = {
        "search": SearchDrop(find_results(ctx, _query(ctx)), ctx.data),
        "pagination": PaginationDrop(Pages(), ctx.data),
    }
    return render_page(ctx, "search/index", variables)


def show_json(ctx: PortalContext) -> Response:
    """Give the results to a program. Raises: Forbidden where search is not for everybody."""
    if not may_search(ctx):
        raise Forbidden(LOG_IN)
    return JSONResponse(asdict(find_results(ctx, _query(ctx))))


def may_search(ctx: PortalContext) -> bool:
    """Return whether search is for who looks."""
    return ctx.actor.account_id is not None or ctx.data.settings.public_search


def find_results(ctx: PortalContext, query: str) -> Results:
    """Search what who looks may see."""
    words = " ".join(query.split())[:MOST_QUERY]
    return search(words, [*_pages(ctx), *_operations(ctx), *_topics(ctx, words)])


def _query(ctx: PortalContext) -> str:
    return ctx.request.query_params.get("q", "")


def _pages(ctx: PortalContext) -> Iterator[Found]:
    """List the content pages that who looks may see, with their words."""
    for path, source in islice(ctx.library.pages_seen(), MOST_PAGES):
        key = (ctx.provider.id, source.key, ctx.data.locale)
        text = TEXTS.page(key, source, ctx.data.language.say)
        yield Found(ctx.data.language.say(source.title) or path, "page", path, text)


def _topics(ctx: PortalContext, query: str) -> Iterator[Found]:
    """List the topics of the forum that hold the words, with what was written there.

    Cost: two queries, however much there is.
    """
    if not ForumDrop(ctx.provider, ctx.data).enabled or not words_of(query):
        return
    holding = forum.holding(forum.topics_query(ctx.actor), words_of(query))
    topics = ctx.db.exec(holding.order_by(col(ForumTopic.id).desc()).limit(MOST_TOPICS)).all()
    posts = forum.posts_query(ctx.actor).where(
        col(ForumPost.topic_id).in_([topic.id for topic in topics])
    )
    texts: dict[int, list[str]] = {topic.id: [topic.tags] for topic in topics}
    for post in ctx.db.exec(posts.order_by(col(ForumPost.id)).limit(MOST_POSTS)) if topics else ():
        texts[post.topic_id].append(text_of(post.body))
    for topic in topics:
        text = " ".join(" ".join(texts[topic.id]).split())[:MOST_TEXT]
        yield Found(topic.title, "topic", f"/forum/topics/{topic.id}", text)


def _operations(ctx: PortalContext) -> Iterator[Found]:
    """List the operations of the published specifications. Cost: texts are read once."""
    offered = offered_api_docs(Actor.anonymous(ctx.provider.id)).order_by(col(ApiDocs.id))
    light = offered.options(defer(ApiDocs.body)).limit(MOST_SPECIFICATIONS)  # type: ignore[arg-type]  # a column
    for docs in ctx.db.exec(light):
        key, body = (docs.id, docs.updated_at), ""
        if not TEXTS.knows_operations(key):
            body = ctx.db.exec(select(ApiDocs.body).where(ApiDocs.id == docs.id)).one()
        listed = get_outline(docs).operations
        pages = {
            (each.method, each.path): f"{docs.page_path}/operations/{each.slug}" for each in listed
        }
        yield from TEXTS.operations(key, body, docs.page_path, pages)
