"""The gateway before a service: settings, deploys, promotion, versions and their differences."""

import difflib
import json
from datetime import datetime
from typing import cast

import strawberry
from sqlmodel import col
from strawberry.scalars import JSON

from server.actions.secrets import reveal
from server.actions.services import configs
from server.actions.services import proxies as actions
from server.actions.services.documents import shown_document
from server.actions.services.mapping_rules import MAPPING_RULES
from server.actions.services.policies import shown_chain
from server.actions.services.unready import list_unready_of
from server.actions.versions import check_version
from server.domain.errors import NotFound
from server.domain.permissions import Permission
from server.domain.services.configs import ProxyConfig
from server.domain.services.mapping_rules import MappingRule
from server.domain.services.proxies import (
    AmbiguousPaths,
    ClaimType,
    CredentialsLocation,
    IssuerType,
    Proxy,
)
from server.domain.services.services import Service
from server.graphql.admin.references import connection, related
from server.graphql.context import Context, Info
from server.graphql.enums import AuthenticationMode, Environment
from server.graphql.fields import Node, OfRow, described, needing, secret
from server.graphql.ids import parse_id
from server.graphql.mutations import Input, Payload, VersionedInput, changes_of, mutation
from server.graphql.paging import Rows
from server.graphql.topics import Shown, Topic


@strawberry.type(name="Proxy", description="How the gateway stands before a service.")
class ProxyType(OfRow[Proxy], Node):
    api_backend: str
    api_test_path: str
    hostname_rewrite: str
    credentials_location: CredentialsLocation
    ambiguous_paths: AmbiguousPaths
    auth_user_key: str
    auth_app_id: str
    auth_app_key: str
    error_auth_failed: str
    error_status_auth_failed: int
    error_headers_auth_failed: str
    error_auth_missing: str
    error_status_auth_missing: int
    error_headers_auth_missing: str
    error_no_match: str
    error_status_no_match: int
    error_headers_no_match: str
    error_limits_exceeded: str
    error_status_limits_exceeded: int
    error_headers_limits_exceeded: str
    oauth_login_url: str
    oidc_issuer_endpoint: str
    oidc_issuer_type: IssuerType
    jwt_claim_with_client_id: str
    jwt_claim_with_client_id_type: ClaimType
    standard_flow_enabled: bool
    implicit_flow_enabled: bool
    service_accounts_enabled: bool
    direct_access_grants_enabled: bool
    api_test_success: bool | None
    api_test_status: int | None
    api_test_message: str
    api_tested_at: datetime | None
    deployed_at: datetime | None
    lock_version: int
    updated_at: datetime

    @described(
        "What keeps the settings from being deployed: a mode or policies that no gateway here "
        "does yet, by their names. They are kept all the same."
    )
    def not_deployable(self, info: Info) -> list[str]:
        return list_unready_of(info.context.work, self.row)

    @described(
        "The policies that calls pass, in order; without any it is apicast alone. Their secrets "
        "are `(hidden)`, unless the caller has the permission `services:read_secrets`."
    )
    def policy_chain(self, info: Info) -> JSON:
        return cast(JSON, shown_chain(info.context.work, self.row))

    @secret(Proxy, "secret_token_sealed", "What the upstream receives to know the gateway by.")
    def secret_token(self, info: Info) -> str | None:
        return reveal(info.context.work, self.row, "secret_token_sealed")

    @related(Service)
    def service(self) -> int:
        return self.row.service_id

    @connection(MappingRule)
    def mapping_rules(self, info: Info) -> Rows:
        query = info.context.rows(MappingRule)
        return Rows(MAPPING_RULES.listing, query, (MappingRule.service_id, self.row.service_id))


@strawberry.type(name="ProxyConfig", description="One immutable version in an environment.")
class ProxyConfigType(OfRow[ProxyConfig], Node):
    environment: Environment
    version: int
    deployed_by: str
    created_at: datetime

    @described(
        "The document that gateways read. Its secrets are `(hidden)`, unless the caller has the "
        "permission `services:read_secrets`."
    )
    def content(self, info: Info) -> JSON:
        return cast(JSON, shown_document(info.context.work, self.row))

    @related(Service)
    def service(self) -> int:
        return self.row.service_id


@strawberry.type
class ProxyPayload(Payload):
    proxy: ProxyType | None = None
    proxy_config: ProxyConfigType | None = strawberry.field(
        default=None, description="What staging runs now."
    )


@strawberry.type
class ProxyConfigPayload(Payload):
    proxy_config: ProxyConfigType | None = None


