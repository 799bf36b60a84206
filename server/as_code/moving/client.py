"""Asks the Account Management API of a tenant: slowly, patiently, and within bounds."""

import json
import time
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from pyreqwest.client import SyncClient, SyncClientBuilder
from pyreqwest.exceptions import PyreqwestError

from server.as_code.moving.tenant import CannotMove, Record
from server.kit.durations import asked_for_s
from server.kit.ids import id_or_none

PREFIX = "/admin/api"
PER_PAGE, PER_PAGE_OF_CMS = 500, 100
MOST_PAGES = 10_000
MOST_BYTES = 64 * 1024 * 1024  # of an answer
CONNECT, TIMEOUT = timedelta(seconds=10), timedelta(seconds=60)
TRIES, TRIES_OF_OPEN = 6, 2
LONGEST_WAIT_S = 120.0
BUSY = frozenset({429, 500, 502, 503, 504})
LATER = frozenset({429, 503})  # of all there is, not of one place
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
NOT_THERE = (
    "is no admin portal of the reference system. Give its address, such as "
    "https://acme-admin.example.com, without a path."
)
NO_ACCESS = (
    "refuses the token (403). Make an access token there with the scopes Account Management API "
    "and Analytics API, and read permission, and put it into the file."
)
IN_CLEAR = "would send the token in clear. Write https."


class NoAccess(CannotMove):
    """The token does not open a part."""


class NotThere(CannotMove):
    """A part that this version of the reference system does not have."""


