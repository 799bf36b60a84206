"""Hosts: no two services share one in any environment, and each leads back to its owner alone."""

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from server.actions.provider.hosts import give_gateway_hosts, save_with_hosts
from server.auth.dependencies import Dependencies, find_provider_by_host
from server.directory_queries import find_service_by_host
from server.domain.provider.hosts import HostKind
from server.domain.provider.providers import Provider
from server.domain.services.services import Service
from tests.kit.make import make_deps

LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
# Names that meet when they are joined by hyphens, are spelt alike, or are longer than a label.
WORDS = ("a", "b", "a-b", "b-a", "a-b-a", "admin", "staging", "www", "api", "2", "a-2")
PROVIDERS = (*WORDS, "a-admin", "admin-a", "z" * 30, "z" * 29 + "y", "staging-a")
SERVICES = (
    *WORDS,
    *(
        "xn--a",
        "A",
        "A_B",
        "a_b",
        "a.b",
        "a/b",
        "a--b",
        "a__b",
        "_a",
        "a_",
        "a-",
        "_",
        "__",
        "._.",
        "A-2",
    ),
    *("x" * 255, "x" * 254 + "y", "x" * 62, "x" * 31, "x" * 32, "a-" * 100, "x" * 60 + "-admin"),
    *("a.staging", "a-staging", "a.localhost", "localhost", "a-admin", "1.2.3.4", "xn--bcher-kva"),
)


@pytest.fixture(scope="module")
def deps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dependencies]:
    """Make a database of this test's own, on SQLite."""
    folder: Path = tmp_path_factory.mktemp("hosts")
    deps = make_deps(folder)
    yield deps
    deps.database.close()


def made(deps: Dependencies, seed: int) -> tuple[list[Provider], list[Service]]:
    """Make all providers and all services of each, in an order drawn by the seed."""
    random, addresses = Random(seed), deps.installation.addresses
    with deps.database.write() as db:
        providers = []
        for number, name in enumerate(random.sample(PROVIDERS, len(PROVIDERS))):
            key = b"%d of %d" % (number, seed)
            provider = Provider(
                name=name, subdomain="", provider_key_digest=key, provider_key_sealed=b""
            )
            save_with_hosts(db, addresses, provider, name)
            providers.append(provider)
        pairs = [(provider, name) for provider in providers for name in SERVICES]
        services = []
        for provider, name in random.sample(pairs, len(pairs)):
            service = Service(
                provider_id=provider.id,
                name=name,
                system_name=name,
                service_token_digest=b"",
                service_token_sealed=b"",
            )
            db.add(service)
            db.flush()
            give_gateway_hosts(db, addresses, service)
            services.append(service)
    return providers, services


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_no_two_share_a_host_and_each_is_found_back(deps: Dependencies, seed: int) -> None:
    providers, services = made(deps, seed)

    with deps.database.read() as db:
        addresses, seen = deps.installation.addresses, set[str]()
        assert len(providers) * len(SERVICES) == len(services) >= 500
        for service in services:
            for environment in ("production", "staging"):
                host = addresses.gateway_host(service, environment)
                assert host not in seen
                seen.add(host)
                assert all(LABEL.fullmatch(label) for label in host.split(".")), host
                found = find_service_by_host(db, host, "localhost")
                assert found == (environment, service.id)
                assert find_provider_by_host(db, deps.installation, host) is None
        for provider in providers:
            for url, kind in (
                (addresses.portal(provider), HostKind.PORTAL),
                (addresses.admin(provider), HostKind.ADMIN),
            ):
                host = url.removeprefix("http://").partition(":")[0]
                assert host not in seen
                seen.add(host)
                owner = find_provider_by_host(db, deps.installation, host, (kind,))
                assert owner is not None
                assert owner.id == provider.id
                assert find_service_by_host(db, host, "localhost") is None
