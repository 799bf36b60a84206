"""The configuration document of a service, in the shape that gateways read.

Source: reference-portal 9.3, reference-gateway 2. Nothing in it changes with time alone, so that
two equal configurations make two equal documents. It holds secrets, so it is kept sealed.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from sqlmodel import Session, col, select

from server.actions.secrets import may_read, seal_value, unsealed, unsealed_value
from server.actions.services.backend_apis import list_backend_metrics, list_usages
from server.actions.services.lookup import get_proxy
from server.actions.services.mapping_rules import list_backend_rules, list_rules
from server.actions.services.metrics import list_metrics
from server.actions.services.policies import chain_of, without_secrets_of_chain
from server.actions.services.routing import OWNER, Mounted, patterns_below, routing_of
from server.actions.work import Work
from server.domain.drafts import attributes_of
from server.domain.fields import HIDDEN
from server.domain.installation import Installation
from server.domain.provider.hosts import Host
from server.domain.provider.providers import Provider
from server.domain.services.configs import ProxyConfig
from server.domain.services.mapping_rules import VARIABLE, MappingRule
from server.domain.services.proxies import Proxy, ProxyDraft
from server.domain.services.services import Service

SERVICE_COLUMNS = (
    "id",
    "name",
    "system_name",
    "description",
    "support_email",
    "state",
    "backend_version",
    "deployment_option",
    "buyers_manage_apps",
    "buyers_manage_keys",
    "custom_keys_enabled",
    "buyer_key_regenerate_enabled",
    "mandatory_app_key",
    "referrer_filters_required",
    "intentions_required",
    "buyer_can_select_plan",
    "buyer_plan_change_permission",
)
PROXY_COLUMNS = (
    "id",
    "service_id",
    "api_backend",
    "api_test_path",
    "hostname_rewrite",
    "credentials_location",
    "ambiguous_paths",
    "auth_user_key",
    "auth_app_id",
    "auth_app_key",
    "error_auth_failed",
    "error_status_auth_failed",
    "error_headers_auth_failed",
    "error_auth_missing",
    "error_status_auth_missing",
    "error_headers_auth_missing",
    "error_no_match",
    "error_status_no_match",
    "error_headers_no_match",
    "error_limits_exceeded",
    "error_status_limits_exceeded",
    "error_headers_limits_exceeded",
)


SECRETS_OF_PROXY = tuple(each.name for each in attributes_of(ProxyDraft) if each.is_secret)
CREDENTIAL = "backend_authentication_value"  # the service token
APICAST = "apicast"
APICAST_ALONE = [{"name": APICAST, "version": "builtin", "configuration": {}}]


def build_document(db: Session, installation: Installation, service: Service) -> dict[str, Any]:
    """Build the document of the service as it is now. Cost: seven queries, nine with backends."""
    provider = db.get_one(Provider, service.provider_id)
    document = {name: getattr(service, name) for name in SERVICE_COLUMNS}
    document |= {
        "account_id": provider.id,
        "proxiable?": True,
        "backend_authentication_type": "service_token",
        CREDENTIAL: unsealed(installation.vault, service, "service_token_sealed"),
        "proxy": _proxy(db, installation, provider, service),
    }
    return document


def sealed_document(installation: Installation, document: Mapping[str, Any]) -> bytes:
    """Seal a document for its row."""
    return seal_value(installation.vault, document)


def document_of(installation: Installation, config: ProxyConfig) -> dict[str, Any]:
    """Read a deployed document for our own work and for gateways, secrets and all."""
    document: dict[str, Any] = unsealed_value(installation.vault, config, "content_sealed")
    return document


def shown_document(work: Work, config: ProxyConfig) -> dict[str, Any]:
    """Tell a deployed document; who may not read its secrets sees where they are."""
    document = document_of(work.installation, config)
    is_open = may_read(work.actor, ProxyConfig, "content_sealed")
    return document if is_open else without_secrets(document)


def without_secrets(document: Mapping[str, Any]) -> dict[str, Any]:
    """Copy a document with a word in the place of each secret."""
    proxy = dict(document["proxy"])
    for name in SECRETS_OF_PROXY:
        if proxy[name]:
            proxy[name] = HIDDEN
    proxy["policy_chain"] = without_secrets_of_chain(document["proxy"]["policy_chain"])
    return {**document, CREDENTIAL: HIDDEN, "proxy": proxy}


def _proxy(
    db: Session, installation: Installation, provider: Provider, service: Service
) -> dict[str, Any]:
    proxy = get_proxy(db, service)
    mounted = list_usages(db, service.id)
    addresses = installation.addresses
    content = {name: getattr(proxy, name) for name in PROXY_COLUMNS}
    environments = ("production", "staging")
    public = urlsplit(addresses.public_url)
    content |= {
        "endpoint": addresses.gateway(provider, service, "production"),
        "sandbox_endpoint": addresses.gateway(provider, service, "staging"),
        "endpoint_port": public.port or (443 if addresses.is_secure else 80),
        "hosts": [
            *(addresses.gateway_host(service, stage) for stage in environments),
            *_custom_hosts(db, service),
        ],
        "backend": {"endpoint": addresses.own_admin(provider), "host": public.netloc},
        "authentication_method": service.backend_version,
        "service_backend_version": service.backend_version,
        "valid?": True,
        "secret_token": unsealed(installation.vault, proxy, "secret_token_sealed"),
        "policy_chain": _chain(chain_of(installation.vault, proxy), mounted),
        "proxy_rules": _rules(db, service, proxy, mounted),
    }
    if not proxy.api_backend:
        content["api_backend"] = None
    return content


def _chain(chain: list[dict[str, Any]], mounted: Mounted) -> list[dict[str, Any]]:
    """Put the choice of the backend before `apicast`, where gateways of the reference want it."""
    links = chain or APICAST_ALONE
    at = next(
        (number for number, link in enumerate(links) if link.get("name") == APICAST), len(links)
    )
    return [*links[:at], *routing_of(mounted), *links[at:]]


def _custom_hosts(db: Session, service: Service) -> list[str]:
    """List the custom domains of a service's gateways that are proved."""
    names = select(Host.name).where(Host.service_id == service.id, col(Host.domain_id).is_not(None))
    return [name.removesuffix(".") for name in db.exec(names.order_by(Host.name))]