class Failing(CannotMove):
    """One place answers with an error, however often it is asked; others may not."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    body: bytes
    headers: Mapping[str, str]


@dataclass(slots=True)
class Api:
    """One tenant's API. `per_s` is how many questions a second it is asked at most."""

    url: str
    token: str = field(repr=False)
    per_s: float = 10.0
    first_wait_s: float = 1.0
    asked: int = 0
    _client: SyncClient | None = None
    _next_s: float = 0.0

    def __post_init__(self) -> None:
        """Check the address. Raises: CannotMove."""
        self.url = self.url.strip().rstrip("/")
        parts = urlsplit(self.url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
            raise CannotMove(f"{self.url}: {NOT_THERE}")
        if parts.scheme == "http" and parts.hostname not in LOOPBACK:
            raise CannotMove(f"{self.url}: {IN_CLEAR}")
        if not self.token:
            raise CannotMove("The token file is empty. Put an access token of the tenant into it.")

    def _open(self) -> SyncClient:
        """Open the client, which keeps its connections."""
        if self._client is None:
            builder = SyncClientBuilder().connect_timeout(CONNECT).timeout(TIMEOUT)
            builder = builder.follow_redirects(False).user_agent("gatehouse-import")
            self._client = builder.build()
        return self._client

    @property
    def host(self) -> str:
        """Which tenant it is: its host, with a port of its own if it has one."""
        return urlsplit(self.url).netloc.lower()

    def get(self, path: str, **params: Any) -> Any:
        """Read an object of the API; None when there is none. Raises: CannotMove, NoAccess."""
        answer = self.ask(f"{self.url}{PREFIX}{path}.json", params)
        return None if answer.status == 404 else self._parsed(answer, path)

    def one(self, path: str, **params: Any) -> Record | None:
        """Read an object without the name around it. Raises: CannotMove, NoAccess."""
        found = self.get(path, **params)
        return None if found is None else unwrapped(found)

    def whole(self, path: str, **params: Any) -> Iterator[Record]:
        """Read a list that has to be there. Raises: CannotMove, NoAccess, NotThere."""
        if self.get(path, page=1, per_page=1) is None:
            raise NotThere(f"{self.url}{PREFIX}{path}: answered 404. {NOT_THERE}")
        yield from self.every(path, **params)

    def every(self, path: str, *, per_page: int = PER_PAGE, **params: Any) -> Iterator[Record]:
        """Read a list, page by page as long as it says that there are more.

        Raises: CannotMove, NoAccess.
        """
        for page in range(1, MOST_PAGES):
            found = self.get(path, page=page, per_page=per_page, **params)
            if found is None:
                return
            rows = listed(found)
            if rows is None:
                raise CannotMove(f"{self.url}{PREFIX}{path}: answered something that is no list.")
            yield from map(unwrapped, rows)
            about = found.get("metadata") if isinstance(found, dict) else None
            if not rows or not isinstance(about, dict):
                return  # what fits on a page says nothing of pages
            if (id_or_none(str(about.get("total_pages"))) or 0) <= page:
                return
        raise CannotMove(f"{self.url}{PREFIX}{path}: has more than {MOST_PAGES} pages.")

    def _parsed(self, answer: Answer, path: str) -> Any:
        if answer.status != 200:
            raise Failing(f"{self.url}{PREFIX}{path}: answered {answer.status}. {NOT_THERE}")
        try:
            return json.loads(answer.body)
        except ValueError as error:
            raise CannotMove(f"{self.url}: gives no JSON at {path}; it {NOT_THERE}") from error

    def ask(self, url: str, params: Mapping[str, Any], *, is_open: bool = False) -> Answer:
        """Ask until there is an answer. `is_open`: without the token.

        Raises: CannotMove, also when it is sent elsewhere; NoAccess.
        """
        target = f"{url}?{urlencode(params)}" if params else url
        why = ""
        answer: Answer | None = None
        tries = TRIES_OF_OPEN if is_open else TRIES
        for number in range(tries):
            self._take_turn()
            try:
                answer = self._once(target, is_open=is_open)
            except PyreqwestError as error:
                why, answer = _words(error), None
                self._wait(tries - number, number, "")
                continue
            if answer.status in BUSY:
                why = f"it answers {answer.status}"
                self._wait(tries - number, number, answer.headers.get("retry-after", ""))
                continue
            if answer.status in {401, 403} and not is_open:
                raise NoAccess(f"{self.url} {NO_ACCESS}")
            if 300 <= answer.status < 400:
                place = answer.headers.get("location", "another place")
                raise CannotMove(f"{url}: sends on to {place}. Give the address that it is at.")
            return answer
        again = "Run the same command again later: it goes on where it stopped."
        if answer is not None and answer.status not in LATER:
            raise Failing(f"{url}: {why}. {again}")
        raise CannotMove(f"{urlsplit(url).netloc} can't be read: {why}. {again}")

    def _once(self, target: str, *, is_open: bool) -> Answer:
        request = self._open().get(target).header("accept", "application/json, */*;q=0.1")
        if not is_open:
            login = b64encode(f"{self.token}:".encode()).decode()
            request = request.header("authorization", f"Basic {login}", is_sensitive=True)
        self.asked += 1
        with request.build_streamed() as response:
            body = bytearray()
            while chunk := response.body_reader.read_chunk():
                body += bytes(chunk)
                if len(body) > MOST_BYTES:
                    told = f"{target.partition('?')[0]}: gives more than {MOST_BYTES} bytes."
                    raise CannotMove(told)
            names = ("retry-after", "location", "content-type")
            headers = {name: response.get_header(name) or "" for name in names}
            return Answer(response.status, bytes(body), headers)

    def _take_turn(self) -> None:
        """Keep to the pace."""
        now = time.monotonic()
        if self._next_s > now:
            time.sleep(self._next_s - now)
        self._next_s = max(now, self._next_s) + 1 / self.per_s

    def _wait(self, left: int, number: int, retry_after: str) -> None:
        """Back off before another try, as long as it is asked for if that is not for ever."""
        if left > 1:
            wait_s = max(asked_for_s(retry_after), self.first_wait_s * 2**number)
            time.sleep(min(wait_s, LONGEST_WAIT_S))

    def close(self) -> None:
        """Close its connections."""
        if self._client is not None:
            self._client.close()


def _words(error: Exception) -> str:
    """Say in a few words why nothing came."""
    text = str(error).lower()
    if "certificate" in text or "tls" in text:
        return "its certificate is not to be trusted"
    if "dns" in text or "resolve" in text or "lookup" in text:
        return "nobody knows its name"
    if isinstance(error, TimeoutError):
        return f"no answer came within {TIMEOUT.total_seconds():.0f} seconds"
    kind = type(error).__name__
    if kind.startswith("Connect"):
        return "nobody answers there"
    return "the connection broke off in the middle of an answer"


def listed(found: Any) -> list[Any] | None:
    """Find the list in an answer: bare, or beside what is said of its pages."""
    if isinstance(found, list):
        return found
    if isinstance(found, dict):
        lists = [each for name, each in found.items() if name != "metadata"]
        if len(lists) == 1 and isinstance(lists[0], list):
            return lists[0]
    return None


def unwrapped(found: Any) -> Record:
    """Take the name off that an object stands under. Raises: CannotMove."""
    if not isinstance(found, dict):
        raise CannotMove("An answer holds something that is no object.")
    if len(found) == 1:
        (inner,) = found.values()
        if isinstance(inner, dict):
            return inner
    return found
