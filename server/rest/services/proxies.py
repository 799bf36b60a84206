"""The gateway before a service: settings, deploys, policies. Source: reference-portal 1.5, 9.1."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

from sqlmodel import col, select

from server.actions.secrets import reveal
from server.actions.services.configs import deploy_to_staging
from server.actions.services.documents import APICAST_ALONE
from server.actions.services.lookup import get_proxy, get_service
from server.actions.services.policies import shown_chain
from server.actions.services.proxies import PROXIES, update_proxy
from server.actions.work import Work
from server.domain.attributes import Flag, Items
from server.domain.drafts import Draft, changes_model
from server.domain.errors import DomainError, Invalid
from server.domain.provider.providers import Provider
from server.domain.services.proxies import MOST_CHAIN_BYTES, Proxy, ProxyDraft
from server.domain.services.services import Service
from server.rest.answers import Made, One
from server.rest.context import RestContext
from server.rest.formats import Format
from server.rest.operations import Operation
from server.rest.services.data import Data, Plain
from server.rest.shapes import Field, Links, Shape, columns

PATH = "/services/{service_id}/proxy"
POLICIES = f"{PATH}/policies"
LINK = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "version": {"type": "string"},
        "configuration": {"type": "object"},
        "enabled": {"type": "boolean"},
    },
    "required": ["name", "version", "configuration", "enabled"],
}
CHAIN = {"type": "array", "items": LINK}


def _address(environment: str) -> Any:
    """Tell the public base URL of an environment's gateway."""

    def load(work: Work, proxies: Sequence[Proxy]) -> Callable[[Proxy], str]:
        provider = work.db.get_one(Provider, work.actor.provider_id)
        ids = [proxy.service_id for proxy in proxies]
        services = {
            each.id: each for each in work.db.exec(select(Service).where(col(Service.id).in_(ids)))
        }
        gateway = work.installation.addresses.gateway
        return lambda proxy: gateway(provider, services[proxy.service_id], environment)

    return load


