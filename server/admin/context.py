"""What a page of the admin portal knows: who looks, at which provider, and what was sent."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse

from server.actions.resources import Resource
from server.actions.work import Work
from server.admin.forms import ON, Form, parse_number, summary_of
from server.auth.dependencies import Dependencies
from server.auth.sessions import Login
from server.domain.errors import DomainError, NotFound
from server.domain.fields import clean_optional_text
from server.domain.installation import Installation
from server.domain.permissions import Permission
from server.domain.provider.providers import Provider
from server.kit.ids import id_or_none

HOME = "/p/admin"
NOTICE_COOKIE = "admin_notice"
NOTICE_LIFETIME_S = 60
MOST_QUERY = 2048


@dataclass(frozen=True, slots=True)
class AdminContext(Work):
    """One logged-in request in its transaction. `error` is why the form `values` was refused."""

    deps: Dependencies
    request: Request
    provider: Provider
    login: Login
    values: Mapping[str, str] = field(default_factory=dict)
    error: DomainError | None = None

    @property
    def csrf(self) -> str:
        """The token that every form carries."""
        return self.login.session.csrf_token

    @property
    def path(self) -> str:
        """The path of the request, for marking the menu."""
        return self.request.url.path

    @property
    def alert(self) -> str:
        """Why what was sent is refused; empty when it is not."""
        return summary_of(self.error) if self.error else ""

    @property
    def notice(self) -> str:
        """What the page before has done, told once."""
        return read_notice(self.installation, self.request.cookies.get(NOTICE_COOKIE, ""))

    def may(self, permission: str) -> bool:
        """Tell whether the actor may do something; `plans:edit` for example."""
        return self.actor.may(Permission(permission))

    def form(self, form_id: str) -> Form:
        """Give a form of the page: as typed if it is the refused one, else a fresh one."""
        if self.error is not None and self.values.get("form_id") == form_id:
            return Form(form_id, self.values, self.error)
        return Form(form_id)

    def text(self, name: str) -> str:
        """Read a field without surrounding space."""
        return self.values.get(name, "").strip()

    def number(self, name: str) -> int:
        """Read a whole number. Raises: Invalid."""
        return parse_number(self.text(name), name)

    def number_or_none(self, name: str) -> int | None:
        """Read a whole number that may be missing. Raises: Invalid."""
        return self.number(name) if self.text(name) else None

    def flag(self, name: str) -> bool:
        """Read a checkbox."""
        return self.values.get(name) == ON

    def sent(self, resource: Resource[Any]) -> dict[str, str]:
        """Take those attributes of a resource that the form has; its declaration reads them."""
        names = [attribute.name for attribute in resource.attributes]
        return {name: self.values[name] for name in names if name in self.values}

    def texts(self, *names: str) -> dict[str, str]:
        """Read those of the named fields that were sent."""
        return {name: self.text(name) for name in names if name in self.values}

    def query(self, name: str) -> str:
        """Read a parameter of the address. Raises: Invalid for what no field can hold."""
        return clean_optional_text(self.request.query_params.get(name), name, most=MOST_QUERY)

    def path_id(self, name: str) -> int:
        """Read an id of the path. Raises: NotFound."""
        return parse_id(str(self.request.path_params[name]))

    def go(self, path: str, notice: str = "") -> RedirectResponse:
        """Send the browser to a page of the portal, which shows the notice once."""
        response = RedirectResponse(f"{HOME}{path}", status_code=303)
        if notice:
            response.set_cookie(
                NOTICE_COOKIE,
                write_notice(self.installation, notice),
                max_age=NOTICE_LIFETIME_S,
                path=HOME,
                secure=self.deps.cookie_is_secure,
                httponly=True,
                samesite="lax",
            )
        return response


def parse_id(text: str) -> int:
    """Read an id. Raises: NotFound, since an id of another shape is nobody's."""
    found = id_or_none(text)
    if found is None:
        raise NotFound("There is no such page.")
    return found


def write_notice(installation: Installation, text: str) -> str:
    """Sign a notice for its cookie, so that nobody else can put words on our pages."""
    encoded = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
    return f"{installation.vault.sign(f'notice:{encoded}')}.{encoded}"


def read_notice(installation: Installation, cookie: str) -> str:
    """Read a notice; empty when the cookie is not ours."""
    signature, _, encoded = cookie.partition(".")
    if not encoded or not installation.vault.signature_holds(f"notice:{encoded}", signature):
        return ""
    try:
        return base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
