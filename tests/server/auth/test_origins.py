"""Whose pages may call: the portal's own, as browsers spell it, and those of the setting."""

import pytest
from sqlmodel import Session

from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.auth.dependencies import Dependencies
from server.auth.origins import origins_of
from server.domain.installation import Addresses
from server.domain.provider.hosts import Host, HostKind
from tests.kit.make import make_provider, staff
from tests.kit.work import by


@pytest.mark.parametrize(
    ("public_url", "domain", "own"),
    [
        ("http://localhost:8000", "localhost", "http://localhost:8000"),
        ("HTTP://LOCALHOST:80", "localhost", "http://localhost"),
        ("https://gate.example:443", "gate.example", "https://acme.gate.example"),
        ("https://gate.example:8443", "gate.example", "https://acme.gate.example:8443"),
    ],
)
def test_the_portal_is_spelled_as_browsers_do(
    acme: NewProvider, db: Session, public_url: str, domain: str, own: str
) -> None:
    assert origins_of(db, Addresses(public_url, domain), acme.provider.id) == {own}


def test_other_hosts_of_the_portal_and_those_of_the_setting_are_among_them(
    acme: NewProvider, deps: Dependencies
) -> None:
    globex = make_provider(deps, "Globex")
    with deps.database.write() as db:
        for provider, name in ((acme, "dev.acme.example."), (globex, "dev.globex.example.")):
            db.add(Host(name=name, kind=HostKind.CUSTOM, provider_id=provider.provider.id))
        update_settings(by(db, staff(acme)), {"allowed_origins": "https://shop.example *"})

        assert origins_of(db, Addresses(), acme.provider.id) == {
            "http://localhost:8000",
            "http://dev.acme.example:8000",
            "https://shop.example",
            "*",
        }
