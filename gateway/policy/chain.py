"""A service's policies in order, taken apart by phase once; frozen after it was built."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias

import structlog

from gateway.errors import CallerGone, Deny, DirectoryUnavailable, PolicyFailed, StoreUnavailable
from gateway.exchange import CallEnd, Exchange, Reply, ResponseHead
from gateway.metrics import count_policy_failure
from gateway.policy.base import BodyFilter, Policy

log = structlog.get_logger("gatehouse.gateway")
Verdict: TypeAlias = Deny | Reply | None
Make: TypeAlias = Callable[[Policy], BodyFilter | None]
AWAY = (StoreUnavailable, DirectoryUnavailable)  # no bug of the policy's; the edge knows them


class Chain:
    """Runs the phases. Raises: PolicyFailed, CallerGone, StoreUnavailable, DirectoryUnavailable.

    `on_request` of a chain whose one link acts on requests is that link's own, so that a service
    without policies pays nothing for the chain.
    """

    __slots__ = (
        "_done",
        "_request_filters",
        "_requests",
        "_response_filters",
        "_responses",
        "decides_origins",
        "filters_responses",
        "links",
        "listens",
        "on_request",
    )

    def __init__(self, links: Sequence[Policy]) -> None:
        self.links = tuple(links)
        self._requests = self._overriding("on_request")
        self._request_filters = self._overriding("request_filter")
        self._responses = self._overriding("on_response")
        self._response_filters = self._overriding("response_filter")
        self._done = self._overriding("on_done")
        self.filters_responses = bool(self._response_filters)
        self.decides_origins = any(link.decides_origins for link in self.links)
        self.listens = bool(self._done)  # whether anybody wants to hear of the end of a call
        self.on_request: Callable[[Exchange], Awaitable[Verdict]] = self._run_requests
        if len(self._requests) == 1 and self._requests[0].on_error == "closed":
            self.on_request = self._requests[0].on_request

    async def _run_requests(self, exchange: Exchange) -> Verdict:
        for policy in self._requests:
            try:
                verdict = await policy.on_request(exchange)
            except Exception as error:  # noqa: BLE001 - the edge of a policy; it fails closed
                _fail(policy, "request", error)
                continue
            if verdict is not None:
                return verdict
        return None

    def on_response(self, exchange: Exchange, head: ResponseHead) -> None:
        """Let the links change the head of an answer."""
        for policy in self._responses:
            try:
                policy.on_response(exchange, head)
            except Exception as error:  # noqa: BLE001 - the edge of a policy; it fails closed
                _fail(policy, "response", error)

    def request_filters(self, exchange: Exchange) -> "BodyFilters | None":
        """Make the filters of a request's body; None when it passes as it is."""
        return _make_filters(self._request_filters, lambda each: each.request_filter(exchange))

    def response_filters(self, exchange: Exchange, head: ResponseHead) -> "BodyFilters | None":
        """Make the filters of an answer's body; None when it passes as it is."""
        return _make_filters(
            self._response_filters, lambda each: each.response_filter(exchange, head)
        )

    async def on_done(self, exchange: Exchange, end: CallEnd) -> None:
        """Tell the links that a call has ended. Too late to refuse: a failure is logged."""
        for policy in self._done:
            try:
                await policy.on_done(exchange, end)
            except Exception as error:  # noqa: BLE001 - the edge of a policy; the call is over
                count_policy_failure(policy.name, "done")
                kind = type(error).__name__  # its words may repeat what the caller sent
                log.error("policy_failed", policy=policy.name, phase="done", error=kind)

    def _overriding(self, phase: str) -> tuple[Policy, ...]:
        """List the links that have a phase of their own."""
        base = getattr(Policy, phase)
        return tuple(link for link in self.links if getattr(type(link), phase) is not base)


class BodyFilters:
    """Several filters as one, each fed with what the one before it lets go on.

    A failure here breaks the body off, whatever `on_error` says: half of it may be gone already.
    Raises: PolicyFailed.
    """

    def __init__(self, filters: Sequence[tuple[Policy, BodyFilter]]) -> None:
        self._filters = filters
        self.keeps_length = all(each.keeps_length for _, each in filters)

    def feed(self, chunk: bytes) -> bytes:
        """Pass a chunk through all of them."""
        return self._pass(chunk, is_last=False)

    def finish(self) -> bytes:
        """End all of them in order: what one still holds passes through those behind it."""
        return self._pass(b"", is_last=True)

    def whole(self, body: bytes) -> bytes:
        """Pass a body through that is there as a whole."""
        return self.feed(body) + self.finish()

    def _pass(self, chunk: bytes, *, is_last: bool) -> bytes:
        for policy, each in self._filters:
            try:
                passed = each.feed(chunk) if chunk else b""
                chunk = passed + each.finish() if is_last else passed
            except Exception as error:
                count_policy_failure(policy.name, "body")
                raise PolicyFailed(policy.name, "body") from error
        return chunk


def _make_filters(policies: Sequence[Policy], make: Make) -> BodyFilters | None:
    made: list[tuple[Policy, BodyFilter]] = []
    for policy in policies:
        try:
            body_filter = make(policy)
        except Exception as error:  # noqa: BLE001 - the edge of a policy; it fails closed
            _fail(policy, "filter", error)
            continue
        if body_filter is not None:
            made.append((policy, body_filter))
    return BodyFilters(made) if made else None


def _fail(policy: Policy, phase: str, error: Exception) -> None:
    """Count a failure; only a policy that declares it may fail open."""
    if isinstance(error, CallerGone):
        raise error
    count_policy_failure(policy.name, phase)
    if policy.on_error == "open":
        kind = type(error).__name__  # its words may repeat what the caller sent
        log.warning("policy_failed_open", policy=policy.name, phase=phase, error=kind)
        return
    if isinstance(error, AWAY):
        raise error
    raise PolicyFailed(policy.name, phase) from error