@strawberry.input
class ProxyUpdateInput(VersionedInput):
    service_id: strawberry.ID
    lock_version: strawberry.Maybe[int]
    authentication_mode: strawberry.Maybe[AuthenticationMode]
    api_backend: strawberry.Maybe[str]
    api_test_path: strawberry.Maybe[str]
    hostname_rewrite: strawberry.Maybe[str | None]
    secret_token: strawberry.Maybe[str]
    credentials_location: strawberry.Maybe[CredentialsLocation]
    ambiguous_paths: strawberry.Maybe[AmbiguousPaths]
    auth_user_key: strawberry.Maybe[str]
    auth_app_id: strawberry.Maybe[str]
    auth_app_key: strawberry.Maybe[str]
    error_auth_failed: strawberry.Maybe[str]
    error_status_auth_failed: strawberry.Maybe[int]
    error_headers_auth_failed: strawberry.Maybe[str]
    error_auth_missing: strawberry.Maybe[str]
    error_status_auth_missing: strawberry.Maybe[int]
    error_headers_auth_missing: strawberry.Maybe[str]
    error_no_match: strawberry.Maybe[str]
    error_status_no_match: strawberry.Maybe[int]
    error_headers_no_match: strawberry.Maybe[str]
    error_limits_exceeded: strawberry.Maybe[str]
    error_status_limits_exceeded: strawberry.Maybe[int]
    error_headers_limits_exceeded: strawberry.Maybe[str]
    oauth_login_url: strawberry.Maybe[str | None]
    oidc_issuer_endpoint: strawberry.Maybe[str | None]
    oidc_issuer_type: strawberry.Maybe[IssuerType]
    jwt_claim_with_client_id: strawberry.Maybe[str | None]
    jwt_claim_with_client_id_type: strawberry.Maybe[ClaimType]
    standard_flow_enabled: strawberry.Maybe[bool]
    implicit_flow_enabled: strawberry.Maybe[bool]
    service_accounts_enabled: strawberry.Maybe[bool]
    direct_access_grants_enabled: strawberry.Maybe[bool]
    policy_chain: strawberry.Maybe[JSON] = strawberry.field(
        default=None,
        description="A list of objects with `name` and `configuration`; one of them is `apicast`.",
    )


@strawberry.input
class ServiceIdInput(Input):
    service_id: strawberry.ID


@strawberry.input
class ProxyPromoteInput(ServiceIdInput):
    version: int | None = strawberry.field(
        default=None, description="An older version of staging rolls production back."
    )


def _version(ctx: Context, number: int, environment: str, version: int) -> ProxyConfig:
    query = configs.configs_query(ctx.actor, number, environment)
    found = ctx.db.exec(query.where(ProxyConfig.version == version)).first()
    if found is None:
        raise NotFound("There is no such version.", field="version")
    return found


def _lines(ctx: Context, config: ProxyConfig) -> list[str]:
    return json.dumps(shown_document(ctx.work, config), indent=2, sort_keys=True).splitlines()


@strawberry.type
class ProxyQueries:
    @needing(Permission.SERVICES_READ, "What changed between two versions, as a unified diff.")
    def proxy_config_diff(
        self, info: Info, service_id: strawberry.ID, from_version: int, to_version: int
    ) -> list[str]:
        number = parse_id(service_id, "Service")
        before = _version(info.context, number, "staging", from_version)
        after = _version(info.context, number, "staging", to_version)
        names = f"version {from_version}", f"version {to_version}"
        lines = _lines(info.context, before), _lines(info.context, after)
        return list(difflib.unified_diff(*lines, *names, lineterm=""))


def _test(ctx: Context, service_id: int) -> Proxy:
    """Make the test call outside any transaction, and keep its result."""
    ctx.release()
    result = ctx.deps.probe(service_id)
    with ctx.write() as work:
        return actions.record_test(work, service_id, result)


@strawberry.type
class ProxyMutations:
    @mutation(ProxyPayload, Permission.SERVICES_EDIT)
    def proxy_update(self, info: Info, input: ProxyUpdateInput) -> ProxyPayload:
        """Change gateway settings, deploy them to staging and make the test call."""
        ctx, changes = info.context, changes_of(input)
        if "authentication_mode" in changes:
            changes["backend_version"] = changes.pop("authentication_mode")
        number = parse_id(input.service_id, "Service", "service_id")
        with ctx.write() as work:
            query = ctx.rows(Proxy).where(col(Proxy.service_id) == number)
            check_version(work, work.db.execute(query).scalar(), input.expected_version)
            actions.update_proxy(work, number, changes)
            config = configs.find_current_config(work.db, number, "staging")
        return _deployed(config, _test(ctx, number))

    @mutation(ProxyPayload, Permission.SERVICES_EDIT)
    def proxy_deploy(self, info: Info, input: ServiceIdInput) -> ProxyPayload:
        """Deploy to staging what is set up now, and make the test call."""
        ctx, number = info.context, parse_id(input.service_id, "Service", "service_id")
        with ctx.write() as work:
            config = configs.deploy_to_staging(work, number)
        return _deployed(config, _test(ctx, number))

    @mutation(ProxyConfigPayload, Permission.SERVICES_EDIT)
    def proxy_promote(self, info: Info, input: ProxyPromoteInput) -> ProxyConfigPayload:
        """Copy a staging version to production; without a version, the newest."""
        ctx, number = info.context, parse_id(input.service_id, "Service", "service_id")
        with ctx.write() as work:
            config = configs.promote(work, number, input.version)
        return ProxyConfigPayload(proxy_config=ProxyConfigType.of(config))


def _deployed(config: ProxyConfig | None, proxy: Proxy) -> ProxyPayload:
    shown = ProxyConfigType.of(config) if config else None
    return ProxyPayload(proxy=ProxyType.of(proxy), proxy_config=shown)


TOPIC = Topic(
    shows=(
        Shown(Proxy, ProxyType, actions.PROXIES.query),
        Shown(ProxyConfig, ProxyConfigType, configs.all_configs_query),
    ),
    queries=ProxyQueries,
    mutations=ProxyMutations,
)
