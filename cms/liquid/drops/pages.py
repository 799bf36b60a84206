"""The page itself: its request, addresses, messages and form."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cms.liquid.drops.drop import Drop


@dataclass(frozen=True, slots=True)
class Asked:
    """The request, as far as templates may know it."""

    path: str
    request_uri: str
    host: str


class RequestDrop(Drop[Asked]):
    """What was asked for."""

    shows = ("path", "request_uri", "host")


@dataclass(frozen=True, slots=True)
class Url:
    """One address, seen from the page at `at`."""

    path: str
    title: str
    at: str


class UrlDrop(Drop[Url]):
    """An address that knows whether we are there."""

    shows = ("title", "path", "current?", "current_or_subpath?", "active?")

    def __str__(self) -> str:
        return self.model.path

    @property
    def current(self) -> bool:
        """Return whether this is the page."""
        return self.model.at == self.model.path

    @property
    def current_or_subpath(self) -> bool:
        """Return whether the page is this one or below it."""
        return self.current or self.model.at.startswith(f"{self.model.path}/")

    @property
    def active(self) -> bool:
        """Return the same under its other name."""
        return self.current_or_subpath


URLS: Mapping[str, tuple[str, str]] = {
    "home": ("/", "Home"),
    "documentation": ("/docs", "Documentation"),
    "plans": ("/plans", "Plans"),
    "signup": ("/signup", "Sign up"),
    "login": ("/login", "Log in"),
    "logout": ("/logout", "Log out"),
    "forgot_password": ("/admin/account/password/new", "Forgot your password?"),
    "dashboard": ("/admin", "Dashboard"),
    "applications": ("/admin/applications", "Applications"),
    "new_application": ("/admin/applications/new", "New application"),
    "stats": ("/buyer/stats", "Usage"),
    "messages_inbox": ("/admin/messages/received", "Messages"),
    "messages_outbox": ("/admin/messages/sent", "Sent"),
    "messages_trash": ("/admin/messages/trash", "Trash"),
    "messages_new": ("/admin/messages/new", "New message"),
    "compose_message": ("/admin/messages/new", "New message"),
    "empty_messages_trash": ("/admin/messages/trash/empty", "Empty the trash"),
    "account_overview": ("/admin/account", "Account"),
    "account_edit": ("/admin/account/edit", "Edit account"),
    "personal_details": ("/admin/account/personal_details", "Personal details"),
}


class UrlsDrop(Drop[str]):
    """The portal's addresses; the model is the path of the page."""

    shows = tuple(URLS)

    def __getitem__(self, name: str) -> object:
        if name not in URLS:
            raise KeyError(name)
        path, title = URLS[name]
        return UrlDrop(Url(path, title, self.model), self.data)


@dataclass(frozen=True, slots=True)
class FlashMessage:
    """What the page before wants to be told: info, success or danger."""

    type: str
    text: str


class FlashMessageDrop(Drop[FlashMessage]):
    """One notice."""

    shows = ("type", "text")


class FlashDrop(Drop[tuple[FlashMessage, ...]]):
    """The messages."""

    shows = ("messages",)

    @property
    def messages(self) -> list[FlashMessageDrop]:
        """All of them."""
        return [FlashMessageDrop(message, self.data) for message in self.model]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a form was refused: messages by field, and one that belongs to none."""

    by_field: Mapping[str, str] = field(default_factory=dict)
    alert: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it was filled in: values by short name, passwords left out."""

    values: Mapping[str, str] = field(default_factory=dict)
    refusal: Refusal = field(default_factory=Refusal)


class FormDrop(Drop[Filled]):
    """A form: what was typed, and what was wrong with it."""

    shows = ("values", "errors", "alert", "refused?")
    attributes = {"values": "typed"}

    @property
    def typed(self) -> Mapping[str, str]:
        """What was typed, by short name."""
        return dict(self.model.values)

    @property
    def errors(self) -> Mapping[str, str]:
        """What was wrong, by short name."""
        return dict(self.model.refusal.by_field)

    @property
    def alert(self) -> str:
        """What was wrong as a whole."""
        return self.model.refusal.alert

    @property
    def refused(self) -> bool:
        """Return whether the form came back."""
        return bool(self.errors or self.alert)


@dataclass(frozen=True, slots=True)
class Pages:
    """Neighbours of one page of a list; empty at the ends."""

    next: str = ""
    previous: str = ""


class PaginationDrop(Drop[Pages]):
    """Addresses of the neighbouring pages."""

    shows = ("next", "previous")
