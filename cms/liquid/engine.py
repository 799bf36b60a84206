"""Liquid environments with limits set; templates are parsed once and kept."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from collections.abc import Set as AbstractSet
from functools import partial
from threading import Lock
from typing import Any

from liquid import BoundTemplate, Environment, Node, RenderContext, Tag, Token
from liquid.builtin.content import ContentNode
from liquid.exceptions import LiquidError, TemplateNotFoundError
from liquid.loader import BaseLoader, TemplateSource
from liquid.parser import get_parser
from liquid.token import TOKEN_TAG

from cms.content.library import Library
from cms.content.theme import Source
from cms.liquid.arguments import as_liquid
from cms.liquid.errors import Place, TemplateError
from cms.liquid.filters import (
    buttons,
    dates,
    errors,
    lists,
    money,
    prose,
    text,
    translate,
    urls,
)
from cms.liquid.limits import (
    MOST_OUTPUT_BYTES,
    MOST_TURNS,
    Rendering,
    bounded,
)
from cms.liquid.names import stream_of
from cms.liquid.portal_template import RAW_ERRORS, PortalTemplate, told
from cms.liquid.render_scope import RenderScope
from cms.liquid.sources import Unreadable, prepare
from cms.liquid.tags.active_docs import ActiveDocsTag
from cms.liquid.tags.bcc import BccTag
from cms.liquid.tags.cc import CcTag
from cms.liquid.tags.cdn_asset import CdnAssetTag
from cms.liquid.tags.content import ContentTag
from cms.liquid.tags.content_for import ContentForTag
from cms.liquid.tags.csrf import CsrfTag
from cms.liquid.tags.debug import DebugTag
from cms.liquid.tags.disable_client_cache import DisableClientCacheTag
from cms.liquid.tags.do_not_send import DoNotSendTag
from cms.liquid.tags.email import EmailTag
from cms.liquid.tags.essential_assets import EssentialAssetsTag
from cms.liquid.tags.flash import FlashTag
from cms.liquid.tags.footer import FooterTag
from cms.liquid.tags.form import FormTag
from cms.liquid.tags.header import OwnHeaderTag
from cms.liquid.tags.latest_forum_posts import LatestForumPostsTag
from cms.liquid.tags.latest_messages import LatestMessagesTag
from cms.liquid.tags.legacy import LEGACY_TAGS
from cms.liquid.tags.logo import LogoTag
from cms.liquid.tags.menu import MenuTag
from cms.liquid.tags.output import WordsEchoTag, WordsOutput
from cms.liquid.tags.plan_widget import PlanWidgetTag
from cms.liquid.tags.portlet import PortletTag
from cms.liquid.tags.reply_to import ReplyToTag
from cms.liquid.tags.sender import FromTag
from cms.liquid.tags.sort_link import SortLinkTag
from cms.liquid.tags.subject import SubjectTag
from cms.liquid.tags.submenu import SubmenuTag
from cms.liquid.tags.theme_stylesheet import ThemeStylesheetTag
from cms.liquid.tags.threescale_essentials import ThreescaleEssentialsTag
from cms.liquid.tags.trial_notice import TrialNoticeTag
from cms.liquid.tags.user_widget import UserWidgetTag

MOST_PARSED = 2_000
TAGS = (
    ActiveDocsTag,
    BccTag,
    CcTag,
    CdnAssetTag,
    ContentForTag,
    ContentTag,
    CsrfTag,
    DebugTag,
    DisableClientCacheTag,
    DoNotSendTag,
    EmailTag,
    EssentialAssetsTag,
    FlashTag,
    FooterTag,
    FormTag,
    FromTag,
    LatestForumPostsTag,
    LatestMessagesTag,
    LogoTag,
    MenuTag,
    OwnHeaderTag,
    PlanWidgetTag,
    PortletTag,
    ReplyToTag,
    SortLinkTag,
    SubjectTag,
    SubmenuTag,
    ThemeStylesheetTag,
    ThreescaleEssentialsTag,
    TrialNoticeTag,
    UserWidgetTag,
)
MENDED_TAGS = (WordsEchoTag, WordsOutput)  # Liquid's own
FILTERS: Mapping[str, Callable[..., Any]] = {
    **text.FILTERS,
    **lists.FILTERS,
    **urls.FILTERS,
    **money.FILTERS,
    **dates.FILTERS,
    **translate.FILTERS,
    **buttons.FILTERS,
    **errors.FILTERS,
    **prose.FILTERS,
}


class _PartialLoader(BaseLoader):
    """Loads what `include` names from the library of the running render."""

    def get_source(
        self,
        env: Environment,
        template_name: str,
        *,
        context: RenderContext | None = None,
        **_kwargs: object,
    ) -> TemplateSource:
        raise TemplateNotFoundError(template_name, token=None)

    def load(
        self,
        env: Environment,
        name: str,
        *,
        globals: Mapping[str, object] | None = None,
        context: RenderContext | None = None,
        **_kwargs: object,
    ) -> BoundTemplate:
        if not isinstance(context, Rendering):
            raise TemplateNotFoundError(name, token=None)
        return context.render_scope.partial(name)


class _PortalLiquid(Environment):
    """Liquid with its own limits set too; `limits.Rendering` holds the stricter ones."""

    template_class = PortalTemplate
    output_stream_limit = MOST_OUTPUT_BYTES
    loop_iteration_limit = MOST_TURNS

    def _parse(self, source: str) -> list[Node]:
        return get_parser(self).parse(stream_of(self.tokenizer()(source)))


class Engine:
    """One environment and its parsed templates. Thread-safe."""

    def __init__(self, *, autoescape: bool) -> None:
        self._environment = _PortalLiquid(loader=_PartialLoader(), autoescape=autoescape)
        tags: tuple[type[Tag], ...] = (*TAGS, *LEGACY_TAGS, *MENDED_TAGS)
        for tag in tags:
            self._environment.add_tag(tag)
        self._environment.filters.update(FILTERS)
        for name, function in list(self._environment.filters.items()):
            spoken = as_liquid(name, function, is_html=autoescape)
            self._environment.filters[name] = bounded(name, spoken)
        self._parsed: OrderedDict[Hashable, BoundTemplate] = OrderedDict()
        self._lock = Lock()
        self._nothing = self._environment.from_string("")

    @property
    def filter_names(self) -> AbstractSet[str]:
        """The names of all filters."""
        return self._environment.filters.keys()

    def template(self, source: Source) -> BoundTemplate:
        """Parse a template, or take the parsed one. Raises: TemplateError."""
        with self._lock:
            found = self._parsed.get(source.key)
            if found is not None:
                self._parsed.move_to_end(source.key)
                return found
        parsed = self._parse(source, source.load())
        with self._lock:
            self._parsed[source.key] = parsed
            while len(self._parsed) > MOST_PARSED:
                self._parsed.popitem(last=False)
        return parsed

    def computes(self, source: Source) -> bool:
        """Return whether a template may say something else each time. Raises: TemplateError."""
        nodes = self.template(source).nodes if source.is_liquid else ()
        return any(type(node) is not ContentNode for node in nodes)

    def render_scope(self, library: Library) -> RenderScope:
        """Make the surroundings of a render whose partials come from the library."""
        scope = RenderScope(self._partials_of(library))
        scope.portlet = partial(self._portlet, library)
        return scope

    def render(
        self, source: Source, render_scope: RenderScope, variables: Mapping[str, object]
    ) -> str:
        """Render a template. Raises: TemplateError. Cost: bounded by `limits`."""
        template = self.template(source)
        rendering = Rendering(template, render_scope, variables)
        buffer = rendering.buffer()
        template.render_with_context(rendering, buffer)
        return buffer.getvalue()

    def _parse(self, source: Source, text: str) -> BoundTemplate:
        try:
            parsed = self._environment.from_string(prepare(text), name=source.name)
        except Unreadable as error:
            place = self._place(source, text, error.index)
            raise TemplateError(error.message, place) from error
        except (LiquidError, RecursionError, *RAW_ERRORS) as error:
            raise self._refused(source, text, error) from error
        if isinstance(parsed, PortalTemplate):
            parsed.origin = source
        return parsed

    def _refused(self, source: Source, text: str, error: Exception) -> TemplateError:
        """Say why a text can't be parsed, at the tag that is open where it ends."""
        token = error.token if isinstance(error, LiquidError) else None
        if token is not None and token.start_index >= 0:
            return TemplateError(told(error), self._place(source, text, token.start_index))
        unclosed = find_unclosed(self._environment, text)
        if unclosed is None:
            return TemplateError(told(error), self._place(source, text, -1))
        tag, end = unclosed
        message = f"The '{tag.value}' block is never closed by '{end}'."
        return TemplateError(message, self._place(source, text, tag.start_index))

    def _place(self, source: Source, text: str, index: int) -> Place:
        if index < 0:
            return Place(source.kind, source.name)
        return Place.of(source.kind, source.name, text, index)

    def _portlet(self, library: Library, name: str) -> BoundTemplate | None:
        source = library.find("portlet", name)
        return self.template(source) if source else None

    def _partials_of(self, library: Library) -> Callable[[str], BoundTemplate]:
        """Look partials up, each of those that there are once a render."""
        known: dict[str, BoundTemplate] = {}

        def find(name: str) -> BoundTemplate:
            found = known.get(name)
            if found is None:
                source = library.find("partial", name)
                if source is None:
                    return self._nothing
                found = known[name] = self.template(source)
            return found

        return find


def find_unclosed(environment: Environment, text: str) -> tuple[Token, str] | None:
    """Find the innermost block that is open where a text ends, and the tag that would end it."""
    still_open: list[tuple[Token, str]] = []
    try:
        for token in environment.tokenizer()(text):
            tag = environment.tags.get(token.value) if token.kind == TOKEN_TAG else None
            if tag is not None and tag.block and tag.end:
                still_open.append((token, tag.end))
            elif still_open and token.kind == TOKEN_TAG and token.value == still_open[-1][1]:
                still_open.pop()
    except LiquidError:
        return None
    return still_open[-1] if still_open else None
