"""The policies that a service's calls may pass, and the check of a chain of them."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from gateway.policy import (
    BUILTIN,
    POLICIES,
    check_chain,
    find_schema,
    list_secrets,
    map_secrets,
    with_secrets,
    without_secrets,
)
from server.actions.resources import Partly
from server.actions.rows import rely_on
from server.actions.secrets import may_read, unsealed_value
from server.actions.work import Work
from server.domain.errors import Invalid
from server.domain.fields import HIDDEN
from server.domain.services.proxies import Proxy
from server.domain.services.registry_policies import RegistryPolicy, parse_definition
from server.kit.crypto import Vault

# Policies of the reference's gateway that ours does not do: chains may have them, and are kept.
FOREIGN = frozenset(
    {
        *("3scale_batcher", "3scale_referrer", "caching", "camel", "http_proxy", "content_caching"),
        *("custom_metrics", "default_credentials", "echo", "fapi", "grpc", "jwt_claim_check"),
        *("jwt_parser", "keycloak_role_check", "liquid_context_debug", "logging"),
        *("maintenance_mode", "nginx_filters", "oauth_mtls", "on_failed", "payload_limits"),
        *("rate_limit", "rate_limit_headers", "request_unbuffered", "retry"),
        *("rewrite_url_captures", "routing", "soap", "statuscode_overwrite", "tls"),
        *("tls_validation", "token_introspection", "upstream", "upstream_connection"),
        *("upstream_mtls", "url_rewriting", "websocket", "conditional"),
    }
)
OURS = frozenset(policy.name for policy in POLICIES)
FIELD = "policy_chain"  # the faults' paths begin with it


@dataclass(frozen=True, slots=True)
class PolicyInfo:
    """A policy as it is offered."""

    name: str
    title: str
    description: str


def list_policies() -> list[PolicyInfo]:
    """List the policies there are, in the order in which they are offered."""
    found = []
    for policy in POLICIES:
        schema = find_schema(policy.name) or {}
        title, description = schema.get("title", policy.name), schema.get("description", "")
        found.append(PolicyInfo(policy.name, title, description))
    return found


def list_policy_schemas(work: Work) -> dict[str, list[dict[str, Any]]]:
    """List the policies there are by name, each with the schemas of its versions.

    Those of the provider's own registry are among them.
    """
    known: dict[str, list[dict[str, Any]]] = {
        policy.name: [
            {
                "name": schema.get("title", policy.name),
                "summary": schema.get("description", ""),
                "version": BUILTIN,
                "configuration": dict(schema),
            }
        ]
        for policy in POLICIES
        for schema in (find_schema(policy.name) or {},)
    }
    own = _registry(work.actor.provider_id).order_by(col(RegistryPolicy.id))
    for each in work.db.exec(own):
        known.setdefault(each.name, []).append(
            {"name": each.name, "version": each.version, **parse_definition(each.definition)}
        )
    return known


def _registry(provider_id: int) -> SelectOfScalar[RegistryPolicy]:
    return select(RegistryPolicy).where(RegistryPolicy.provider_id == provider_id)


def chain_of(vault: Vault, proxy: Proxy) -> list[dict[str, Any]]:
    """Read a proxy's chain for our own work; it may hold secrets."""
    chain: list[dict[str, Any]] = unsealed_value(vault, proxy, "policy_chain_sealed")
    return chain


def shown_chain(work: Work, proxy: Proxy) -> list[dict[str, Any]]:
    """Tell a proxy's chain; who may not read its secrets sees where they are."""
    chain = chain_of(work.installation.vault, proxy)
    is_open = may_read(work.actor, Proxy, "policy_chain_sealed")
    return chain if is_open else without_secrets_of_chain(chain)


def without_secrets_of_chain(chain: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Copy a chain with a word in the place of what its policies keep secret."""
    return without_secrets(chain, HIDDEN)


def fill_secrets(
    chain: Sequence[Mapping[str, Any]], fill: Callable[[Any], Any]
) -> list[dict[str, Any]]:
    """Copy a chain with each text changed that its policies keep secret."""

    def within(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: within(each) for name, each in value.items()}
        return [within(each) for each in value] if isinstance(value, list) else fill(value)

    return map_secrets(chain, within)


def keep_secrets(
    chain: Sequence[Mapping[str, Any]], standing: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Read a chain as it was shown: what is hidden in it stays as it stands."""
    return with_secrets(chain, standing, HIDDEN)


def is_ours(link: Mapping[str, Any]) -> bool:
    """Return whether a link is a policy that the gateway here runs."""
    return link.get("name") in OURS and link.get("version", BUILTIN) == BUILTIN


def _is_foreign(link: Mapping[str, Any], registered: AbstractSet[tuple[Any, Any]]) -> bool:
    """Return whether a link is a policy that we only keep. Raises: Invalid for an odd one."""
    name = link.get("name")
    if not _can_be_named(link) and name not in FOREIGN:
        return False
    if name not in FOREIGN and (name, link["version"]) not in registered:
        return False
    for part, kind in (("version", str), ("configuration", dict), ("enabled", bool)):
        if not isinstance(link.get(part, kind()), kind):
            raise Invalid(f"has a {part} of {name} that is no {kind.__name__}.", field=FIELD)
    return True


CHAIN = Partly(hide=without_secrets_of_chain, keep=keep_secrets)


def refuse_wrong_chain(work: Work, proxy: Proxy) -> None:
    """Refuse a chain that no gateway could run. Raises: Invalid, with path, value and rule."""
    chain = chain_of(work.installation.vault, proxy)
    if HIDDEN in list_secrets(chain):
        raise Invalid(
            f"says {HIDDEN} where nothing stands yet. Write the value itself.", field=FIELD
        )
    registered = _registered(work, chain)
    own = [link for link in chain if not _is_foreign(link, registered)]
    for fault in check_chain(own):
        raise Invalid(f"{fault.removeprefix(FIELD)}.", field=FIELD)


def _registered(work: Work, chain: Sequence[Mapping[str, Any]]) -> set[tuple[Any, Any]]:
    """Tell which policies of a chain are in the registry, where they stay for now."""
    names = [str(link.get("name")) for link in chain if not is_ours(link)]
    if not names:
        return set()
    named = _registry(work.actor.provider_id).where(col(RegistryPolicy.name).in_(names))
    rows = work.db.exec(named.order_by(col(RegistryPolicy.id))).all()
    wanted = {(link.get("name"), link.get("version")) for link in chain if _can_be_named(link)}
    found = [row for row in rows if (row.name, row.version) in wanted]
    return {(row.name, row.version) for row in (rely_on(work.db, row) for row in found)}


def _can_be_named(link: Mapping[str, Any]) -> bool:
    return isinstance(link.get("name"), str) and isinstance(link.get("version"), str)