def told_chain(chain: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Write a chain as the reference does: nothing left out, never empty."""
    return [
        {
            "name": link.get("name"),
            "version": link.get("version", "builtin"),
            "configuration": link.get("configuration", {}),
            "enabled": link.get("enabled", True),
        }
        for link in chain or APICAST_ALONE
    ]


def _chain(work: Work, _proxies: Sequence[Proxy]) -> Callable[[Proxy], list[dict[str, Any]]]:
    return lambda proxy: told_chain(shown_chain(work, proxy))


PROXY = Shape(
    name="proxy",
    model=Proxy,
    parts=(
        *columns("service_id"),
        Field("endpoint", load=_address("production"), type=str),
        Field("sandbox_endpoint", load=_address("staging"), type=str),
        *columns("api_backend", "credentials_location", "ambiguous_paths"),
        *columns("auth_app_key", "auth_app_id", "auth_user_key"),
        *columns(
            *(
                f"error_{part}{name}"
                for name in ("auth_failed", "auth_missing", "no_match", "limits_exceeded")
                for part in ("", "status_", "headers_")
            )
        ),
        *columns("api_test_path", "api_test_success", "hostname_rewrite"),
        *columns("oauth_login_url", "oidc_issuer_endpoint", "oidc_issuer_type"),
        *columns("jwt_claim_with_client_id", "jwt_claim_with_client_id_type"),
        Field(
            "secret_token",
            load=lambda work, _rows: lambda row: reveal(work, row, "secret_token_sealed"),
            type=str,
            hides=True,
        ),
        Data("policies_config", load=_chain, described=CHAIN),
        *columns("lock_version", "deployed_at", "created_at", "updated_at"),
        Links(
            {
                "self": PATH,
                "mapping_rules": f"{PATH}/mapping_rules",
                "service": "/services/{service_id}",
            },
            only=Format.JSON,
        ),
    ),
)


# `lock_version` is shown and passed over, as there: clients send what they read of another proxy.
ProxyChanges = changes_model(ProxyDraft)


FLOWS = (
    "standard_flow_enabled",
    "implicit_flow_enabled",
    "service_accounts_enabled",
    "direct_access_grants_enabled",
)
OIDC_CONFIGURATION: Shape[Proxy] = Shape(
    name="oidc_configuration", model=Proxy, parts=(*columns("id"), *columns(*FLOWS))
)


class OIDCBody(Draft):
    """Which flows of OpenID Connect applications may use."""

    standard_flow_enabled: Flag | None = None
    implicit_flow_enabled: Flag | None = None
    service_accounts_enabled: Flag | None = None
    direct_access_grants_enabled: Flag | None = None


class PoliciesBody(Draft):
    """A chain of policies, as a list or as JSON text."""

    policies_config: Annotated[list[dict[str, Any]], Items(MOST_CHAIN_BYTES)]


def found_proxy(ctx: RestContext) -> Proxy:
    """Find the proxy of the service that the path names. Raises: Forbidden, NotFound."""
    ctx.actor.require(PROXIES.read)
    return get_proxy(ctx.db, get_service(ctx, ctx.path_id("service_id")))


def _update(ctx: RestContext) -> Proxy:
    service = get_service(ctx, ctx.path_id("service_id"))
    _refuse_other_addresses(ctx, service)
    return update_proxy(ctx, service.id, ctx.params.pick(ProxyChanges.model_fields))


def _refuse_other_addresses(ctx: RestContext, service: Service) -> None:
    """Refuse to pass over an address that is asked for: gateways have those of their hosts."""
    gateway = ctx.installation.addresses.gateway
    provider = ctx.db.get_one(Provider, service.provider_id)
    for name, environment in (("endpoint", "production"), ("sandbox_endpoint", "staging")):
        wanted, own = ctx.params.text(name).rstrip("/"), gateway(provider, service, environment)
        if wanted and wanted.removesuffix(":443").removesuffix(":80") != own.rstrip("/"):
            raise Invalid(f"is {own}. Give the API a custom domain to change it.", field=name)


def _set_flows(ctx: RestContext) -> Proxy:
    given = {name: value for name, value in ctx.given(OIDCBody).items() if value is not None}
    return update_proxy(ctx, ctx.path_id("service_id") or 0, given)


def _deploy(ctx: RestContext) -> Proxy:
    proxy = found_proxy(ctx)
    deploy_to_staging(ctx, proxy.service_id)
    return proxy


def _policies(ctx: RestContext) -> dict[str, Any]:
    return {"policies_config": told_chain(shown_chain(ctx, found_proxy(ctx)))}


def _set_policies(ctx: RestContext) -> dict[str, Any]:
    given = ctx.given(PoliciesBody)
    if "policies_config" not in given:
        raise Invalid("must be given: a list of policies.", field="policies_config")
    try:
        update_proxy(
            ctx, ctx.path_id("service_id") or 0, {"policy_chain": given["policies_config"]}
        )
    except DomainError as error:
        if error.field == "policy_chain":
            error.field = "policies_config"
        raise
    return _policies(ctx)


SHOWN_CHAIN = Plain(
    {"type": "object", "properties": {"policies_config": CHAIN}, "required": ["policies_config"]}
)
OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "GET",
        PATH,
        "Show the gateway's settings.",
        PROXIES.read,
        found_proxy,
        One(PROXY),
        resource=PROXIES,
    ),
    *(
        Operation(
            method,
            PATH,
            "Change the gateway's settings and deploy them to staging: what is left out stays.",
            PROXIES.edit,
            _update,
            One(PROXY),
            takes=ProxyChanges,
            wrappers=("proxy",),
            resource=PROXIES,
        )
        for method in ("PUT", "PATCH")
    ),
    Operation(
        "GET",
        f"{PATH}/oidc_configuration",
        "Show which flows of OpenID Connect applications may use.",
        PROXIES.read,
        found_proxy,
        One(OIDC_CONFIGURATION),
    ),
    *(
        Operation(
            method,
            f"{PATH}/oidc_configuration",
            "Choose which flows of OpenID Connect applications may use: what is left out stays.",
            PROXIES.edit,
            _set_flows,
            One(OIDC_CONFIGURATION),
            takes=OIDCBody,
            wrappers=("oidc_configuration",),
        )
        for method in ("PUT", "PATCH")
    ),
    Operation(
        "POST",
        f"{PATH}/deploy",
        "Deploy the settings as they are to staging, if they differ from what it runs.",
        PROXIES.edit,
        _deploy,
        Made(PROXY, PATH),
    ),
    Operation(
        "GET",
        POLICIES,
        "Show the policies that calls pass, in order.",
        PROXIES.read,
        _policies,
        SHOWN_CHAIN,
        only_json=True,
    ),
    Operation(
        "PUT",
        POLICIES,
        "Set the policies that calls pass, in order, and deploy them to staging.",
        PROXIES.edit,
        _set_policies,
        SHOWN_CHAIN,
        takes=PoliciesBody,
        wrappers=("proxy",),
        only_json=True,
    ),
)
