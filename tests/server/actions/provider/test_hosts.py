"""Hosts: each is one tenant's, whatever the names are and however many are made at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlmodel import Session, select

from server.actions.provider.hosts import give_gateway_hosts
from server.actions.provider.providers import NewProvider, create_provider
from server.actions.services.services import create_service, delete_service
from server.auth.dependencies import Dependencies, find_provider_by_host
from server.directory_queries import find_service_by_host
from server.domain.provider.hosts import Host, HostKind
from server.domain.provider.providers import Provider
from server.domain.services.services import Service
from server.kit.ids import random_hex
from tests.kit.make import make_provider, staff
from tests.kit.work import by

AT_ONCE = 16
Pair = tuple[str, str]  # a provider's name and a service's system name


def owner_of(db: Session, host: str) -> tuple[str, int] | None:
    """Ask whose gateway is at a host."""
    return find_service_by_host(db, host, "localhost")


def service_of(deps: Dependencies, db: Session, provider: NewProvider, name: str) -> Service:
    """Make a service with this system name."""
    work = by(db, staff(provider), deps.installation)
    return create_service(work, {"name": name, "system_name": name})


def hosts_of(deps: Dependencies, service: Service) -> dict[str, str]:
    """Return the hosts that a service's addresses show."""
    environments = ("production", "staging")
    address = deps.installation.addresses.gateway_host
    return {environment: address(service, environment) for environment in environments}


@pytest.mark.parametrize(
    ("older", "later"),
    [
        (("zed", "shop-blue"), ("blue-zed", "shop")),
        (("blue-zed", "shop"), ("zed", "shop-blue")),
        (("zed", "shop_blue"), ("blue-zed", "shop")),
        (("zed", "a-b-c"), ("b-c-zed", "a")),
        (("zed", "shop-blue-zed"), ("zed-zed", "shop-blue")),
        (("zed", "my_api"), ("zed", "my-api")),
        (("zed", "my-api"), ("zed", "MY_API")),
        (("zed", "v1.0"), ("zed", "v1/0")),
        (("zed", "_api"), ("zed", "api_")),
        (("zed", "x" * 255), ("zed", "x" * 254 + "y")),
        (("zed", "shop-blue-2"), ("blue-2-zed", "shop")),
    ],
)
def test_names_that_would_meet_get_hosts_of_their_own(
    deps: Dependencies, acme: NewProvider, db: Session, older: Pair, later: Pair
) -> None:
    mail = "jo@zed.example"
    made: dict[str, NewProvider] = {}
    services = []
    for provider_name, system_name in (older, later):
        if provider_name not in made:
            made[provider_name] = create_provider(db, deps.installation, provider_name, mail)
        services.append(service_of(deps, db, made[provider_name], system_name))

    hosts = [hosts_of(deps, service) for service in services]
    assert set(hosts[0].values()).isdisjoint(hosts[1].values())
    for service, its in zip(services, hosts, strict=True):
        for environment, host in its.items():
            assert owner_of(db, host) == (environment, service.id)
            assert max(map(len, host.split("."))) <= 63


