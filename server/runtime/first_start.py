"""The first provider of an empty database, and the file that tells how to get in."""

import json
from pathlib import Path
from typing import Any

from sqlalchemy.exc import NoResultFound
from sqlmodel import Session

from server.actions.applications.keys import user_key_of
from server.actions.provider.providers import (
    NewProvider,
    create_empty_provider,
    create_provider,
    find_first_provider,
)
from server.domain.installation import Installation
from server.domain.provider.providers import Provider
from server.domain.services.services import Service
from server.kit.files import write_private
from server.kit.locks import take_turns
from server.runtime.storage import Storage

FILE = "first-start.json"
NAME, ADMIN_EMAIL = "Gatehouse", "admin@example.com"


def ensure_provider(storage: Storage, data_dir: Path) -> dict[str, Any] | None:
    """Create the first provider when there is none; the summary is also in the data directory."""
    with storage.database.write() as db:
        take_turns(db, Provider)
        if find_first_provider(db) is not None:
            _bring_up_to_date(db, storage.installation, data_dir / FILE)
            return None
        made = create_provider(db, storage.installation, NAME, ADMIN_EMAIL)
        summary = summary_of(storage.installation, made)
        # Before the commit: a provider whose secrets nobody ever saw would be of no use.
        write_private(data_dir / FILE, json.dumps(summary, indent=2) + "\n")
    return summary


def _bring_up_to_date(db: Session, installation: Installation, file: Path) -> None:
    """Write the addresses that hold now into the file of the first start, if it is still there.

    A file that is damaged or was made by somebody else is left alone.
    """
    try:
        summary = json.loads(file.read_text())
        provider = db.get_one(Provider, summary["provider"]["id"])
        service = db.get_one(Service, summary["service"]["id"])
        now = _addresses_of(installation, provider, service)
        if all(summary[part][name] == now[part][name] for part in now for name in now[part]):
            return
        for part, names in now.items():
            summary[part] |= names
    except (OSError, ValueError, LookupError, TypeError, NoResultFound):
        return
    write_private(file, json.dumps(summary, indent=2) + "\n")


def _addresses_of(
    installation: Installation, provider: Provider, service: Service
) -> dict[str, dict[str, str]]:
    """Tell where the portals and gateways are, as the settings say now."""
    addresses = installation.addresses
    return {
        "provider": {
            "admin_base_url": addresses.admin(provider),
            "portal_base_url": addresses.portal(provider),
        },
        "service": {
            "staging_base_url": addresses.gateway(provider, service, "staging"),
            "production_base_url": addresses.gateway(provider, service, "production"),
        },
    }


def new_provider(
    db: Session, installation: Installation, name: str, admin_email: str
) -> dict[str, Any]:
    """Create a further provider and tell its secrets, once."""
    return summary_of(installation, create_provider(db, installation, name, admin_email))


def empty_provider(
    db: Session, installation: Installation, name: str, admin_email: str
) -> dict[str, Any]:
    """Create a provider without an API, and tell its secrets, once."""
    made = create_empty_provider(db, installation, name, admin_email)
    addresses = installation.addresses
    return {
        "provider": {
            "id": made.provider.id,
            "name": made.provider.name,
            "admin_base_url": addresses.admin(made.provider),
            "portal_base_url": addresses.portal(made.provider),
        },
        "admin": {"username": made.admin.username, "password": made.admin_password},
        "provider_key": made.provider_key,
        "access_token": made.access_token,
    }


def summary_of(installation: Installation, made: NewProvider) -> dict[str, Any]:
    """Make the object of design 4, First start."""
    provider, sample = made.provider, made.sample
    addresses = _addresses_of(installation, provider, sample.service)
    return {
        "provider": {"id": provider.id, "name": provider.name, **addresses["provider"]},
        "admin": {"username": made.admin.username, "password": made.admin_password},
        "provider_key": made.provider_key,
        "access_token": made.access_token,
        "service": {
            "id": sample.service.id,
            "system_name": sample.service.system_name,
            "service_token": installation.vault.unseal(sample.service.service_token_sealed),
            **addresses["service"],
        },
        "sample": {
            "account_id": sample.application.account_id,
            "username": sample.user.username,
            "password": sample.password,
            "application_id": sample.application.id,
            "user_key": user_key_of(installation.vault, sample.application),
        },
    }
