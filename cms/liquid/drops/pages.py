"""The page itself: its request, addresses, messages and form."""

from collections.abc import Mapping
from dataclasses import dataclass

from cms.liquid.drops.drop import Drop
from cms.liquid.drops.errors import Filled as Filled
from cms.liquid.drops.errors import Refusal as Refusal
from cms.liquid.drops.fields import FieldsDrop
from cms.liquid.drops.pagination import Pages as Pages
from cms.liquid.drops.pagination import PaginationDrop as PaginationDrop
from cms.liquid.forms import TOKENS
from server.domain.portal.legal import TermsKind


@dataclass(frozen=True, slots=True)
class Asked:
    """The request, as far as templates may know it."""

    path: str
    request_uri: str
    host: str
    host_with_port: str = ""


class RequestDrop(Drop[Asked]):
    """What was asked for.

    Example: {{ request.host }}{{ request.path }}
    """

    shows = ("path", "request_uri", "original_url", "host", "host_with_port")
    says = {
        "request_uri": "The path with the query.",
        "host": "The host.",
    }

    @property
    def original_url(self) -> str:
        """The path with the query."""
        return self.model.request_uri

    @property
    def host_with_port(self) -> str:
        """The host, with the port when it has one of its own."""
        return self.model.host_with_port or self.model.host


@dataclass(frozen=True, slots=True)
class Url:
    """One address, seen from the page at `at`."""

    path: str
    title: str
    at: str


class UrlDrop(Drop[Url]):
    """An address that knows whether we are there.

    Example: <a href="{{ urls.plans }}"{% if urls.plans.active? %} class="here"{% endif %}>
    {{ urls.plans.title }}</a>
    """

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
    "search": ("/search", "Search"),
    "signup": ("/signup", "Sign up"),
    "login": ("/login", "Log in"),
    "logout": ("/logout", "Log out"),
    "forgot_password": ("/admin/account/password/new", "Forgot your password?"),
    "dashboard": ("/admin", "Dashboard"),
    "applications": ("/admin/applications", "Applications"),
    "new_application": ("/admin/applications/new", "New application"),
    "access_details": ("/admin/access_details", "Keys"),
    "stats": ("/buyer/stats", "Usage"),
    "messages_inbox": ("/admin/messages/received", "Messages"),
    "messages_outbox": ("/admin/messages/sent", "Sent"),
    "messages_trash": ("/admin/messages/trash", "Trash"),
    "messages_new": ("/admin/messages/new", "New message"),
    "compose_message": ("/admin/messages/new", "New message"),
    "empty_messages_trash": ("/admin/messages/trash/empty", "Empty the trash"),
    "account_overview": ("/admin/account", "Account"),
    "account_edit": ("/admin/account/edit", "Edit account"),
    "services": ("/admin/services", "Subscriptions"),
    "service_subscription": ("/admin/service_contracts/new", "Subscribe"),
    "account_plans": ("/admin/account/account_plans", "Account plans"),
    "forum": ("/forum", "Forum"),
    "new_topic": ("/forum/topics/new", "New topic"),
    "forum_subscriptions": ("/forum/subscriptions", "Subscribed topics"),
    "gallery": ("/gallery", "Gallery"),
    "terms": ("/terms", "Terms of service"),
    "privacy": ("/privacy", "Privacy policy"),
    "refunds": ("/refunds", "Refund policy"),
    "users": ("/admin/account/users", "Users"),
    "invitations": ("/admin/account/invitations", "Invitations"),
    "new_invitation": ("/admin/account/invitations/new", "Invite a colleague"),
    "personal_details": ("/admin/account/personal_details", "Personal details"),
    "security": ("/admin/account/personal_details/security", "Sign-in security"),
    "access_tokens": (TOKENS, "Access tokens"),
}

LEGAL: Mapping[str, TermsKind] = {  # addresses that are nothing while there is no such text
    "terms": TermsKind.SIGNUP,
    "privacy": TermsKind.PRIVACY,
    "refunds": TermsKind.REFUNDS,
}


class UrlsDrop(Drop[str]):
    """The portal's addresses; the model is the path of the page.

    Example: <a href="{{ urls.signup }}">Sign up</a>
    """

    shows = tuple(URLS)
    aliases = {
        "api_access_details": "access_details",
        "credit_card_terms": "terms",
        "credit_card_privacy": "privacy",
        "credit_card_refunds": "refunds",
    }
    says = {name: f"The page of {path}." for name, (path, _) in URLS.items()}
    types = dict.fromkeys(URLS, "Url")

    def __getitem__(self, name: str) -> object:
        if name not in self._known:
            self._known[name] = self._url(self.aliases.get(name, name))
        return self._known[name]

    def _url(self, name: str) -> "UrlDrop | None":
        """Find an address. Raises: KeyError."""
        path, title = URLS[name]
        if self._is_closed(name):
            return None
        return UrlDrop(Url(path, self.data.language.say(title), self.model), self.data)

    def _is_closed(self, name: str) -> bool:
        """Return whether nobody who looks may go there; such an address is nothing."""
        if name == "signup":
            return not self.data.settings.signups_enabled
        if name == "new_application" and self.data.account_id is not None:
            return not self.data.settings.multiple_applications and bool(self.data.applications)
        if name == "access_tokens":
            return self.data.role != "admin"
        if name in LEGAL:
            return LEGAL[name] not in self.data.legal_kinds
        settings, is_known = self.data.settings, self.data.account_id is not None
        if name in {"forum", "new_topic", "forum_subscriptions"}:
            return not settings.forum_enabled or not (is_known or settings.forum_public)
        return name == "gallery" and not settings.app_gallery_enabled


@dataclass(frozen=True, slots=True)
class FlashMessage:
    """What the page before wants to be told: info, success or danger."""

    type: str
    text: str


class FlashMessageDrop(Drop[FlashMessage]):
    """One notice.

    Example: {% for message in flash.messages %}{{ message.type }}: {{ message.text }}{% endfor %}
    """

    shows = ("type", "text")
    says = {
        "type": "`info`, `success` or `danger`.",
    }

    @property
    def text(self) -> str:
        """What is told."""
        return self.data.language.say(self.model.text)


class FlashDrop(Drop[tuple[FlashMessage, ...]]):
    """The messages.

    Example: {{ flash.messages | size }}
    """

    shows = ("messages",)

    @property
    def messages(self) -> list[FlashMessageDrop]:
        """All of them."""
        return [FlashMessageDrop(message, self.data) for message in self.model]


class FormDrop(Drop[Filled]):
    """A form: what was typed, and what was wrong with it.

    Example: <input name="account[org_name]" value="{{ form.values.org_name }}">
    {{ form.errors.org_name }}
    """

    shows = ("values", "errors", "fields", "alert", "refused?")
    attributes = {"values": "typed"}
    types = {"fields": "[Field]"}

    @property
    def typed(self) -> Mapping[str, str]:
        """What was typed, by short name."""
        return dict(self.model.values)

    @property
    def errors(self) -> Mapping[str, str]:
        """What was wrong, by short name."""
        say = self.data.language.say
        return {name: say(text) for name, text in self.model.refusal.by_field.items()}

    @property
    def fields(self) -> FieldsDrop:
        """The fields that the provider defined, with what was typed."""
        return FieldsDrop(self.model.fields, self.data)

    @property
    def alert(self) -> str:
        """What was wrong as a whole."""
        return self.data.language.say(self.model.refusal.alert)

    @property
    def refused(self) -> bool:
        """Return whether the form came back."""
        return bool(self.errors or self.alert)
