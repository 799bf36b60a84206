"""Calls from pages of other origins: preflight requests answered, CORS headers written.

Source: fetch standard, CORS protocol.
"""

from collections.abc import Sequence
from typing import Self

from gateway.config.fields import Fields
from gateway.exchange import Exchange, Header, Reply, ResponseHead
from gateway.policy.base import Policy
from gateway.policy.cors.origins import BadPattern, Origins

ASKED_METHOD = b"access-control-request-method"
ASKED_HEADERS = b"access-control-request-headers"
# The policy's to say, whatever an upstream thinks.
DECIDED = frozenset({b"access-control-allow-origin", b"access-control-allow-credentials"})


class Cors(Policy):
    """Answers preflight requests itself; marks all other answers for the browser."""

    name = "cors"
    decides_origins = True

    def __init__(
        self,
        origins: Origins,
        *,
        methods: Sequence[str],
        headers: Sequence[str],
        allow_credentials: bool,
        max_age_s: int,
    ) -> None:
        self._origins = origins
        self._methods = ", ".join(methods).encode("ascii")
        self._headers = ", ".join(headers).encode("ascii")
        self._allow_credentials = allow_credentials
        self._max_age = str(max_age_s).encode("ascii")

    @classmethod
    def parse(cls, configuration: Fields) -> Self:
        """Read who may call and how. Raises: BadDocument."""
        try:
            origins = Origins(configuration.text("allow_origin", ""))
        except BadPattern as error:
            raise configuration.bad("allow_origin", str(error)) from error
        allow_credentials = configuration.flag("allow_credentials")
        if allow_credentials and origins.is_any:
            rule = "must name the origins where allow_credentials is true"
            raise configuration.bad("allow_origin", rule)
        return cls(
            origins,
            methods=configuration.texts("allow_methods"),
            headers=configuration.texts("allow_headers"),
            allow_credentials=allow_credentials,
            max_age_s=configuration.whole("max_age"),
        )

    async def on_request(self, exchange: Exchange) -> Reply | None:
        """Answer a preflight request; all others pass."""
        if exchange.method != "OPTIONS" or exchange.header(b"origin") is None:
            return None
        asked = exchange.header(ASKED_METHOD)
        if asked is None:
            return None
        headers: list[Header] = [(b"access-control-allow-methods", self._methods or asked)]
        allowed = self._headers or exchange.header(ASKED_HEADERS)
        if allowed:
            headers.append((b"access-control-allow-headers", allowed))
        headers.append((b"access-control-max-age", self._max_age))
        if not self._methods or not self._headers:
            headers.append((b"vary", ASKED_METHOD + b", " + ASKED_HEADERS))
        return Reply(204, headers if self._allows(exchange) else ())

    def on_response(self, exchange: Exchange, head: ResponseHead) -> None:
        """Tell the browser whether the page may read the answer."""
        headers = [each for each in head.headers if each[0] not in DECIDED]
        if not self._origins.is_any:
            headers.append((b"vary", b"Origin"))
        if self._allows(exchange):
            origin = b"*" if self._origins.is_any else exchange.header(b"origin") or b""
            headers.append((b"access-control-allow-origin", origin))
            if self._allow_credentials:
                headers.append((b"access-control-allow-credentials", b"true"))
        head.headers = headers

    def _allows(self, exchange: Exchange) -> bool:
        origin = exchange.header(b"origin")
        return origin is not None and self._origins.allow(origin)
