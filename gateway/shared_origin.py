"""Calls by path answer on the origin of the portals: what an API sends must not act there.

Every answer is a sandboxed document of no origin, none sets anything for the whole origin, and
nothing that a page of the origin would run is given to it. The portals' cookies stay here.
Services on hosts of their own have none of this: there the origin is theirs.
"""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from gateway.errors import Deny
from gateway.exchange import Header, RawHeaders, Receive, Send
from gateway.replies import ERROR_HEADER, head_of, send_whole

# Of both portals, with and without `__Host-`; compared without regard to case.
PORTAL_COOKIES = frozenset(
    {
        "admin_login",
        "admin_new_token",
        "admin_notice",
        "admin_session",
        "portal_flash",
        "portal_form",
        "portal_new_token",
        "user_session",
    }
)
# What a page runs, or builds another page of. Source: Fetch Metadata, `Sec-Fetch-Dest`.
RUN = frozenset(
    {
        *(b"script", b"style", b"xslt", b"manifest", b"webidentity"),
        *(b"worker", b"serviceworker", b"sharedworker", b"audioworklet", b"paintworklet"),
        *(b"embed", b"object", b"iframe", b"frame", b"fencedframe"),
    }
)
# These speak for the whole origin, or lead a browser elsewhere by themselves.
ORIGIN_WIDE = frozenset(
    {
        *(b"set-cookie", b"set-cookie2", b"clear-site-data", b"set-login"),
        *(b"service-worker-allowed", b"speculation-rules", b"use-as-dictionary"),
        *(b"strict-transport-security", b"public-key-pins", b"expect-ct", b"alt-svc"),
        *(b"nel", b"report-to", b"reporting-endpoints", b"accept-ch", b"critical-ch"),
        *(b"sec-session-registration", b"secure-session-registration", b"origin-agent-cluster"),
        b"refresh",
        b"cross-origin-opener-policy",  # with it, browsers show no sandboxed document
    }
)
SANDBOX = (b"content-security-policy", b"sandbox")
SANDBOX_OF_WORDS = (b"content-security-policy", b"default-src 'none'; sandbox")
NO_SNIFFING = (b"x-content-type-options", b"nosniff")
RESOURCE_POLICY = b"cross-origin-resource-policy"
SCHEME = re.compile(rb"[\x00-\x20]*([a-z][a-z0-9+.\-\x00-\x20]*):", re.IGNORECASE)
WORDS = re.compile(  # a refusal's words may be these, and are shown as text otherwise
    rb"(text/plain|(application|text)/(json|xml)|application/[\w.-]+\+json)(?![\w.+-])",
    re.IGNORECASE,
)
BLOCKED = Deny(
    403,
    "blocked_as_code",
    "An API called by path can't be a script, style, worker or frame of a page of this address. "
    "Call it on its own host for that.\n",
)

App = Callable[[Any, Receive, Send], Awaitable[None]]


class SharedOrigin:
    """Stands before an app that answers by path."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_harmless(message: Any) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": harmless(message["headers"])}
            await send(message)

        if is_to_be_run(scope["headers"]):
            await send_whole(send_harmless, head_of(BLOCKED), BLOCKED.body.encode())
            return
        headers = without_portal_cookies(scope["headers"])
        await self._app({**scope, "headers": headers}, receive, send_harmless)


def is_to_be_run(headers: RawHeaders) -> bool:
    """Return whether a page of this site would run the answer; other sites' run it as theirs."""
    destination = site = b""
    for name, value in headers:
        if name == b"sec-fetch-dest":
            destination = value.strip().lower()
        elif name == b"sec-fetch-site":
            site = value.strip().lower()
        elif name == b"service-worker":
            return True
    return destination in RUN and site != b"cross-site"


def without_portal_cookies(headers: RawHeaders) -> list[Header]:
    """Leave the portals' cookies out of what is sent on."""
    kept: list[Header] = []
    for name, value in headers:
        if name == b"cookie":
            pairs = [pair for pair in value.split(b";") if not _is_portal_cookie(pair)]
            value = b";".join(pairs).strip()
            if not value:
                continue
        kept.append((name, value))
    return kept


def _is_portal_cookie(pair: bytes) -> bool:
    name = pair.partition(b"=")[0].strip().lower().decode("latin-1")
    return name.removeprefix("__host-").removeprefix("__secure-") in PORTAL_COOKIES


def harmless(headers: RawHeaders) -> list[Header]:
    """Write an answer's headers so that it can do nothing to the origin it comes from."""
    is_refusal = any(name.lower() == ERROR_HEADER for name, _ in headers)
    kept: list[Header] = []
    for name, value in headers:
        lower = name.lower()
        if lower in ORIGIN_WIDE or lower == NO_SNIFFING[0]:
            continue
        if lower == b"location" and not _is_to_the_web(value):
            continue
        if is_refusal and lower == b"content-type" and not WORDS.match(value):
            value = b"text/plain; charset=utf-8"  # words of a service, whatever it calls them
        kept.append((name, value))
    if not any(name.lower() == RESOURCE_POLICY for name, _ in kept):
        kept.append((RESOURCE_POLICY, b"same-origin"))
    return [*kept, NO_SNIFFING, SANDBOX_OF_WORDS if is_refusal else SANDBOX]


def _is_to_the_web(location: bytes) -> bool:
    scheme = SCHEME.match(location)
    return scheme is None or scheme[1].strip().lower() in {b"http", b"https"}
