"""Whether a call gets in: credentials, mapping rules, application, limits, in this order."""

import time
from collections.abc import Callable

from gateway.config.document import ServiceDocument
from gateway.counters.base import CounterStore
from gateway.credentials import USER_KEY, credentials_of, may_be_in_body
from gateway.directory import Application, Directory, Limit, Service
from gateway.errors import Deny
from gateway.exchange import Exchange
from gateway.rate_limits import RateLimits
from gateway.referrers import fits
from gateway.replies import UNKNOWN_HOST, refusal
from gateway.usage import UnknownMetric, added_deltas

FORM = b"application/x-www-form-urlencoded"
FORM_METHODS = frozenset({"POST", "PUT", "PATCH"})
LONGEST_CREDENTIAL = 1024  # no directory is asked for longer ones


class Admission:
    """Decides about calls. A refused call costs nothing and changes no counter."""

    def __init__(
        self,
        directory: Directory,
        counters: CounterStore,
        most_form_bytes: int,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.rate_limits = RateLimits()
        self._directory = directory
        self._counters = counters
        self._most_form_bytes = most_form_bytes
        self._clock = clock

    async def decide(self, exchange: Exchange) -> Deny | None:
        """Count the call and answer None, or answer why it is refused.

        Raises: StoreUnavailable, DirectoryUnavailable.
        """
        document = exchange.document
        proxy = document.proxy
        exchange.credentials = credentials_of(exchange)
        lacking = not exchange.credentials and may_be_in_body(proxy)
        if (lacking or proxy.rules.needs_arguments) and self._is_small_form(exchange):
            await _read_form(exchange)
            exchange.credentials = credentials_of(exchange)
        if not exchange.credentials:
            return refusal("auth_missing", proxy.auth_missing)
        exchange.match = proxy.rules.match(exchange.method, exchange.path, exchange.arguments)
        if not exchange.match.usage:
            return refusal("no_match", proxy.no_match)
        service = await self._directory.service(document.service_id)
        if service is None:
            return UNKNOWN_HOST
        application = await self._application(exchange)
        code = "application_not_found"
        if application is not None:
            code = self._objection(exchange, service, application)
            if not code:
                return await self._count(exchange, service, application)
        return refusal(code, proxy.auth_failed)

    def rate_limit_headers(self, exchange: Exchange) -> list[tuple[bytes, bytes]]:
        """Write what the caller is told about the limits."""
        return self.rate_limits.headers(exchange.outcome, self._clock())

    async def _application(self, exchange: Exchange) -> Application | None:
        name, value = exchange.credentials[0]
        if not value or len(value) > LONGEST_CREDENTIAL:
            return None
        service_id = exchange.document.service_id
        if name == USER_KEY:
            return await self._directory.application_by_user_key(service_id, value)
        return await self._directory.application_by_app_id(service_id, value)

    def _objection(self, exchange: Exchange, service: Service, application: Application) -> str:
        """Name what speaks against an application, empty when nothing does."""
        if len(exchange.credentials) > 1 and application.key_digests:
            key = exchange.credentials[1][1].strip()  # as authrep does
            if self._directory.key_digest(key) not in application.key_digests:
                return "application_key_invalid"
        filters = application.referrer_filters
        if service.referrer_filters_required and filters and not _referrer_fits(exchange, filters):
            return "referrer_not_allowed"
        if not application.active:
            return "application_not_active"
        return "" if service.active else "service_not_active"

    async def _count(
        self, exchange: Exchange, service: Service, application: Application
    ) -> Deny | None:
        proxy = exchange.document.proxy
        try:
            deltas = added_deltas(service.metrics, exchange.match.usage)
        except UnknownMetric:
            return refusal("metric_invalid", proxy.auth_failed)
        exchange.outcome = await self._counters.add(application, deltas)
        exchange.application = application
        refused = exchange.outcome.refused
        return None if refused is None else self._over_limit(exchange.document, refused)

    def _over_limit(self, document: ServiceDocument, limit: Limit) -> Deny:
        if limit.value == 0:
            return refusal("metric_disabled", document.proxy.auth_failed)
        return refusal(
            "limits_exceeded",
            document.proxy.limits_exceeded,
            retry_after_s=self.rate_limits.retry_after_s(limit, self._clock()),
        )

    def _is_small_form(self, exchange: Exchange) -> bool:
        if exchange.method not in FORM_METHODS:
            return False
        kind = (exchange.header(b"content-type") or b"").partition(b";")[0].strip().lower()
        length = exchange.header(b"content-length") or b""
        return kind == FORM and length.isdigit() and int(length[:12]) <= self._most_form_bytes


async def _read_form(exchange: Exchange) -> None:
    chunks: list[bytes] = []
    while True:
        message = await exchange.receive()
        chunks.append(message.get("body", b""))
        if not message.get("more_body"):
            break
    exchange.body = b"".join(chunks)
    exchange.arguments.add_form(exchange.body)


def _referrer_fits(exchange: Exchange, filters: tuple[str, ...]) -> bool:
    referrer = (exchange.header(b"referer") or b"").decode("latin-1")
    return any(fits(referrer, each) for each in filters)
