"""Headers of requests and answers, changed in the order of the configuration."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from gateway.config.fields import Fields
from gateway.exchange import Exchange, Header, ResponseHead
from gateway.headers import HOP_BY_HOP, end_to_end, is_ours
from gateway.policy.base import Policy

FRAMING = HOP_BY_HOP | {"content-length"}  # where a message ends is not for a policy to say


@dataclass(frozen=True, slots=True)
class Change:
    """One operation on one header."""

    op: str
    name: bytes  # lower case
    value: bytes

    @classmethod
    def parse(cls, fields: Fields, *, of_request: bool) -> Self:
        """Read an operation. Raises: BadDocument for a header that is not its to change."""
        name = fields.text("header", "").lower()
        if name.replace("_", "-") in FRAMING or (of_request and is_ours(name)):
            raise fields.bad("header", "is the gateway's own")
        value = fields.text("value", "").strip()
        return cls(fields.text("op", ""), name.encode("ascii"), value.encode("ascii"))

    def applied_to(self, headers: list[Header]) -> list[Header]:
        """Give the headers as they are after the operation."""
        if self.op == "push":
            return [*headers, (self.name, self.value)]
        others = [each for each in headers if not self._is_named(each[0])]
        if self.op == "add":
            is_there = len(others) < len(headers)
            return [*headers, (self.name, self.value)] if is_there else headers
        if self.op == "set" and self.value:
            others.append((self.name, self.value))
        return others

    def _is_named(self, name: bytes) -> bool:
        """Compare with '_' read as '-', as many servers do; a caller could get around it else."""
        return name == self.name or name.replace(b"_", b"-") == self.name.replace(b"_", b"-")


class Headers(Policy):
    """Changes headers of requests on their way to the upstream and of answers on their way back."""

    name = "headers"

    def __init__(self, request: Sequence[Change], response: Sequence[Change]) -> None:
        self._request = tuple(request)
        self._response = tuple(response)

    @classmethod
    def parse(cls, configuration: Fields) -> Self:
        """Read the operations of both ways. Raises: BadDocument."""
        return cls(
            [Change.parse(each, of_request=True) for each in configuration.children("request")],
            [Change.parse(each, of_request=False) for each in configuration.children("response")],
        )

    async def on_request(self, exchange: Exchange) -> None:
        if self._request:
            headers = end_to_end(exchange.headers)
            for change in self._request:
                headers = change.applied_to(headers)
            exchange.headers = headers

    def on_response(self, exchange: Exchange, head: ResponseHead) -> None:
        del exchange
        for change in self._response:
            head.headers = change.applied_to(head.headers)
