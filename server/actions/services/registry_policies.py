"""Policies of a provider's own: chains may name them, other gateways run them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import inspect
from sqlmodel import col, select

from server.actions.resources import Lifecycle, Resource
from server.actions.services.policies import chain_of
from server.actions.work import Work
from server.domain.errors import InUse, Invalid
from server.domain.events import EventKind
from server.domain.permissions import Permission
from server.domain.services.proxies import Proxy
from server.domain.services.registry_policies import (
    RegistryPolicy,
    RegistryPolicyDraft,
    parse_definition,
)
from server.domain.services.services import Service
from server.kit.paging import Listing

NAMING = ("name", "version")


def _check(work: Work, row: RegistryPolicy) -> None:
    """Refuse a definition of another version, and another name for what chains name.

    Raises: Invalid, InUse.
    """
    told = parse_definition(row.definition).get("version", row.version)
    if str(told) != row.version:
        raise Invalid(f"says version {told}: it must be {row.version}.", field="definition")
    before = {name: inspect(row).attrs[name].history.deleted for name in NAMING}
    if any(before.values()):
        was = {name: (old[0] if old else getattr(row, name)) for name, old in before.items()}
        _refuse_used(work, was["name"], was["version"])


def _refuse_used(work: Work, name: str, version: str) -> None:
    """Refuse to take away what the chain of some API names. Raises: InUse."""
    query = (
        select(Service.name, Proxy)
        .where(Proxy.service_id == Service.id, Service.state != "deleted")
        .where(Service.provider_id == work.actor.provider_id)
        .order_by(col(Service.id))
    )
    vault = work.installation.vault
    used = [
        service
        for service, proxy in work.db.exec(query)
        if any(_is_it(link, name, version) for link in chain_of(vault, proxy))
    ]
    if used:
        raise InUse(f"It is in the policy chain of {', '.join(used)}. Take it out there first.")


def _is_it(link: Mapping[str, Any], name: str, version: str) -> bool:
    return link.get("name") == name and link.get("version") == version


def _refuse_delete(work: Work, row: RegistryPolicy) -> None:
    _refuse_used(work, row.name, row.version)


REGISTRY_POLICIES = Resource(
    name="registry_policy",
    noun="policy",
    model=RegistryPolicy,
    draft=RegistryPolicyDraft,
    read=Permission.POLICIES_READ,
    edit=Permission.POLICIES_EDIT,
    events=Lifecycle(
        created=EventKind.REGISTRY_POLICY_CREATED,
        updated=EventKind.REGISTRY_POLICY_UPDATED,
        deleted=EventKind.REGISTRY_POLICY_DELETED,
    ),
    listing=Listing("registry_policies", RegistryPolicy),
    unique="version",
    prepare=_check,
    refuse_delete=_refuse_delete,
)
