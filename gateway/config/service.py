"""What the configuration of a service says, once it has been read and checked; immutable."""

import re
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from gateway.rules import Matcher

UPSTREAM_SCHEMES = ("http", "https", "ws", "wss")
PORTS = {"http": 80, "https": 443}
UNPRINTABLE = re.compile(r"[^\x21-\x7e]")
ERROR_CONTENT_TYPE = "text/plain; charset=us-ascii"


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
    host: str  # without brackets
    port: int
    authority: str  # host, with the port when it is not the scheme's own
    path: str  # prefix without a slash at the end
    query: str  # replaces the caller's arguments when not empty

    @classmethod
    def parse(cls, url: str) -> Self:
        """Take a URL apart. Raises: ValueError, naming the rule."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError as error:
            raise ValueError("must be a URL") from error
        if parts.scheme not in UPSTREAM_SCHEMES or not host or UNPRINTABLE.search(url):
            raise ValueError("must be an http or https URL in ASCII")
        scheme = "https" if parts.scheme in {"https", "wss"} else "http"
        own_port = PORTS[scheme]
        name = f"[{host}]" if ":" in host else host
        authority = name if port in {None, own_port} else f"{name}:{port}"
        path = parts.path.rstrip("/")
        return cls(scheme, host, port or own_port, authority, path, parts.query)

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
class ServiceConfig:
    """One deployed version of a service's configuration, without its policies."""

    service_id: int
    provider_id: int | None  # None in documents of other control planes
    system_name: str
    backend_version: str
    backend_authentication_type: str
    backend_authentication_value: str
    proxy: Proxy
