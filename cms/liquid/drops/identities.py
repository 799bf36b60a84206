"""Logging in by a provider of identity. Source: reference-portal 2.3."""

from collections.abc import Iterable
from dataclasses import dataclass

from cms.liquid.drops.collection import Collection
from cms.liquid.drops.drop import Drop
from cms.liquid.drops.login_ways import LoginWay, SSOLogin
from cms.liquid.drops.render_data import RenderData


class AuthenticationProviderDrop(Drop[LoginWay]):
    """A provider of identity that one may log in by.

    Example: {% for provider in site.authentication_providers %}
    <a href="{{ provider.authorize_url }}">{{ provider.name }}</a>{% endfor %}
    """

    shows = ("name", "system_name", "kind", "client_id", "authorize_url", "callback_url")
    says = {
        "name": "What it is called here.",
        "system_name": "Its part of addresses.",
        "kind": "How it is spoken to: `github`, `auth0`, `keycloak` or `oidc`.",
        "client_id": "What this portal is called there.",
        "authorize_url": "Where a login by it begins.",
        "callback_url": "Where browsers come back to from it.",
    }


class SSOAuthorizationDrop(Drop[SSOLogin]):
    """A provider of identity that who is logged in is connected with.

    Example: {% for login in current_user.sso_authorizations %}
    {{ login.authentication_provider_name }}{% endfor %}
    """

    shows = (
        "authentication_provider_system_name",
        "authentication_provider_name",
        "id_token",
        "url",
    )

    @property
    def authentication_provider_system_name(self) -> str:
        """Its part of addresses."""
        return self.model.system_name

    @property
    def authentication_provider_name(self) -> str:
        """What it is called here."""
        return self.model.name

    @property
    def id_token(self) -> str:
        """Nothing: tokens are not kept."""
        return ""

    @property
    def url(self) -> str:
        """What ends the connection."""
        return f"/admin/account/personal_details/logins/{self.model.system_name}"


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody who comes by a provider of identity and is nobody here yet."""

    way: LoginWay
    email: str
    email_verified: bool
    username: str
    account: str = ""  # that invites him


class ArrivalDrop(Drop[Arrival]):
    """Who comes by a provider of identity for the first time.

    Example: {{ identity.email }} comes by {{ identity.authentication_provider.name }}
    """

    shows = (
        "authentication_provider",
        "email",
        "email_verified?",
        "username",
        "account_name",
        "login_url",
        "url",
    )
    says = {
        "email": "The mail address that it tells; may be empty.",
        "username": "The name that it tells; may be empty.",
    }

    @property
    def authentication_provider(self) -> AuthenticationProviderDrop:
        """Where he comes from."""
        return AuthenticationProviderDrop(self.model.way, self.data)

    @property
    def email_verified(self) -> bool:
        """Return whether he proved to read that mail."""
        return self.model.email_verified

    @property
    def account_name(self) -> str:
        """The account that invites him; empty when he signs up."""
        return self.model.account

    @property
    def url(self) -> str:
        """Where the forms go."""
        return f"/auth/{self.model.way.system_name}/signup"

    @property
    def login_url(self) -> str:
        """Where he logs in with a password, to be connected then."""
        form = "with=password&" if self.data.settings.sso_login_url else ""
        return f"/login?{form}return_to={self.url}"


def ways_of(ways: Iterable[LoginWay], data: RenderData) -> Collection[AuthenticationProviderDrop]:
    """Show ways to log in, also by system name."""
    return Collection(AuthenticationProviderDrop(way, data) for way in ways)
