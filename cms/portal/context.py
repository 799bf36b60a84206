"""What a page of the portal knows: who looks, at whose portal, what was sent."""

from dataclasses import dataclass
from functools import cached_property

from cms.content.index import View
from cms.content.library import Library
from cms.content.theme import theme_of
from cms.liquid.drops.render_data import RenderData
from cms.portal.faults import FaultBook
from cms.portal.kept_pages import KeptPages
from cms.portal.languages import language_tag
from cms.portal.previews import Preview, find_preview
from cms.rendering.renderer import Renderer
from server.auth.sessions import Login
from server.domain.errors import NotFound
from server.domain.fields import is_comparable
from server.kit.ids import id_or_none
from server.web.cookies import ADMIN_HOME
from server.web.pages import PageContext

KEPT = "No mail server is set here: whoever runs this portal finds the mail under Mails."


@dataclass(frozen=True)
class PortalContext(PageContext):
    """One request of the developer portal, within its transaction."""

    renderer: Renderer
    fault_book: FaultBook
    kept_pages: KeptPages

    @property
    def developer(self) -> Login:
        """The login of a page that needs one. Raises: NotFound."""
        if self.visitor is None or self.visitor.actor.account_id is None:
            raise NotFound("There is no such page.")
        return self.visitor

    @property
    def account_id(self) -> int:
        """The developer's account. Raises: NotFound."""
        account_id = self.developer.actor.account_id
        return account_id if account_id is not None else 0

    @cached_property
    def library(self) -> Library:
        """The provider's pages, and the theme's beneath them."""
        account_id = self.visitor.actor.account_id if self.visitor else None
        path = self.path.rstrip("/") or "/"
        path = path if is_comparable(path) else ""  # at which there is nothing
        view = View(path, account_id, drafts=self.preview.drafts)
        return Library(self.db, theme_of(self.provider), self.provider.id, view)

    @cached_property
    def preview(self) -> Preview:
        """How staff who look at the portal want to see it."""
        return find_preview(self)

    @cached_property
    def data(self) -> RenderData:
        """What the drops of this page read from."""
        account_id = self.visitor.actor.account_id if self.visitor else None
        chosen = id_or_none(self.param("plan_ids[]"))
        plans = frozenset() if chosen is None else frozenset({chosen})
        data = RenderData(
            self.db,
            self.installation,
            self.provider,
            account_id,
            plans,
            locale=language_tag(self),
        )
        if self.visitor is not None:
            data.user_id, data.role = self.visitor.user.id, self.visitor.user.role
        return data

    @property
    def request_id(self) -> str:
        """The number under which the log tells more."""
        return str(getattr(self.request.state, "request_id", ""))

    @property
    def uri(self) -> str:
        """The path and query that were asked for."""
        url = self.request.url
        return f"{url.path}?{url.query}" if url.query else url.path

    @property
    def mails_url(self) -> str:
        """Where mails are kept for want of a mail server; empty when they are sent."""
        if not self.deps.mails_are_kept:
            return ""
        return f"{self.installation.addresses.admin(self.provider)}{ADMIN_HOME}/mails"

    def on_its_way(self, text: str) -> str:
        """Tell of a mail, and where it is when none can be sent."""
        return f"{text} {KEPT}" if self.deps.mails_are_kept else text

    def param(self, name: str) -> str:
        """Read what travels along: from the form, else from the address."""
        return self.text(name) or self.request.query_params.get(name, "").strip()
