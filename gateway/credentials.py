"""Who is calling: credentials from where the service wants them. Source: reference-gateway 4."""

import binascii
from base64 import b64decode

from gateway.config.service import Proxy
from gateway.directory import Credential
from gateway.exchange import Exchange


def read_credential(exchange: Exchange) -> Credential | None:
    """Read a call's credential; None when any part is missing. An empty value is present."""
    proxy = exchange.document.proxy
    version = exchange.document.backend_version
    if version == "oauth":
        return None
    if proxy.credentials_location == "authorization":
        return _in_authorization(exchange, version)
    if version == "1":
        user_key = _find(exchange, proxy.auth_user_key)
        return None if user_key is None else Credential("user_key", user_key)
    app_id, app_key = _find(exchange, proxy.auth_app_id), _find(exchange, proxy.auth_app_key)
    if app_id is None or app_key is None:
        return None
    return Credential("app_id", app_id, app_key)


def may_be_in_body(proxy: Proxy) -> bool:
    """Return whether a form's fields may hold what the query lacks."""
    return proxy.credentials_location == "query"


def _find(exchange: Exchange, name: str) -> str | None:
    if exchange.document.proxy.credentials_location == "query":
        return exchange.arguments.credential(name)
    return _find_header(exchange, name)


def _find_header(exchange: Exchange, name: str) -> str | None:
    wanted = name.replace("_", "-").encode()
    for each, value in exchange.headers:
        if each == wanted or each.replace(b"_", b"-") == wanted:
            return value.decode("latin-1")
    return None


def _in_authorization(exchange: Exchange, version: str) -> Credential | None:
    scheme, _, rest = (exchange.header(b"authorization") or b"").partition(b" ")
    scheme = scheme.lower()
    if scheme == b"bearer" and version == "1" and rest.strip():
        return Credential("user_key", rest.strip().decode("latin-1"))
    if scheme != b"basic":
        return None
    try:
        user, colon, password = b64decode(rest.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    if version == "1":
        return Credential("user_key", user)
    return Credential("app_id", user, password) if colon else None
