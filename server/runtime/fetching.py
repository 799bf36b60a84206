"""Fetches a specification from its address, where the gateway may call: with its guard and client.

What an answer holds is never told, and neither is where it was sent on to: only in which of a few
ways it failed, as the gateway's own errors do.
"""

import asyncio
from contextlib import AbstractContextManager

from pyreqwest.http import Url

from gateway.client.errors import TooLate, Unreachable, UpstreamError
from gateway.client.head import Head
from gateway.client.pool import Request
from gateway.config.service import Upstream
from gateway.networks import Clients, ForbiddenAddress, OwnAddress
from server.domain.errors import DomainError, Invalid, LimitReached
from server.domain.installation import Installation
from server.domain.portal.api_docs import ADDRESS, MOST_BODY, clean_source_url
from server.runtime.outgoing import REDIRECTS, Asker, OneEach
from server.settings import Settings

TIMEOUT_S = 15.0  # of all of it
CONNECT_S = 5.0
MOST_REDIRECTS = 3
MOST_BYTES = 2 * MOST_BODY
MOST_AT_ONCE = 3  # of all providers: each holds a document in memory, and a thread
HEAD = (
    b"GET %b HTTP/1.1\r\nhost: %b\r\nuser-agent: gatehouse\r\naccept-encoding: identity\r\n"
    b"accept: application/json, application/yaml;q=0.9, */*;q=0.5\r\nconnection: close\r\n\r\n"
)
LATE = (
    f"did not give its document within {TIMEOUT_S:.0f} seconds. Try again, or upload the document."
)
UNREACHABLE = (
    "can't be reached: nobody answers there. Check that it is right, and open to this server."
)
BROKE_OFF = (
    "broke off. Check that it speaks HTTP at this port, and https where the address says so."
)
FORBIDDEN = (
    "is on a private network, or leads to one, and those are closed here. Use a public address, "
    "or upload the document."
)
OURS = "leads back to this server. Give the address where the document itself is."
NO_REDIRECT = "sends on to what is no http or https address. Give the one of the document itself."
TOO_FAR = f"sends on more than {MOST_REDIRECTS} times. Give the address where that ends."
TOO_LARGE = (
    f"gives more than {MOST_BYTES} bytes. A specification has at most {MOST_BODY} characters."
)
CODED = "gives a compressed document, which nobody asked for. Upload the document instead."
EMPTY = "gives an empty document. Check the address."
NOT_UTF8 = "gives a document that is no text in UTF-8. Upload one that is."
MARKUP = (
    "gives a web page or XML, no JSON or YAML. Give the address of the document itself: the one "
    "that shows nothing else in a browser."
)


class SpecificationFetcher(Asker):
    """Fetches for all faces of a process; one document a provider at a time."""

    def __init__(self, settings: Settings, installation: Installation) -> None:
        super().__init__(
            settings,
            installation,
            connect_s=CONNECT_S,
            read_s=TIMEOUT_S,
            away="Nothing is fetched by this process.",
        )
        self._one_each = OneEach(MOST_AT_ONCE)

    def __call__(self, provider_id: int, url: str, listening: int | None = None) -> str:
        """Fetch from a worker thread; `listening` is the port of ours that was asked.

        Raises: Invalid at the address, LimitReached, Unavailable.
        """
        loop = self._running()
        with self._turn(provider_id):
            reading = self.read(url, listening)
            return text_of(asyncio.run_coroutine_threadsafe(reading, loop).result())

    def feed(self, provider_id: int, url: str, listening: int | None = None) -> str:
        """Fetch news, which are XML. Raises: Invalid, LimitReached, Unavailable."""
        loop = self._running()
        with self._turn(provider_id):
            reading = self.read(url, listening)
            content = asyncio.run_coroutine_threadsafe(reading, loop).result()
        try:
            return content.decode("utf-8-sig").strip()
        except UnicodeDecodeError as error:
            raise _refused(NOT_UTF8) from error

    async def read(self, url: str, listening: int | None = None) -> bytes:
        """Fetch what is at an address, or where that sends on to. Raises: Invalid."""
        clients = Clients(self._settings)
        try:
            async with asyncio.timeout(TIMEOUT_S):
                return await _follow(clients, Url(clean_source_url(url)), listening)
        except (TimeoutError, TooLate) as error:
            raise _refused(LATE) from error
        except OwnAddress as error:
            raise _refused(OURS) from error
        except ForbiddenAddress as error:
            raise _refused(FORBIDDEN) from error
        except (Unreachable, OSError, UnicodeError) as error:  # the last two are the resolver's
            raise _refused(UNREACHABLE) from error
        except UpstreamError as error:
            raise _refused(BROKE_OFF) from error
        finally:
            clients.close()

    def _turn(self, provider_id: int) -> AbstractContextManager[None]:
        """Let in who fetches nothing yet, while there is room. Raises: LimitReached."""
        wait_s = int(TIMEOUT_S)
        told = f"can't be fetched now: another one is. Try again in {wait_s} seconds."
        refusal = LimitReached(told, field=ADDRESS, retry_after_s=wait_s)
        return self._one_each.turn(provider_id, refusal)


def text_of(content: bytes) -> str:
    """Read what was fetched, whatever it is called. Raises: Invalid."""
    try:
        text = content.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise _refused(NOT_UTF8) from error
    if not text:
        raise _refused(EMPTY)
    if text.startswith("<"):
        raise _refused(MARKUP)
    return text


async def _follow(clients: Clients, url: Url, listening: int | None) -> bytes:
    """Ask an address, and those it sends on to, each checked anew. Raises: see `read`."""
    for _ in range(MOST_REDIRECTS + 1):
        upstream = Upstream.parse(str(url))
        pool = await clients.get(upstream, listening=listening)
        target = f"{url.path}?{url.query_string}" if url.query_string else url.path
        head = HEAD % (target.encode("ascii"), upstream.authority.encode("ascii"))
        connection, answer = await pool.ask(Request("GET", head))
        try:
            if answer.status not in REDIRECTS:
                _check(answer)
                content = bytearray()
                while chunk := await connection.read_chunk():
                    content += chunk
                    if len(content) > MOST_BYTES:
                        raise _refused(TOO_LARGE)
                return bytes(content)
        finally:
            connection.close()
        url = _next(url, answer)
    raise _refused(TOO_FAR)


def _check(answer: Head) -> None:
    """Refuse an answer that holds no document. Raises: Invalid."""
    if not 200 <= answer.status < 300:
        raise _refused(f"answered {answer.status}, no document. Check that everybody may read it.")
    if answer.length is not None and answer.length > MOST_BYTES:
        raise _refused(TOO_LARGE)
    if any(value.lower() != b"identity" for value in _values(answer, b"content-encoding")):
        raise _refused(CODED)


def _next(url: Url, answer: Head) -> Url:
    """Read where an answer sends on to. Raises: Invalid."""
    try:
        (location,) = _values(answer, b"location")
        found = url.join(location.decode()).with_fragment(None)
        return Url(clean_source_url(str(found)))
    except (ValueError, DomainError) as error:
        raise _refused(NO_REDIRECT) from error


def _values(answer: Head, name: bytes) -> list[bytes]:
    return [value for each, value in answer.headers if each == name]


def _refused(message: str) -> Invalid:
    return Invalid(message, field=ADDRESS)
