"""How one may log in beside a password: what templates may know of providers of identity."""

from dataclasses import dataclass
from urllib.parse import urlencode

from server.domain.accounts.authentication_providers import AuthenticationProvider

START = "/auth"


@dataclass(frozen=True, slots=True)
class LoginWay:
    """A provider of identity without its secret, and where a login by it begins."""

    name: str
    system_name: str
    kind: str
    client_id: str
    authorize_url: str
    callback_url: str


@dataclass(frozen=True, slots=True)
class SSOLogin:
    """A login that a user is connected with."""

    system_name: str
    name: str


def login_way_of(
    row: AuthenticationProvider, base: str, return_to: str = "", *, begins_at: str = ""
) -> LoginWay:
    """Tell a way to log in of the portal at `base`; `begins_at` is another start than usual."""
    path = begins_at or f"{START}/{row.system_name}"
    return LoginWay(
        row.name,
        row.system_name,
        row.kind,
        row.client_id,
        f"{path}?{urlencode({'return_to': return_to})}" if return_to else path,
        f"{base}{START}/{row.system_name}/callback",
    )
