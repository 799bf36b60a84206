"""Host names: which name no tenant."""

import pytest

from server.kit.hosts import is_bare_host


@pytest.mark.parametrize(
    "host", ["localhost", "gate.example", "", "127.0.0.1", "10.0.0.7", "[::1]", "::1"]
)
def test_localhost_the_domain_and_addresses_name_no_tenant(host: str) -> None:
    assert is_bare_host(host, "gate.example")


@pytest.mark.parametrize(
    "host", ["acme.gate.example", "acme-admin.gate.example", "gate.example.org", "1.2.3", "x"]
)
def test_every_other_name_may_be_a_tenants(host: str) -> None:
    assert not is_bare_host(host, "gate.example")