def test_the_name_is_service_and_provider_and_the_next_one_counts(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    names = ("weather", "My_Api", "my-api", "my.api", "_", "-".join(["long"] * 20))
    labels = [service_of(deps, db, acme, each).host_label for each in names if each[0] != "-"]

    assert labels[:4] == ["weather-acme", "my-api-acme", "my-api-acme-2", "my-api-acme-3"]
    assert labels[4] == "service-acme"
    assert labels[5].startswith("long-long-")
    assert len(labels[5]) <= 63


def test_a_portal_never_takes_a_gateways_name_nor_a_gateway_a_portals(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    service = service_of(deps, db, acme, "weather")

    later = create_provider(db, deps.installation, "Weather Acme", "jo@x.example").provider
    api = create_provider(db, deps.installation, "News Acme", "jo@x.example").provider
    news = service_of(deps, db, acme, "news")

    assert later.subdomain == "weather-acme-2"
    assert owner_of(db, "weather-acme.localhost") == ("production", service.id)
    found = find_provider_by_host(db, deps.installation, "news-acme.localhost")
    assert found is not None
    assert found.id == api.id
    assert news.host_label == "news-acme-2"


@pytest.mark.parametrize(
    "name", ["www", "Master", "staging", "admin", "api", "gateway", "localhost", "Acme Admin"]
)
def test_a_reserved_name_is_nobodys(
    deps: Dependencies, acme: NewProvider, db: Session, name: str
) -> None:
    made = create_provider(db, deps.installation, name, "jo@x.example").provider

    assert made.subdomain == f"{name.lower().replace(' ', '-')}-2"


def test_each_host_answers_for_one_kind_and_one_environment(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    rows = db.exec(select(Host).where(Host.provider_id == acme.provider.id)).all()

    told = {(row.name, row.kind, row.environment, row.service_id) for row in rows}
    service_id = acme.sample.service.id
    assert told == {
        ("acme", "portal", "", None),
        ("acme-admin", "admin", "", None),
        ("api-acme", "gateway", "production", service_id),
        ("api-acme.staging", "gateway", "staging", service_id),
    }
    for kind, host in ((HostKind.PORTAL, "acme"), (HostKind.ADMIN, "acme-admin")):
        found = find_provider_by_host(db, deps.installation, f"{host}.localhost", (kind,))
        assert found is not None
    swapped = find_provider_by_host(db, deps.installation, "acme.localhost", (HostKind.ADMIN,))
    assert swapped is None


@pytest.mark.parametrize(
    ("host", "environment"),
    [
        ("api.acme.example", "production"),
        ("api-acme.staging", None),
        ("api.acme.example.localhost", None),
        ("acme.example", None),
    ],
)
def test_a_custom_domain_is_found_whole_and_never_meets_a_name_of_ours(
    deps: Dependencies, acme: NewProvider, db: Session, host: str, environment: str | None
) -> None:
    service_id = acme.sample.service.id
    custom = Host(
        name="api.acme.example.",
        kind=HostKind.CUSTOM,
        environment="production",
        provider_id=acme.provider.id,
        service_id=service_id,
    )
    db.add(custom)
    db.flush()

    found = owner_of(db, host)

    assert found == (None if environment is None else (environment, service_id))


def test_a_deleted_services_host_goes_to_its_provider_only(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    zed = create_provider(db, deps.installation, "Zed", "jo@x.example")
    blue = create_provider(db, deps.installation, "Blue Zed", "jo@x.example")
    gone = service_of(deps, db, zed, "shop-blue")
    delete_service(by(db, staff(zed), deps.installation), gone.id)

    assert owner_of(db, "shop-blue-zed.localhost") is None
    other = service_of(deps, db, blue, "shop")
    assert other.host_label == "shop-blue-zed-2"
    portal = create_provider(db, deps.installation, "Shop Blue Zed", "jo@x.example").provider
    assert portal.subdomain == "shop-blue-zed-3"

    again = service_of(deps, db, zed, "shop-blue")
    assert again.host_label == "shop-blue-zed"
    assert owner_of(db, "shop-blue-zed.localhost") == ("production", again.id)
    assert owner_of(db, "shop-blue-zed.staging.localhost") == ("staging", again.id)


def at_once(make: Callable[[int], str]) -> list[str]:
    """Make as many things in the same moment."""
    ready = Barrier(AT_ONCE)

    def start(number: int) -> str:
        ready.wait(30)
        return make(number)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(start, range(AT_ONCE)))


def test_providers_of_one_name_made_at_once_get_hosts_of_their_own(
    deps: Dependencies, acme: NewProvider
) -> None:
    subdomains = at_once(lambda _: make_provider(deps, "Crowd").provider.subdomain)

    assert set(subdomains) == {"crowd", *(f"crowd-{number}" for number in range(2, AT_ONCE + 1))}
    with deps.database.read() as db:
        for subdomain in subdomains:
            for host in (f"{subdomain}.localhost", f"{subdomain}-admin.localhost"):
                found = find_provider_by_host(db, deps.installation, host)
                assert found is not None
                assert found.subdomain == subdomain


def test_services_that_want_one_host_at_once_get_their_own(
    deps: Dependencies, acme: NewProvider
) -> None:
    zed, blue = make_provider(deps, "Zed"), make_provider(deps, "Blue-Zed")

    def make(number: int) -> str:
        provider, stem = ((zed, "shop-blue"), (blue, "shop"))[number % 2]
        with deps.database.write() as db:
            service = a_bare_service(db, provider.provider, stem, number)
            give_gateway_hosts(db, deps.installation.addresses, service)
            return service.host_label

    labels = at_once(make)

    wanted = "shop-blue-zed"
    assert set(labels) == {wanted, *(f"{wanted}-{number}" for number in range(2, AT_ONCE + 1))}


def test_a_free_label_of_a_deleted_service_is_taken_back_once(
    deps: Dependencies, acme: NewProvider
) -> None:
    with deps.database.write() as db:
        gone = service_of(deps, db, acme, "weather")
        delete_service(by(db, staff(acme), deps.installation), gone.id)

    def make(number: int) -> str:
        with deps.database.write() as db:
            service = a_bare_service(db, acme.provider, "weather", number)
            give_gateway_hosts(db, deps.installation.addresses, service)
            return service.host_label

    labels = at_once(make)

    assert len(set(labels)) == AT_ONCE
    assert "weather-acme" in labels


def a_bare_service(db: Session, provider: Provider, stem: str, number: int) -> Service:
    """Save a service without all that belongs to one; its system name differs in dashes only."""
    service = Service(
        provider_id=provider.id,
        name=stem,
        system_name=stem + "_" * (number + 1),
        service_token_digest=random_hex(16).encode(),
        service_token_sealed=b"",
    )
    db.add(service)
    db.flush()
    return service
