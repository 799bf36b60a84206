"""What the configuration of a service says, once it has been read and checked; immutable."""

import re
from dataclasses import dataclass
from typing import Self
from urllib.parse import quote

from pyreqwest.http import Url

from gateway.rules import Matcher

# What may be written; it is read as browsers do. Others differ about users, fragments, backslashes
# and missing slashes.
WRITTEN = re.compile(r"(?:http|ws)s?://[^/?#\\@]+(?:[/?][!\"$-~]*)?", re.IGNORECASE | re.ASCII)
UNPRINTABLE = re.compile(r"[^!-~]")
IN_ANY_ALPHABET = re.compile(r"(?:(\w+://)([^/?#\\@]+))?(.*)", re.DOTALL)
PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))
PORTS = {"http": 80, "https": 443}
HOST = re.compile(r"(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}\.?")
MOST_HOST = 253
MOST_URL = 2048
ERROR_CONTENT_TYPE = "text/plain; charset=us-ascii"


def encoded_url(url: str) -> str:
    """Write a URL or a path of any alphabet in ASCII, as browsers do: IDNA and percent-encoding.

    What is ASCII stays as it is, and so does what is no URL.
    Raises: ValueError for hosts that IDNA has no form for, and for characters nobody can see.
    """
    if url.isascii():
        return url
    if not url.isprintable():
        raise ValueError("must not hold characters that can't be seen")
    found = IN_ANY_ALPHABET.fullmatch(url)
    assert found is not None  # noqa: S101 - it takes everything
    scheme, authority, rest = found.groups(default="")
    return f"{scheme}{encoded_authority(authority)}{quote(rest, safe=PRINTABLE)}"


def encoded_authority(authority: str) -> str:
    """Write a host, with its port if it has one, in ASCII. Raises: ValueError."""
    if authority.isascii():
        return authority
    host, colon, port = authority.partition(":")
    try:
        name = Url(f"http://{host}").host_str or ""
    except ValueError as error:
        raise ValueError("must have a host name that can be written in ASCII") from error
    return f"{name}{colon}{port}"


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
        """Take a URL apart, as browsers read it.

        Addresses get their one spelling (`0x7f.1` is 127.0.0.1), paths lose their dot segments.
        Raises: ValueError, naming the rule.
        """
        if len(url) > MOST_URL:
            raise ValueError(f"must have at most {MOST_URL} characters")
        if UNPRINTABLE.search(url) or not WRITTEN.fullmatch(url):
            raise ValueError("must be an http or https URL without user or fragment")
        try:
            read = Url(url)
        except ValueError as error:
            raise ValueError(f"must be a URL: {error}") from error
        name, port = read.host_str or "", read.port_or_known_default
        host = name.strip("[]")
        if ":" not in host and not (HOST.fullmatch(host) and len(host) <= MOST_HOST):
            raise ValueError("must have a host of letters, digits, '-' and '_', or an IP address")
        if not port:
            raise ValueError("must have a port from 1 to 65535")
        scheme = "https" if read.scheme in {"https", "wss"} else "http"
        authority = name if port == PORTS[scheme] else f"{name}:{port}"
        return cls(scheme, host, port, authority, read.path.rstrip("/"), read.query_string or "")

    @property
    def origin(self) -> str:
        """Give scheme and authority, as a URL without path."""
        return f"{self.scheme}://{self.authority}"


@dataclass(frozen=True, slots=True)
class Route:
    """Which backend of a service gets the calls below a path, and what counts them."""

    mount: str  # without a slash at its end; empty is every path
    below: str  # how paths below it begin
    segments: int  # that the upstream is not told
    upstream: Upstream
    rules: Matcher  # those of the service and of this backend


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
    ambiguous_paths: str  # one of gateway.paths.READINGS
    auth_failed: ErrorText
    auth_missing: ErrorText
    no_match: ErrorText
    limits_exceeded: ErrorText
    rules: Matcher
    routes: tuple[Route, ...] = ()  # of backends, the longest path first


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
