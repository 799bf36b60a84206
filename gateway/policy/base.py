"""The contract of a policy: one link of a service's chain."""

from typing import ClassVar, Literal, Protocol, Self

from gateway.config.fields import Fields
from gateway.errors import Deny
from gateway.exchange import CallEnd, Exchange, Reply, ResponseHead


class BodyFilter(Protocol):
    """Changes or watches one body, chunk by chunk; made for one call."""

    keeps_length: bool  # a filter that only watches leaves Content-Length as it is

    def feed(self, chunk: bytes) -> bytes:
        """Take a chunk and give what may go on now, empty to hold it back."""

    def finish(self) -> bytes:
        """Give what is left at the end of the body."""


class Policy:
    """Made once, when a document is parsed, and shared by all its calls: keep no call's state.

    A policy overrides the phases it needs; the chain leaves out the others. In each phase links run
    in the order of the document. An exception in a phase refuses the call with `policy_failed` and
    an id that the log has too, unless `on_error` is "open".
    """

    name: ClassVar[str]  # as documents name it, and its folder
    on_error: ClassVar[Literal["closed", "open"]] = "closed"
    decides_origins: ClassVar[bool] = False  # whose pages may call, instead of the provider

    @classmethod
    def parse(cls, configuration: Fields) -> Self:
        """Make the policy of a configuration that fits `schema.json`, with its defaults filled in.

        Raises: BadDocument for what a schema can't say.
        """
        del configuration
        return cls()

    async def on_request(self, exchange: Exchange) -> Deny | Reply | None:
        """Let the call pass on, refuse it or answer it; what is behind in the chain is not asked.

        Links before `apicast` see calls that nobody has vouched for, those behind it only calls
        that got in and were counted.
        """

    def request_filter(self, exchange: Exchange) -> BodyFilter | None:
        """Give a filter for the body on its way to the upstream, None to leave it alone."""

    def on_response(self, exchange: Exchange, head: ResponseHead) -> None:
        """Change the head of the answer, whoever gave it: upstream, policy, refusal or fault.

        It runs also for calls that were refused before this link's request phase.
        """

    def response_filter(self, exchange: Exchange, head: ResponseHead) -> BodyFilter | None:
        """Give a filter for the upstream's body on its way to the caller; heads are settled."""

    async def on_done(self, exchange: Exchange, end: CallEnd) -> None:
        """Take note of the end of a call; its answer has gone out already."""
