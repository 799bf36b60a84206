"""What a page of the admin portal knows: who looks, at which provider, and what was sent."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from starlette.responses import Response

from server.actions.messages.messages import count_unread
from server.actions.resources import Resource
from server.admin.forms import ON, Form, parse_number, summary_of
from server.auth.sessions import Login
from server.domain.errors import Invalid, NotFound
from server.domain.fields import clean_optional_text
from server.domain.permissions import Permission
from server.kit.zones import zone_of
from server.web.cookies import ADMIN
from server.web.pages import LoginNeeded, PageContext

HOME = ADMIN.home
MOST_QUERY = 2048
Verb = TypeVar("Verb")
OWN_PAGE = re.compile(r"/p/admin(?:[/?][A-Za-z0-9/_\-?=&%.+~]*)?")


@dataclass(frozen=True)
class AdminContext(PageContext):
    """One request of the admin portal, in its transaction."""

    @property
    def login(self) -> Login:
        """The login of a page that needs one. Raises: LoginNeeded."""
        if self.visitor is None:
            raise LoginNeeded
        return self.visitor

    @property
    def alert(self) -> str:
        """Why what was sent is refused; empty when it is not."""
        errors = (self.error, *self.error.others) if self.error else ()
        return " ".join(summary_of(each) for each in errors)

    @property
    def unread_messages(self) -> int:
        """How many messages of developers nobody has read. Cost: one indexed query."""
        if self.visitor is None or not self.actor.may(Permission.MESSAGES_READ):
            return 0
        return count_unread(self.db, self.provider.id, None)

    def may(self, permission: str) -> bool:
        """Return whether the actor may do something; `plans:edit` for example."""
        return self.actor.may(Permission(permission))

    def form(self, form_id: str) -> Form:
        """Give a form of the page: as typed if it is the refused one, else a fresh one."""
        if self.error is not None and self.values.get("form_id") == form_id:
            return Form(form_id, self.values, self.error)
        return Form(form_id)

    def time(self, name: str) -> datetime | None:
        """Read a time as browsers write it, in the provider's zone. Raises: Invalid."""
        text = self.text(name)
        if not text:
            return None
        try:
            at = datetime.fromisoformat(text)
        except ValueError as error:
            raise Invalid("must be a time such as 2027-01-31T09:00.", field=name) from error
        return at if at.tzinfo else at.replace(tzinfo=zone_of(self.provider.timezone))

    def number(self, name: str) -> int:
        """Read a whole number. Raises: Invalid."""
        return parse_number(self.text(name), name)

    def number_or_none(self, name: str) -> int | None:
        """Read a whole number that may be missing. Raises: Invalid."""
        return self.number(name) if self.text(name) else None

    def flag(self, name: str) -> bool:
        return self.values.get(name) == ON

    def sent(self, resource: Resource[Any]) -> dict[str, str]:
        """Take those attributes of a resource that the form has; its declaration reads them."""
        names = [attribute.name for attribute in resource.attributes]
        return {name: self.values[name] for name in names if name in self.values}

    def texts(self, *names: str) -> dict[str, str]:
        """Read those of the named fields that were sent."""
        return {name: self.text(name) for name in names if name in self.values}

    def verb(self, verbs: Mapping[str, Verb]) -> Verb:
        """Tell what the last word of the address stands for. Raises: NotFound."""
        name = self.request.path_params["event"]
        if name not in verbs:
            raise NotFound("There is no such page.")
        return verbs[name]

    def query(self, name: str) -> str:
        """Read a parameter of the address. Raises: Invalid for what no field can hold."""
        return clean_optional_text(self.request.query_params.get(name), name, most=MOST_QUERY)

    @property
    def here(self) -> str:
        """The address of the page that is shown, with its filter; of its form when that failed."""
        sent = self.text("back")
        if self.request.method != "GET":
            return own_page(sent)
        query = self.request.url.query
        return f"{self.path}?{query}" if query else self.path

    def go(self, path: str, text: str = "", kind: str = "success") -> Response:
        """Send the browser to a page below the portal's home, which tells the text once."""
        return super().go(f"{HOME}{path}", text, kind)

    def go_back(self, path: str, text: str) -> Response:
        """Send the browser to the list that the form was sent from; else to a page below home."""
        back = self.text("back")
        return super().go(own_page(back) if back else f"{HOME}{path}", text)


def own_page(text: str) -> str:
    """Keep an address to return to only when it is a page of this portal."""
    return text if OWN_PAGE.fullmatch(text) and "/login" not in text else HOME
