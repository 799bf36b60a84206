"""Looks whether a custom domain is its tenant's: a TXT record, or a file at that name.

The file is fetched with the guard of all fetching, and no redirect leads to another host: else an
open redirect of somebody's site would prove that it is another's.
"""

import asyncio
from contextlib import AbstractContextManager

from pyreqwest.http import Url

from gateway.client.errors import UpstreamError
from gateway.client.head import Head
from gateway.client.pool import Request
from gateway.config.service import Upstream
from gateway.networks import Clients, ForbiddenAddress, OwnAddress
from server.domain.errors import LimitReached
from server.domain.installation import Installation
from server.domain.provider.domains import FILE, RECORD, VALUE, Claim, Proof, ProvedBy
from server.kit.dns import NoAnswer, find_texts, list_resolvers
from server.runtime.outgoing import REDIRECTS, Asker, OneEach
from server.settings import Settings

DNS_S = 3.0  # for each resolver
HTTP_S = 8.0  # for all of the file
MOST_BYTES = 1_024
MOST_REDIRECTS = 2
MOST_AT_ONCE = 4
HEAD = (
    b"GET %b HTTP/1.1\r\nhost: %b\r\nuser-agent: gatehouse\r\naccept-encoding: identity\r\n"
    b"accept: text/plain\r\nconnection: close\r\n\r\n"
)


class DomainProver(Asker):
    """Looks for all faces and jobs of a process; one name a provider at a time."""

    def __init__(
        self, settings: Settings, installation: Installation, *, http_port: int = 80
    ) -> None:
        """Say where files are looked for; no other port than 80 proves anything outside tests."""
        super().__init__(
            settings,
            installation,
            connect_s=HTTP_S,
            read_s=HTTP_S,
            away="No domain is checked by this process.",
        )
        self._resolvers = list_resolvers(settings.dns_resolver)
        self._http_port = http_port
        self._one_each = OneEach(MOST_AT_ONCE)

    def __call__(self, claim: Claim) -> Proof:
        """Look, from a worker thread. Raises: LimitReached, Unavailable."""
        loop = self._running()
        with self._turn(claim.provider_id):
            by_record = self._by_record(claim)
            if by_record.by:
                return by_record
            by_file = asyncio.run_coroutine_threadsafe(self._by_file(claim), loop).result()
        return by_file if by_file.by else Proof(problem=f"{by_record.problem} {by_file.problem}")

    def _by_record(self, claim: Claim) -> Proof:
        name = f"{RECORD}.{claim.name}"
        try:
            texts = find_texts(name, self._resolvers, DNS_S)
        except NoAnswer as error:
            return Proof(problem=f"DNS did not tell about {name}: {error}.")
        if f"{VALUE}{claim.token}" in [text.strip() for text in texts]:
            return Proof(ProvedBy.DNS)
        if any(text.startswith(VALUE) for text in texts):
            return Proof(problem=f"The TXT record of {name} has another value.")
        return Proof(problem=f"DNS has no such TXT record at {name}.")

    async def _by_file(self, claim: Claim) -> Proof:
        clients = Clients(self._settings)
        try:
            async with asyncio.timeout(HTTP_S):
                return await self._fetch(clients, claim)
        except OwnAddress:  # it leads to this very process, which would tell the proof itself
            if claim.proof == ProvedBy.HTTP:
                return Proof(ProvedBy.HTTP)
            return Proof(problem="The name leads to this server already: only DNS can prove it.")
        except ForbiddenAddress:
            return Proof(problem="The name leads to a private network, where no file is looked at.")
        except (TimeoutError, OSError, ValueError, UpstreamError):
            return Proof(problem=f"There is no file at http://{claim.name}{FILE}.")
        finally:
            clients.close()

    async def _fetch(self, clients: Clients, claim: Claim) -> Proof:
        """Ask for the file, and where that host sends on to at itself. Raises: see `_by_file`."""
        port = "" if self._http_port == 80 else f":{self._http_port}"
        url = Url(f"http://{claim.name}{port}{FILE}")
        for _ in range(MOST_REDIRECTS + 1):
            upstream = Upstream.parse(str(url))
            pool = await clients.get(upstream)
            head = HEAD % (url.path.encode("ascii"), upstream.authority.encode("ascii"))
            connection, answer = await pool.ask(Request("GET", head))
            try:
                if answer.status not in REDIRECTS:
                    content = bytearray()
                    while (chunk := await connection.read_chunk()) and len(content) < MOST_BYTES:
                        content += chunk
                    return _judged(claim, answer, bytes(content))
            finally:
                connection.close()
            url = _next(url, answer)
            if url.host_str != claim.name:
                problem = f"http://{claim.name}{FILE} sends on to another host."
                return Proof(problem=problem)
        return Proof(problem=f"http://{claim.name}{FILE} sends on again and again.")

    def _turn(self, provider_id: int) -> AbstractContextManager[None]:
        """Let in whose names nobody looks at yet, while there is room. Raises: LimitReached."""
        wait_s = int(HTTP_S)
        told = f"Another domain is being checked. Try again in {wait_s} seconds."
        return self._one_each.turn(provider_id, LimitReached(told, retry_after_s=wait_s))


def _judged(claim: Claim, answer: Head, content: bytes) -> Proof:
    where = f"http://{claim.name}{FILE}"
    if answer.status != 200:
        return Proof(problem=f"{where} answered {answer.status}.")
    if content.decode("utf-8", "replace").strip() != claim.token:
        return Proof(problem=f"The file at {where} holds something else.")
    return Proof(ProvedBy.HTTP)


def _next(url: Url, answer: Head) -> Url:
    """Read where an answer sends on to. Raises: ValueError."""
    (location,) = [value for name, value in answer.headers if name == b"location"]
    return Url(str(url.join(location.decode()).with_fragment(None)))
