"""What may be read on a portal: its pages and its specifications, without their texts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy.orm import defer
from sqlmodel import col, select

from cms.content.theme import default_theme
from cms.liquid.drops.legal import TITLES
from cms.liquid.language import languages_of
from cms.portal.context import PortalContext
from cms.portal.machines.community import list_written
from server.actions.plans.catalogue import offered_api_docs
from server.actions.portal.api_docs_versions import get_outline
from server.actions.portal.legal import list_terms
from server.domain.actors import Actor
from server.domain.portal.api_docs import ApiDocs
from server.domain.portal.legal import TermsKind
from server.domain.portal.pages import HTML
from server.domain.portal.specs.operations import Outline

MOST_PAGES = 5_000
MOST_SPECIFICATIONS = 50
LEGAL = {
    "/terms": TermsKind.SIGNUP,
    "/privacy": TermsKind.PRIVACY,
    "/refunds": TermsKind.REFUNDS,
}


@dataclass(frozen=True, slots=True)
class ReadablePage:
    """A page by its path, without the language."""

    path: str
    title: str
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReadableSpec:
    """A specification with its operations in brief."""

    api_docs: ApiDocs
    outline: Outline

    @property
    def changed_at(self) -> datetime:
        """When its document was another the last time."""
        return self.api_docs.updated_at


def list_pages(ctx: PortalContext, *, for_all: bool = False) -> Sequence[ReadablePage]:
    """List the pages that who looks may see, or those that everybody may. Cost: three queries."""
    pages = _for_all(ctx) if for_all else _seen(ctx)
    spoken = tuple(f"/{tag}/" for tag in languages_of(default_theme()))
    listed = (page for page in pages if not f"{page.path}/".startswith(spoken))
    written = [ReadablePage(*row) for row in list_written(ctx)]
    ours = {page.path for page in written}  # what a provider has there is not shown
    shown = (page for page in islice(listed, MOST_PAGES) if page.path not in ours)
    return [*shown, *_legal(ctx), *written]


def list_specs(ctx: PortalContext) -> Sequence[ReadableSpec]:
    """List the published specifications with their operations. Cost: one query.

    One that is older than outlines is listed without operations: its document is not read here.
    """
    query = offered_api_docs(Actor.anonymous(ctx.provider.id)).order_by(col(ApiDocs.id))
    light = query.options(defer(ApiDocs.body)).limit(MOST_SPECIFICATIONS)  # type: ignore[arg-type]  # a column
    return [
        ReadableSpec(row, get_outline(row) if row.outline else Outline())
        for row in ctx.db.exec(light)
    ]


def find_body(ctx: PortalContext, api_docs: ApiDocs) -> str:
    """Read the document of a specification that was listed."""
    return ctx.db.exec(select(ApiDocs.body).where(ApiDocs.id == api_docs.id)).one()


def _for_all(ctx: PortalContext) -> Iterator[ReadablePage]:
    for path, source, changed_at in ctx.library.pages_for_all():
        yield ReadablePage(path, ctx.data.language.say(source.title) or path, changed_at)


def _seen(ctx: PortalContext) -> Iterator[ReadablePage]:
    for path, source in ctx.library.pages_seen():
        if source.content_type == HTML:
            yield ReadablePage(path, ctx.data.language.say(source.title) or path)


def _legal(ctx: PortalContext) -> Iterator[ReadablePage]:
    texts = list_terms(ctx.db, ctx.provider.id)
    for path, kind in LEGAL.items():
        if texts.get(kind.value):
            yield ReadablePage(path, ctx.data.language.say(TITLES[kind.value]))
