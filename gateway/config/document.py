"""The configuration document of a service: read once, checked, then immutable.

Source: reference-gateway 2, reference-portal 9.1 (defaults) and 9.3 (shape).
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from gateway.config.fields import Fields
from gateway.rules import MappingRule, Matcher, parameters_of

CREDENTIALS_LOCATIONS = ("query", "headers", "authorization")
BACKEND_VERSIONS = ("1", "2", "oauth")
AUTHENTICATION_TYPES = ("service_token", "provider_key")
UPSTREAM_SCHEMES = ("http", "https", "ws", "wss")
ERROR_CONTENT_TYPE = "text/plain; charset=us-ascii"
HEADER_VALUE = re.compile(r"[\x20-\x7e]*")
HOST_AND_PORT = re.compile(r"[A-Za-z0-9._\-\[\]:]*")


@dataclass(frozen=True, slots=True)
class ErrorText:
    """How one kind of refusal looks to the caller."""

    status: int
    body: str
    content_type: str = ERROR_CONTENT_TYPE


AUTH_FAILED = ErrorText(403, "Authentication failed")
AUTH_MISSING = ErrorText(403, "Authentication parameters missing")
NO_MATCH = ErrorText(404, "No Mapping Rule matched")
LIMITS_EXCEEDED = ErrorText(429, "Usage limit exceeded")


@dataclass(frozen=True, slots=True)
class Upstream:
    """The provider's API behind us, its URL taken apart."""

    scheme: str  # http or https
    authority: str  # host, with the port when it is not the scheme's own
    path: str  # prefix without a slash at the end
    query: str  # replaces the caller's arguments when not empty

    @property
    def origin(self) -> str:
        """Give scheme and authority, as a URL without path."""
        return f"{self.scheme}://{self.authority}"


@dataclass(frozen=True, slots=True)
class Proxy:
    """How the gateway stands before the service."""

    hosts: tuple[str, ...]
    upstream: Upstream | None
    api_test_path: str
    credentials_location: str
    auth_user_key: str
    auth_app_id: str
    auth_app_key: str
    secret_token: str
    hostname_rewrite: str
    auth_failed: ErrorText
    auth_missing: ErrorText
    no_match: ErrorText
    limits_exceeded: ErrorText
    rules: Matcher


@dataclass(frozen=True, slots=True)
class ServiceDocument:
    """One deployed version of a service's configuration."""

    service_id: int
    provider_id: int | None  # None in documents of other control planes
    system_name: str
    backend_version: str
    backend_authentication_type: str
    backend_authentication_value: str
    proxy: Proxy

    @classmethod
    def parse(cls, content: object) -> "ServiceDocument":
        """Read a service in the reference's JSON shape.

        Raises: BadDocument, naming path, value and rule.
        Cost: compiles the mapping rules; keep the result.
        """
        fields = Fields.of(content, "")
        return cls(
            service_id=fields.whole("id"),
            provider_id=fields.whole("account_id") if fields.has("account_id") else None,
            system_name=fields.text("system_name", ""),
            backend_version=fields.one_of("backend_version", BACKEND_VERSIONS, "1"),
            backend_authentication_type=fields.one_of(
                "backend_authentication_type", AUTHENTICATION_TYPES, "service_token"
            ),
            backend_authentication_value=fields.text("backend_authentication_value", ""),
            proxy=_proxy(fields.child("proxy")),
        )


def _proxy(fields: Fields) -> Proxy:
    return Proxy(
        hosts=tuple(host.lower() for host in fields.texts("hosts")) or ("localhost",),
        upstream=_upstream(fields),
        api_test_path=fields.text("api_test_path", "/"),
        credentials_location=fields.one_of("credentials_location", CREDENTIALS_LOCATIONS, "query"),
        auth_user_key=fields.text("auth_user_key", "user_key").lower(),
        auth_app_id=fields.text("auth_app_id", "app_id").lower(),
        auth_app_key=fields.text("auth_app_key", "app_key").lower(),
        secret_token=fields.matching("secret_token", HEADER_VALUE, "must fit into a header"),
        hostname_rewrite=fields.matching("hostname_rewrite", HOST_AND_PORT, "must be host[:port]"),
        auth_failed=_error(fields, "auth_failed", AUTH_FAILED),
        auth_missing=_error(fields, "auth_missing", AUTH_MISSING),
        no_match=_error(fields, "no_match", NO_MATCH),
        limits_exceeded=_error(fields, "limits_exceeded", LIMITS_EXCEEDED),
        rules=Matcher([_rule(each) for each in fields.children("proxy_rules")]),
    )


def _error(fields: Fields, name: str, default: ErrorText) -> ErrorText:
    status = fields.whole(f"error_status_{name}", default.status)
    if not 200 <= status <= 599:
        raise fields.bad(f"error_status_{name}", "must be a status of 200 to 599")
    content_type = fields.matching(f"error_headers_{name}", HEADER_VALUE, "must fit into a header")
    return ErrorText(
        status=status,
        body=fields.text(f"error_{name}", default.body),
        content_type=content_type or default.content_type,
    )


def _upstream(fields: Fields) -> Upstream | None:
    url = fields.text("api_backend", "")
    if not url:
        return None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise fields.bad("api_backend", "must be a URL") from error
    if parts.scheme not in UPSTREAM_SCHEMES or not host or re.search(r"[^\x21-\x7e]", url):
        raise fields.bad("api_backend", "must be an http or https URL in ASCII")
    scheme = "https" if parts.scheme in {"https", "wss"} else "http"
    name = f"[{host}]" if ":" in host else host
    own_port = port in {None, 443 if scheme == "https" else 80}
    authority = name if own_port else f"{name}:{port}"
    return Upstream(scheme, authority, parts.path.rstrip("/"), parts.query)


def _rule(fields: Fields) -> MappingRule:
    pattern = fields.text("pattern", "")
    if not pattern.startswith("/"):
        raise fields.bad("pattern", "must start with '/'")
    given = fields.mapping("querystring_parameters")
    parameters = tuple((name, str(value)) for name, value in given.items())
    return MappingRule(
        http_method=fields.text("http_method", "").upper(),
        pattern=pattern,
        metric=fields.text("metric_system_name", ""),
        delta=fields.whole("delta", 0),
        last=fields.flag("last"),
        parameters=parameters or parameters_of(pattern),
    )