def _rules(db: Session, service: Service, proxy: Proxy, mounted: Mounted) -> list[dict[str, Any]]:
    """List the service's own rules, then those of its backends below their paths."""
    ids = [backend.id for _, backend in mounted]
    metrics = [*list_metrics(db, service.id), *list_backend_metrics(db, ids)]
    names = {metric.id: metric.wire_name for metric in metrics}
    paths = {backend.id: usage.path for usage, backend in mounted}
    written = [
        _rule(rule, proxy, rule.pattern, names[rule.metric_id])
        for rule in list_rules(db, service.id)
    ]
    for rule in list_backend_rules(db, ids):
        owner = rule.backend_api_id or 0
        for pattern in patterns_below(paths[owner], rule.pattern):
            told = _rule(rule, proxy, pattern, names[rule.metric_id])
            written.append({**told, "owner_id": owner, "owner_type": OWNER})
    return written


def _rule(rule: MappingRule, proxy: Proxy, pattern: str, metric_system_name: str) -> dict[str, Any]:
    path, _, query = pattern.partition("?")
    return {
        "id": rule.id,
        "proxy_id": proxy.id,
        "http_method": rule.http_method,
        "pattern": pattern,
        "metric_id": rule.metric_id,
        "metric_system_name": metric_system_name,
        "delta": rule.delta,
        "position": rule.position,
        "last": rule.last,
        "redirect_url": rule.redirect_url or None,
        "owner_id": proxy.id,
        "owner_type": "Proxy",
        "parameters": VARIABLE.findall(path),
        "querystring_parameters": dict(parse_qsl(query, keep_blank_values=True)),
    }
