"""A chain runs its links in order, in every phase, and fails closed."""

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

from gateway.errors import Deny, StoreUnavailable
from gateway.exchange import CallEnd, Exchange, Reply, ResponseHead
from gateway.policy.apicast.policy import Apicast
from gateway.policy.base import BodyFilter, Policy
from gateway.policy.chain import BodyFilters, Chain
from tests.gateway.conftest import HOST, Place, an_exchange


class Noting(Policy):
    """Notes which phase ran for which link."""

    name = "noting"

    def __init__(self, mark: str, notes: list[str], answer: Deny | Reply | None = None) -> None:
        self.mark = mark
        self.notes = notes
        self.answer = answer

    async def on_request(self, exchange: Exchange) -> Deny | Reply | None:
        self.notes.append(f"request {self.mark}")
        return self.answer

    def on_response(self, exchange: Exchange, head: ResponseHead) -> None:
        self.notes.append(f"response {self.mark} {head.status}")
        head.headers.append((b"x-mark", self.mark.encode()))

    async def on_done(self, exchange: Exchange, end: CallEnd) -> None:
        self.notes.append(f"done {self.mark} {end.status} {end.code}")


class Failing(Policy):
    """Has a bug in one phase."""

    name = "failing"

    def __init__(self, phase: str, error: Exception | None = None) -> None:
        self.phase = phase
        self.error = error or ZeroDivisionError("a bug")

    def _fail(self, phase: str) -> None:
        if phase == self.phase:
            raise self.error

    async def on_request(self, exchange: Exchange) -> None:
        self._fail("request")

    def on_response(self, exchange: Exchange, head: ResponseHead) -> None:
        self._fail("response")

    def request_filter(self, exchange: Exchange) -> None:
        self._fail("request_filter")

    def response_filter(self, exchange: Exchange, head: ResponseHead) -> None:
        self._fail("response_filter")

    async def on_done(self, exchange: Exchange, end: CallEnd) -> None:
        self._fail("done")


class FailingOpen(Failing):
    """Would rather let a call pass than refuse it for a bug."""

    name = "failing_open"
    on_error = "open"


class Doubling:
    """Writes every byte twice, a chunk late."""

    keeps_length = False

    def __init__(self) -> None:
        self._held = b""

    def feed(self, chunk: bytes) -> bytes:
        passed, self._held = self._held, bytes(byte for each in chunk for byte in (each, each))
        return passed

    def finish(self) -> bytes:
        return self._held + b"."


class Counting:
    """Only watches."""

    keeps_length = True

    def __init__(self, seen: list[bytes]) -> None:
        self._seen = seen

    def feed(self, chunk: bytes) -> bytes:
        self._seen.append(chunk)
        return chunk

    def finish(self) -> bytes:
        return b""


class Filtering(Policy):
    """Gives filters for both bodies."""

    name = "filtering"

    def __init__(self, *, request: type[Doubling] | None, response: type[Doubling] | None) -> None:
        self._request, self._response = request, response

    def request_filter(self, exchange: Exchange) -> BodyFilter | None:
        return self._request() if self._request else None

    def response_filter(self, exchange: Exchange, head: ResponseHead) -> BodyFilter | None:
        return self._response() if self._response else None


class Watching(Policy):
    """Notes what passes on its way back."""

    name = "watching"

    def __init__(self) -> None:
        self.seen: list[bytes] = []

    def response_filter(self, exchange: Exchange, head: ResponseHead) -> BodyFilter:
        return Counting(self.seen)


def run(place: Place, links: Sequence[Policy]) -> None:
    """Let the deployed service run these policies."""
    place.directory.documents[HOST] = replace(place.directory.documents[HOST], chain=Chain(links))


def failures(policy: str, phase: str) -> float:
    """Read how often a policy has failed."""
    labels = {"policy": policy, "phase": phase}
    return REGISTRY.get_sample_value("gatehouse_gateway_policy_failures_total", labels) or 0


async def test_links_run_in_order_in_every_phase(place: Place) -> None:
    notes: list[str] = []
    run(place, [Noting("a", notes), Apicast(), Noting("b", notes)])

    answer = await place.call()

    assert answer.get_header_all("x-mark") == ["a", "b"]
    assert notes == [
        "request a",
        "request b",
        "response a 200",
        "response b 200",
        "done a 200 status_2xx",
        "done b 200 status_2xx",
    ]


async def test_a_refusal_ends_the_request_phase_and_every_link_sees_the_answer(
    place: Place,
) -> None:
    notes: list[str] = []
    run(place, [Noting("a", notes, Deny(418, "tea", "No.")), Apicast(), Noting("b", notes)])

    answer = await place.call()
    await place.counters.fold()

    assert (answer.status, await answer.text()) == (418, "No.")
    assert answer.get_header("x-gatehouse-error") == "tea"
    assert notes[1:] == ["response a 418", "response b 418", "done a 418 tea", "done b 418 tea"]
    assert not place.sink.totals


async def test_a_policy_may_answer_by_itself(place: Place) -> None:
    notes: list[str] = []
    reply = Reply(200, [(b"content-type", b"text/x")], b"mine")
    run(place, [Noting("a", notes, reply), Apicast()])

    answer = await place.call("/")

    assert (answer.status, await answer.text()) == (200, "mine")
    assert answer.get_header("content-type") == "text/x"
    assert answer.get_header("x-gatehouse-error") is None
    assert notes[-1] == "done a 200 status_2xx"


