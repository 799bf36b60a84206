"""Who is calling: credentials from where the service wants them. Source: reference-gateway 4."""

import binascii
from base64 import b64decode

from gateway.config.document import Proxy
from gateway.exchange import Exchange

Credentials = tuple[tuple[str, str], ...]  # (user_key,) or (app_id, app_key), by wire name

USER_KEY = "user_key"
APP_ID = "app_id"
APP_KEY = "app_key"


def credentials_of(exchange: Exchange) -> Credentials:
    """Read a call's credentials; empty when any part is missing. An empty value is present."""
    proxy = exchange.document.proxy
    version = exchange.document.backend_version
    if version == "oauth":
        return ()
    if proxy.credentials_location == "authorization":
        return _of_authorization(exchange, version)
    if version == "1":
        return _together(exchange, ((USER_KEY, proxy.auth_user_key),))
    return _together(exchange, ((APP_ID, proxy.auth_app_id), (APP_KEY, proxy.auth_app_key)))


def may_be_in_body(proxy: Proxy) -> bool:
    """Tell whether a form's fields may hold what the query lacks."""
    return proxy.credentials_location == "query"


def _together(exchange: Exchange, names: tuple[tuple[str, str], ...]) -> Credentials:
    in_query = exchange.document.proxy.credentials_location == "query"
    found: list[tuple[str, str]] = []
    for name, custom in names:
        value = exchange.arguments.get_any_case(custom) if in_query else _header(exchange, custom)
        if value is None:
            return ()
        found.append((name, value))
    return tuple(found)


def _header(exchange: Exchange, name: str) -> str | None:
    wanted = name.replace("_", "-").encode()
    for each, value in exchange.headers:
        if each == wanted or each.replace(b"_", b"-") == wanted:
            return value.decode("latin-1")
    return None


def _of_authorization(exchange: Exchange, version: str) -> Credentials:
    scheme, _, rest = (exchange.header(b"authorization") or b"").partition(b" ")
    kind = scheme.lower()
    if kind == b"bearer" and version == "1" and rest.strip():
        return ((USER_KEY, rest.strip().decode("latin-1")),)
    if kind != b"basic":
        return ()
    try:
        user, colon, password = b64decode(rest.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return ()
    if version == "1":
        return ((USER_KEY, user),)
    return ((APP_ID, user), (APP_KEY, password)) if colon else ()
