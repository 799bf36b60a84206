"""Bodies larger than everybody's: one document, sent by who may save it."""

import asyncio
from contextlib import AbstractAsyncContextManager, nullcontext

from starlette.requests import Request

from server.auth.dependencies import Dependencies
from server.domain.errors import DomainError
from server.rest.callers import CallerRequest, get_caller, require
from server.rest.errors import AccessDenied, ProviderClosed
from server.rest.operations import Operation
from server.rest.params import (
    JSON_TYPES,
    MAX_BODY_BYTES,
    Params,
    parse_body,
    parse_query,
    read_params,
    type_of,
)
from server.web.long_texts import without_long_texts
from server.web.requests import BadRequest, host_of, read_body

MAX_DOCUMENT_BYTES = 80_000_000  # 25 million characters: percent-encoded where a form needs that


class Reader:
    """Reads the requests of one operation; what is large one after the other."""

    def __init__(self, deps: Dependencies, operation: Operation) -> None:
        self._deps, self._operation = deps, operation
        self._one_large = asyncio.Semaphore(1)  # each takes a multiple of its size in memory

    def turn(self, request: Request) -> AbstractAsyncContextManager[object]:
        """Wait for the turn of a request, which lasts until it is answered."""
        return self._one_large if self._is_large(request) else nullcontext()

    async def read(self, request: Request) -> Params:
        """Read a request in its turn. Raises: BadRequest."""
        if not self._is_large(request):
            return await read_params(request, takes_file=self._operation.takes_file)
        await self._deps.executor.run(self._check_sender, request)
        raw = await read_body(request, MAX_DOCUMENT_BYTES, "body")
        return await self._deps.executor.run(self._parse, request, raw)

    def _is_large(self, request: Request) -> bool:
        length = request.headers.get("content-length", "")
        is_long = length.isdecimal() and MAX_BODY_BYTES < int(length[:18]) <= MAX_DOCUMENT_BYTES
        return bool(self._operation.takes_document) and is_long

    def _check_sender(self, request: Request) -> None:
        """Let through who may save a document, before it is read. Raises: BadRequest."""
        query = parse_query(request)
        authorization = request.headers.get("authorization", "")
        asking = CallerRequest(host_of(request), authorization, Params(query).flat())
        try:
            with self._deps.database.read() as db:
                require(db, get_caller(db, self._deps, asking).actor, self._operation.permission)
        except (AccessDenied, ProviderClosed, DomainError) as error:
            raise self._too_large() from error

    def _parse(self, request: Request, raw: bytes) -> Params:
        """Read a body that is one document and little else. Raises: BadRequest."""
        if type_of(request.headers) in JSON_TYPES:
            rest, found = without_long_texts(raw)
            if found > 1 or len(rest) > MAX_BODY_BYTES:
                raise self._too_large()
        values = asyncio.run(parse_body(request.headers, raw, MAX_DOCUMENT_BYTES))
        params = Params({**parse_query(request), **values})
        names = self._operation.wrappers
        inner = [values[name] for name in names if isinstance(values.get(name), dict)]
        long = [
            (name, text)
            for given in (values, *inner)
            for name, text in given.items()
            if isinstance(text, str) and len(text) > MAX_BODY_BYTES
        ]
        if len(long) > 1 or any(name != self._operation.takes_document for name, _ in long):
            raise self._too_large()
        return params

    def _too_large(self) -> BadRequest:
        return BadRequest(
            413,
            f"A body holds at most {MAX_BODY_BYTES} bytes. Only {self._operation.takes_document} "
            f"may be larger, up to {MAX_DOCUMENT_BYTES} bytes, of who may save it, with the "
            "credentials in a header or in the query.",
        )