@pytest.mark.parametrize("phase", ["request", "response", "request_filter", "response_filter"])
async def test_a_policy_that_fails_refuses_the_call_with_an_id(place: Place, phase: str) -> None:
    run(place, [Failing(phase), Apicast()])

    with capture_logs() as logs:
        answer = await place.call(method="POST", headers={"accept": "application/json"}, body=b"x")

    error = json.loads(await answer.text())["error"]
    assert (answer.status, error["code"]) == (503, "policy_failed")
    (entry,) = [each for each in logs if each["event"] == "policy_failed"]
    assert entry["error_id"] == error["id"]
    assert entry["error"].startswith("failing failed")


@pytest.mark.parametrize("phase", ["request", "response", "request_filter", "response_filter"])
async def test_a_policy_may_declare_that_it_fails_open_and_is_counted(
    place: Place, phase: str
) -> None:
    run(place, [FailingOpen(phase), Apicast()])
    label = "filter" if phase.endswith("filter") else phase
    before = failures("failing_open", label)

    answer = await place.call(method="POST", body=b"x")

    assert answer.status == 200
    assert failures("failing_open", label) == before + 1


async def test_a_store_that_is_away_is_no_bug_of_a_policy(place: Place) -> None:
    run(place, [Failing("request", StoreUnavailable("away")), Apicast()])

    answer = await place.call()

    assert answer.get_header("x-gatehouse-error") == "counter_store_unavailable"


async def test_a_failure_at_the_end_is_logged_for_the_answer_is_out(place: Place) -> None:
    notes: list[str] = []
    run(place, [Failing("done"), Apicast(), Noting("b", notes)])

    with capture_logs() as logs:
        answer = await place.call()

    assert answer.status == 200
    assert notes[-1].startswith("done b 200")
    assert [each["phase"] for each in logs if each["event"] == "policy_failed"] == ["done"]


async def test_a_filter_changes_an_answer_chunk_by_chunk(place: Place) -> None:
    place.upstream.headers = [(b"content-length", b"4")]
    place.upstream.chunks = [b"ab", b"cd"]
    run(place, [Apicast(), Filtering(request=None, response=Doubling)])

    answer = await place.call()

    assert await answer.text() == "aabbccdd."
    assert answer.get_header("content-length") is None


async def test_a_filter_that_only_watches_keeps_the_length(place: Place) -> None:
    place.upstream.headers = [(b"content-length", b"4")]
    place.upstream.chunks = [b"ab", b"cd"]
    watching = Watching()
    run(place, [Apicast(), watching])

    answer = await place.call()

    assert (await answer.text(), answer.get_header("content-length")) == ("abcd", "4")
    assert b"".join(watching.seen) == b"abcd"


@pytest.mark.parametrize("status", [204, 304])
async def test_an_answer_without_a_body_is_not_filtered(place: Place, status: int) -> None:
    place.upstream.status, place.upstream.chunks = status, []
    run(place, [Apicast(), Filtering(request=None, response=Doubling)])

    answer = await place.call()

    assert (answer.status, await answer.text()) == (status, "")


@pytest.mark.parametrize("size", [3, 200_000])
async def test_a_filter_changes_a_request_whole_or_streamed(place: Place, size: int) -> None:
    run(place, [Apicast(), Filtering(request=Doubling, response=None)])

    answer = await place.call(method="POST", body=b"a" * size)

    assert answer.status == 200
    assert place.upstream.bodies == [b"a" * size * 2 + b"."]


async def test_a_form_that_was_read_for_its_key_is_filtered_too(place: Place) -> None:
    run(place, [Apicast(), Filtering(request=Doubling, response=None)])
    form = {"content-type": "application/x-www-form-urlencoded"}

    await place.call("/", "POST", form, b"user_key=k1")

    assert place.upstream.bodies == [b"uusseerr__kkeeyy==kk11."]


class Breaking:
    """Has a bug in the midst of a body."""

    keeps_length = False

    def feed(self, chunk: bytes) -> bytes:
        raise ZeroDivisionError

    def finish(self) -> bytes:
        return b""


class BreakingBodies(Policy):
    """Gives a filter with a bug, open or not: half a body can't be taken back."""

    name = "breaking"
    on_error = "open"

    def __init__(self, way: str) -> None:
        self._way = way

    def request_filter(self, exchange: Exchange) -> BodyFilter | None:
        return Breaking() if self._way == "request" else None

    def response_filter(self, exchange: Exchange, head: ResponseHead) -> BodyFilter | None:
        return Breaking() if self._way == "response" else None


@pytest.mark.parametrize("size", [3, 200_000])
async def test_a_request_that_a_filter_breaks_off_is_refused(place: Place, size: int) -> None:
    run(place, [Apicast(), BreakingBodies("request")])

    answer = await place.call(method="POST", body=b"a" * size)

    assert (answer.status, answer.get_header("x-gatehouse-error")) == (503, "policy_failed")


async def test_an_answer_that_a_filter_breaks_off_does_not_end_well(place: Place) -> None:
    run(place, [Apicast(), BreakingBodies("response")])

    with pytest.raises(Exception, match="(?i)body|read|eof|closed|incomplete"):
        await (await place.call()).text()


def test_filters_pass_through_each_other_in_order() -> None:
    first, second = Filtering(request=None, response=None), Watching()
    filters = BodyFilters([(first, Doubling()), (second, Counting(second.seen))])

    assert filters.whole(b"ab") == b"aabb."
    assert second.seen == [b"aabb."]
    assert not filters.keeps_length


def test_the_lone_link_of_a_service_without_policies_is_asked_directly() -> None:
    apicast = Apicast()

    assert Chain([apicast]).on_request == apicast.on_request
    assert Chain([apicast]).listens is False


async def test_a_chain_keeps_no_call(place: Place) -> None:
    chain = Chain([Noting("a", [])])
    exchange = an_exchange("/")

    assert await chain.on_request(exchange) is None
    with pytest.raises(AttributeError):
        chain.more = 1  # type: ignore[attr-defined]  # the slots are what the test is about
