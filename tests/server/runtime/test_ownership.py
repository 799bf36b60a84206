"""What is asked of custom domains from outside: a certificate for which name, and the proof."""

from starlette.testclient import TestClient

from gateway.errors import DirectoryUnavailable
from server.domain.installation import Addresses
from server.runtime.ownership import ASK, Ownership

PROVED = {"developers.acme.example.": "a-token"}
TAKEN = {"developers.acme.example", "acme.gate.example", "api.acme.example"}
FILE = "/.well-known/gatehouse-domain.txt"


async def _owns_host(host: str) -> bool:
    if host == "away.example":
        raise DirectoryUnavailable("away")
    return host in TAKEN


APP = Ownership(
    Addresses("https://gate.example", "gate.example"), lambda name: PROVED.get(name, ""), _owns_host
)


def test_a_certificate_may_be_got_for_names_that_serve_and_no_others() -> None:
    client = TestClient(APP, base_url="http://127.0.0.1")

    def status_of(domain: str) -> int:
        return client.get(ASK, params={"domain": domain}).status_code

    assert [status_of(each) for each in (*sorted(TAKEN), "API.Acme.Example.")] == [200] * 4
    assert status_of("gate.example") == 200
    for nobodys in ("claimed.acme.example", "evil.example", "", "*", "a" * 5000, "\x00"):
        assert status_of(nobodys) == 404
    assert status_of("away.example") == 503
    assert client.get(ASK).status_code == 404
    assert client.post(ASK).status_code == 405


def test_the_proof_of_a_name_that_serves_is_told_at_that_name_alone() -> None:
    client = TestClient(APP)
    told = client.get(FILE, headers={"host": "Developers.acme.example:80"})

    assert (told.status_code, told.text) == (200, "a-token\n")
    assert told.headers["cache-control"] == "no-store"
    for host in ("acme.gate.example", "claimed.acme.example", "127.0.0.1", "a..b"):
        assert client.get(FILE, headers={"host": host}).status_code == 404
