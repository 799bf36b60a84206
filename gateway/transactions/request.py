"""One request of the Service Management API and what becomes known about it on the way."""

from typing import Any

from gateway.directory import Application, Service
from gateway.transactions.options import HEADER, Options, asks_no_body, options_of
from gateway.transactions.params import Hash
from gateway.transactions.paths import plain_path


class Request:
    """Made per call, so plain slots and no checks."""

    __slots__ = (
        "application",
        "content_length",
        "content_type",
        "has_body",
        "method",
        "no_body",
        "options",
        "path",
        "query",
        "service",
        "values",
    )

    def __init__(self, scope: Any) -> None:
        self.method: str = scope["method"]
        self.path: str = plain_path(scope["path"])
        self.query: bytes = scope["query_string"]
        self.content_type = self.content_length = options = b""
        self.has_body = False
        for name, value in scope["headers"]:
            if name == HEADER:
                options = value
            elif name == b"content-type":
                self.content_type = value
            elif name == b"content-length":
                self.content_length = value
                self.has_body = self.has_body or value.strip(b"0") != b""
            elif name == b"transfer-encoding":
                self.has_body = True
        self.options: Options = options_of(options)
        self.no_body: bool = self.options.no_body
        self.values: Hash = {}
        self.service: Service | None = None  # once it has been found
        self.application: Application | None = None  # likewise

    def take(self, values: Hash) -> None:
        self.values = values
        self.no_body = self.no_body or asks_no_body(values)
