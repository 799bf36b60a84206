"""What a page of the portal knows: who looks, at whose portal, what was sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from starlette.requests import Request

from cms.content.library import Library
from cms.liquid.drops.pages import FlashMessage
from cms.liquid.drops.render_data import RenderData
from server.actions.work import Work
from server.auth.dependencies import Dependencies
from server.auth.sessions import Login
from server.domain.errors import DomainError, NotFound
from server.domain.provider.providers import Provider
from server.kit.ids import id_or_none


@dataclass(frozen=True)
class PortalContext(Work):
    """One request within its transaction. `error` is why the form was refused."""

    deps: Dependencies
    request: Request
    provider: Provider
    library: Library
    login: Login | None
    csrf_token: str
    form: Mapping[str, str] = field(default_factory=dict)
    error: DomainError | None = None
    flash: tuple[FlashMessage, ...] = ()

    @property
    def developer(self) -> Login:
        """The login of a page that needs one. Raises: NotFound."""
        if self.login is None or self.login.actor.account_id is None:
            raise NotFound("There is no such page.")
        return self.login

    @property
    def account_id(self) -> int:
        """The developer's account. Raises: NotFound."""
        account_id = self.developer.actor.account_id
        return account_id if account_id is not None else 0

    @cached_property
    def data(self) -> RenderData:
        """What the drops of this page read from."""
        account_id = self.login.actor.account_id if self.login else None
        chosen = id_or_none(self.param("plan_ids[]"))
        plans = frozenset() if chosen is None else frozenset({chosen})
        return RenderData(self.db, self.installation, self.provider, account_id, plans)

    @property
    def path(self) -> str:
        """The path that was asked for."""
        return self.request.url.path

    @property
    def uri(self) -> str:
        """The path and query that were asked for."""
        url = self.request.url
        return f"{url.path}?{url.query}" if url.query else url.path

    def text(self, name: str) -> str:
        """Read a form field without surrounding space."""
        return self.form.get(name, "").strip()

    def param(self, name: str) -> str:
        """Read what travels along: from the form, else from the address."""
        return self.text(name) or self.request.query_params.get(name, "").strip()

    def path_id(self, name: str) -> int:
        """Read an id of the path. Raises: NotFound."""
        found = id_or_none(str(self.request.path_params[name]))
        if found is None:
            raise NotFound("There is no such page.")
        return found
