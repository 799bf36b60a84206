"""Whose host a request came to."""

import pytest
from sqlmodel import Session

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies, find_provider_by_host, get_provider_by_host
from server.domain.errors import NotFound
from server.domain.provider.providers import Provider
from tests.kit.make import make_provider


@pytest.fixture
def globex(deps: Dependencies, acme: NewProvider) -> NewProvider:
    """Make another provider, after the first one."""
    return make_provider(deps, "Globex")


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("localhost", "Acme"),
        ("", "Acme"),
        ("127.0.0.1", "Acme"),
        ("acme.localhost", "Acme"),
        ("acme-admin.localhost", "Acme"),
        ("globex.localhost", "Globex"),
        ("globex-admin.localhost", "Globex"),
    ],
)
def test_a_name_means_a_provider_and_a_bare_host_the_first(
    deps: Dependencies, acme: NewProvider, globex: NewProvider, host: str, name: str
) -> None:
    with deps.database.read() as db:
        assert get_provider_by_host(db, deps.installation, host).name == name


@pytest.mark.parametrize(
    "host",
    [
        *("nobody.localhost", "acme.example", "x.acme.localhost", "acme", "acme-admin", "acme."),
        *("api-acme.localhost", "api-acme.staging.localhost", "api-acme.staging"),
        *("globex-admin.acme.localhost", "acme.localhost.", "bücher.localhost"),
    ],
)
def test_another_name_means_nobody(db: Session, deps: Dependencies, host: str) -> None:
    assert find_provider_by_host(db, deps.installation, host) is None
    with pytest.raises(NotFound, match="no portal at this address"):
        get_provider_by_host(db, deps.installation, host)


@pytest.mark.parametrize("state", ["created", "suspended"])
def test_a_provider_that_is_not_approved_has_no_portal(
    db: Session, deps: Dependencies, acme: NewProvider, state: str
) -> None:
    db.get_one(Provider, acme.provider.id).state = state
    db.flush()

    found = find_provider_by_host(db, deps.installation, "acme.localhost")
    assert found is not None
    assert found.state == state
    with pytest.raises(NotFound):
        get_provider_by_host(db, deps.installation, "acme.localhost")
