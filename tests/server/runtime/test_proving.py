"""A domain is proved by its TXT record or by a file at that host; all else is told in words."""

import asyncio
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from server.domain.errors import Unavailable
from server.domain.installation import Addresses, Installation
from server.domain.provider.domains import FILE, Claim, Proof, ProvedBy
from server.runtime.proving import DomainProver
from server.settings import Settings
from tests.kit.dns import running_resolver
from tests.kit.fetching import a_site_beside, sends_on
from tests.kit.make import TEST_VAULT

NAME, TOKEN = "localhost", "0123456789abcdef"
RECORD = f"_gatehouse.{NAME}"
CLAIM = Claim(1, NAME, TOKEN)
PUBLIC = Addresses("http://gate.example:4", "gate.example")


def a_prover(resolver: str, port: int, *, networks: Any = "allow", **more: Any) -> DomainProver:
    settings = Settings(dns_resolver=resolver, private_networks=networks)
    installation = Installation(TEST_VAULT, more.get("addresses", PUBLIC))
    return DomainProver(settings, installation, http_port=port)


def test_a_record_or_a_file_proves_a_name_and_nothing_else_does(tmp_path: Path) -> None:
    with running_resolver() as resolver, a_site_beside() as site:
        port = int(site.url.rpartition(":")[2])
        prover = a_prover(resolver.address, port)
        with pytest.raises(Unavailable):
            prover(CLAIM)
        with a_site_beside(prover):
            nothing = prover(CLAIM).problem
            assert f"no such TXT record at {RECORD}" in nothing
            assert f"http://{NAME}{FILE}" in nothing

            resolver.records[RECORD] = ["v=spf1", f"gatehouse-domain={TOKEN}"]
            assert prover(CLAIM) == Proof(ProvedBy.DNS)
            resolver.records[RECORD] = ["gatehouse-domain=of-another"]
            assert "has another value" in prover(CLAIM).problem
            resolver.code = 2
            assert f"DNS did not tell about {RECORD}" in prover(CLAIM).problem

            site.answers[FILE] = f"{TOKEN}\n".encode()
            assert prover(CLAIM) == Proof(ProvedBy.HTTP)
            site.answers[FILE] = f"<html>{TOKEN}</html>".encode()
            assert "holds something else" in prover(CLAIM).problem
            site.answers[FILE] = b"x" * 1_000_000
            assert "holds something else" in prover(CLAIM).problem
            site.answers[FILE] = sends_on("/proof")
            site.answers["/proof"] = TOKEN.encode()
            assert prover(CLAIM) == Proof(ProvedBy.HTTP)
            site.answers[FILE] = sends_on(f"http://127.0.0.1:{port}/proof")
            assert "sends on to another host" in prover(CLAIM).problem
            site.answers[FILE] = sends_on(FILE)
            assert "again and again" in prover(CLAIM).problem


def test_no_private_network_is_asked_and_we_prove_nothing_ourselves() -> None:
    with running_resolver() as resolver, a_site_beside() as site:
        site.answers[FILE] = TOKEN.encode()
        port = int(site.url.rpartition(":")[2])
        closed = a_prover(resolver.address, port, networks="deny")
        ours = Addresses(f"http://gate.example:{port}", "gate.example")
        own = a_prover(resolver.address, port, addresses=ours)
        with a_site_beside(closed, own):
            assert "private network" in closed(CLAIM).problem
            assert "leads to this server already" in own(CLAIM).problem
            # one that was proved by a file, and leads here since, stays proved
            assert own(Claim(1, NAME, TOKEN, ProvedBy.HTTP)) == Proof(ProvedBy.HTTP)


def test_one_name_a_tenant_is_looked_at_at_a_time() -> None:
    with closing(asyncio.new_event_loop()) as loop:
        prover = a_prover("127.0.0.1:1", 1)
        prover.attach(loop)
        with prover._turn(1), pytest.raises(Exception, match="Another domain is being checked"):
            prover(CLAIM)
