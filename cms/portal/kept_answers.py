"""Whole answers: made once, given while nothing changes.

An answer is kept only when the page that made it has said that it is the same for every visitor,
and only for requests that bring nothing else that a page could look at. What a provider's history
was before the page was read is kept with it; it is given to those for whom that is still so after
they have asked. So a change is seen at once, whichever process made it.

Who is logged in is given his own answer again, by his session alone, within the second in which it
was made, and only on SQLite, which tells of every commit: of usage, of a login that ended.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cms.content.theme import default_theme
from cms.liquid.language import languages_of
from cms.portal.changes import Changes, Mark
from cms.portal.kept_pages import LIFETIME_S
from cms.portal.languages import CHOICE, accepted_language
from server.auth.dependencies import Dependencies
from server.kit.crypto import token_digest
from server.kit.lru import LRU
from server.web.compression import takes_gzip
from server.web.cookies import DEVELOPER, cookies_of
from server.web.shared import OF_ONE, OF_PROVIDER

MOST_ANSWERS, MOST_BYTES = 1_000, 16_000_000
MOST_OWN, MOST_OWN_BYTES = 500, 8_000_000
OWN_LIFETIME_S = 1  # usage starts again at whole seconds, and pages tell no finer time
MOST_HOSTS = 1_000
MOST_PATH = 500  # bytes: longer ones are not kept
TOLD = ("route", "path_params")  # what the log tells of a request


@dataclass(frozen=True, slots=True)
class Kept:
    """One answer, and where in its provider's history it is right."""

    mark: Mark
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    told: Mapping[str, Any]

    async def send(self, scope: Scope, send: Send) -> None:
        scope.update(self.told)
        start = {"type": "http.response.start", "status": 200, "headers": list(self.headers)}
        await send(start)
        await send({"type": "http.response.body", "body": self.body, "more_body": False})


class KeptAnswers:
    """The developer portal with a memory, bounded in answers and bytes."""

    def __init__(self, app: ASGIApp, deps: Dependencies) -> None:
        self._app = app
        self._clock = deps.installation.clock
        self._deps = deps
        self._changes = Changes(deps.database)
        self._answers: LRU[Kept] = LRU(most_entries=MOST_ANSWERS, most_bytes=MOST_BYTES)
        self._own: LRU[Kept] = LRU(most_entries=MOST_OWN, most_bytes=MOST_OWN_BYTES)
        self._providers: LRU[int] = LRU(most_entries=MOST_HOSTS, most_bytes=MOST_HOSTS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = _Asked.of(scope, self._deps)
        if asked is None:
            await self._app(scope, receive, send)
            return
        lifetime_s = OWN_LIFETIME_S if asked.session else LIFETIME_S
        key = asked, int(self._clock.now().timestamp()) // lifetime_s
        mark = await self._mark_at(asked.host)
        kept = (self._own if asked.session else self._answers).find(key)
        if kept is not None and kept.mark == mark:
            await kept.send(scope, send)
            return
        keeping = _Keeping(send)
        await self._app(scope, receive, keeping.send)
        self._keep(scope, key, keeping, mark)

    async def _mark_at(self, host: bytes) -> Mark | None:
        """Read the history of whose host it is; None while that is not known."""
        provider_id = self._providers.find(host)
        if provider_id is None:
            return None
        try:
            return await self._changes.mark(provider_id)
        except SQLAlchemyError:  # the page tells of the outage
            return None

    def _keep(
        self, scope: Scope, key: tuple["_Asked", int], keeping: "_Keeping", mark: Mark | None
    ) -> None:
        """Keep an answer that says it may be; the first from a host tells whose it is."""
        is_own = bool(key[0].session)
        provider_id = scope.get(OF_ONE if is_own else OF_PROVIDER)
        if provider_id is None or not keeping.is_whole:
            return
        host = key[0].host
        known = self._providers.find(host)
        if known != provider_id:
            self._providers.keep(host, provider_id, 1)
        if mark is None or mark.provider_id != provider_id:
            return
        if is_own and mark.version is None:
            return
        told = {name: scope[name] for name in TOLD if name in scope}
        kept = Kept(mark, keeping.headers, keeping.body, told)
        answers = self._own if is_own else self._answers
        answers.keep(key, kept, len(kept.body) + 2_000)


@dataclass(frozen=True, slots=True)
class _Asked:
    """All of a request that an answer may depend on."""

    host: bytes
    scheme: str
    path: str
    languages: tuple[str, str]  # the one that was chosen, the one that the browser asks for
    is_packed: bool
    session: str  # of who is logged in, as it is in the database; empty for a visitor

    @classmethod
    def of(cls, scope: Scope, deps: Dependencies) -> "_Asked | None":
        """Read what a page may look at; None where there is more than a kept answer may know.

        A cookie that is not known to make no difference does: the notice of the page before, an
        access code, a preview, or one that somebody invents later.
        """
        if scope["type"] != "http" or scope["method"] != "GET" or scope["query_string"]:
            return None
        headers, path = Headers(scope=scope), scope["path"]
        if len(path) > MOST_PATH or not _is_plain(headers):
            return None
        cookies = cookies_of(scope)
        chosen, session = CHOICE.name_for(deps), DEVELOPER.session.name_for(deps)
        if not {chosen, session, DEVELOPER.form_seed.name_for(deps)}.issuperset(cookies):
            return None
        token = cookies.get(session, "")
        if token and not deps.database.is_sqlite:
            return None
        host = headers.get("host", "").encode("latin-1")
        choice = cookies.get(chosen, "")
        choice = choice if choice in languages_of(default_theme()) else ""
        spoken = choice, accepted_language(headers)
        digest = token_digest(token) if token else ""
        return cls(host, scope["scheme"], path, spoken, takes_gzip(headers), digest)


def _is_plain(headers: Headers) -> bool:
    """Return whether a page is asked for, to be shown in a window, by nobody in particular."""
    is_link = headers.get("sec-fetch-dest", "document") == "document"
    is_known = "origin" in headers or "authorization" in headers
    return is_link and not is_known and "text/markdown" not in headers.get("accept", "")


class _Keeping:
    """Passes an answer on and remembers it, when it is one whole page without a cookie."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.headers: tuple[tuple[bytes, bytes], ...] = ()
        self.body = b""
        self.is_whole = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.headers = tuple((bytes(name), bytes(value)) for name, value in message["headers"])
            self.is_whole = message["status"] == 200
        elif message["type"] == "http.response.body":
            self.body = bytes(message.get("body", b""))
            is_last = not message.get("more_body", False)
            sets = any(name.lower() == b"set-cookie" for name, _ in self.headers)
            self.is_whole = self.is_whole and is_last and not sets
        await self._send(message)
