"""Whether a call gets in: credentials, mapping rules, application, limits, in this order."""

from collections.abc import Coroutine
from typing import Any

from gateway.credentials import may_be_in_body, read_credential
from gateway.debug import HEADER, debug_headers
from gateway.directory import Application, Limit, Service, find_application
from gateway.errors import CallerGone, Deny
from gateway.exchange import Exchange, ResponseHead
from gateway.objections import find_objection
from gateway.paths import path_for_rules
from gateway.policy.base import Policy
from gateway.referrers import referrer_of
from gateway.replies import UNKNOWN_HOST, form_too_large, refusal
from gateway.usage import UnknownMetric, roll_up_added

FORM = b"application/x-www-form-urlencoded"
NOBODY = "application_not_found"
OFFLINE = "service_not_active"
FORM_METHODS = frozenset({"POST", "PUT", "PATCH"})


class Apicast(Policy):
    """Decides about calls. A refused call costs nothing and changes no counter."""

    name = "apicast"

    def on_request(self, exchange: Exchange) -> Coroutine[Any, Any, Deny | None]:
        """Count the call and answer None, or answer why it is refused.

        Raises: StoreUnavailable, DirectoryUnavailable.
        """
        # Not a coroutine itself: each call would pay for one more.
        if exchange.is_test:
            return self._try(exchange)
        asked = exchange.header(HEADER)
        return self._decide_and_show(exchange, asked) if asked else self._decide(exchange)

    def on_response(self, exchange: Exchange, head: ResponseHead) -> None:
        """Tell the caller about the limits, and a provider about the call."""
        rate_limits = exchange.runtime.rate_limits
        head.headers += rate_limits.headers(exchange.outcome, exchange.counted_s)
        if exchange.debug_headers:
            head.headers += exchange.debug_headers

    async def _decide_and_show(self, exchange: Exchange, asked: bytes) -> Deny | None:
        deny = await self._decide(exchange)
        exchange.debug_headers = await debug_headers(exchange, asked)
        return deny

    async def _try(self, exchange: Exchange) -> Deny | None:
        """Let a test call in if an application's could be: by its rules, without a key."""
        proxy = exchange.document.proxy
        path = path_for_rules(exchange.path, proxy.ambiguous_paths)
        exchange.match = exchange.rules.match(exchange.method, path, exchange.arguments)
        if not exchange.match.usage:
            return refusal("no_match", proxy.no_match)
        service = await exchange.runtime.directory.service(exchange.document.service_id)
        if service is None:
            return UNKNOWN_HOST
        if not service.active:
            return refusal(OFFLINE, proxy.auth_failed)
        try:
            roll_up_added(service.metrics, exchange.match.usage)
        except UnknownMetric:
            return refusal("metric_invalid", proxy.auth_failed)
        return None

    async def _decide(self, exchange: Exchange) -> Deny | None:
        document = exchange.document
        proxy = document.proxy
        credential = read_credential(exchange)
        lacking = credential is None and may_be_in_body(proxy)
        if (lacking or exchange.rules.needs_arguments) and _has_form(exchange):
            if not await _read_form(exchange):
                return form_too_large(exchange.runtime.most_form_bytes)
            credential = read_credential(exchange)
        if credential is None:
            return refusal("auth_missing", proxy.auth_missing)
        exchange.credential = credential
        path = path_for_rules(exchange.path, proxy.ambiguous_paths)
        exchange.match = exchange.rules.match(exchange.method, path, exchange.arguments)
        if not exchange.match.usage:
            return refusal("no_match", proxy.no_match)
        directory = exchange.runtime.directory
        service = await directory.service(document.service_id)
        if service is None:
            return UNKNOWN_HOST
        application = await find_application(directory, document.service_id, credential)
        if application is None:
            return refusal(NOBODY, proxy.auth_failed)
        exchange.application = application
        app_key = credential.app_key if application.key_digests else None
        header = exchange.header(b"referer") if application.referrer_filters else None
        referrer = None if header is None else referrer_of(header.decode("latin-1"))
        code = find_objection(service, application, app_key, referrer, directory.key_digest)
        if code is not None:
            return refusal(code, proxy.auth_failed)
        return await _count(exchange, service, application)


async def _count(exchange: Exchange, service: Service, application: Application) -> Deny | None:
    runtime = exchange.runtime
    try:
        deltas = roll_up_added(service.metrics, exchange.match.usage)
    except UnknownMetric:
        return refusal("metric_invalid", exchange.document.proxy.auth_failed)
    exchange.outcome = await runtime.counters.add(application, deltas)
    exchange.counted_s = runtime.clock()
    refused = exchange.outcome.refused
    return None if refused is None else _over_limit(exchange, refused)


def _over_limit(exchange: Exchange, limit: Limit) -> Deny:
    proxy = exchange.document.proxy
    if limit.value == 0:
        return refusal("metric_disabled", proxy.auth_failed)
    retry_after_s = exchange.runtime.rate_limits.retry_after_s(limit, exchange.counted_s)
    return refusal("limits_exceeded", proxy.limits_exceeded, retry_after_s=retry_after_s)


def _has_form(exchange: Exchange) -> bool:
    if exchange.method not in FORM_METHODS:
        return False
    content_type = (exchange.header(b"content-type") or b"").partition(b";")[0].strip().lower()
    return content_type == FORM


async def _read_form(exchange: Exchange) -> bool:
    """Read a form as a whole; False when it is larger than the bound. Raises: CallerGone."""
    most = exchange.runtime.most_form_bytes
    told = exchange.header(b"content-length") or b""
    if told.isdigit() and int(told[:20]) > most:
        return False
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await exchange.receive()
        if message["type"] == "http.disconnect":
            raise CallerGone
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > most:
            return False
        chunks.append(chunk)
        if not message.get("more_body"):
            break
    exchange.body = b"".join(chunks)
    exchange.arguments.add_form(exchange.body)
    return True
