"""The configuration document of a service: read once, checked, then immutable.

Source: reference-gateway 2, reference-portal 9.1 (defaults) and 9.3 (shape).
"""

import re
from dataclasses import dataclass

from gateway.config.fields import Fields
from gateway.config.routes import OWNER, is_routing, with_routes
from gateway.config.service import (
    AUTH_FAILED,
    AUTH_MISSING,
    LIMITS_EXCEEDED,
    NO_MATCH,
    ErrorText,
    Proxy,
    ServiceConfig,
    Upstream,
    encoded_url,
)
from gateway.paths import READINGS, REFUSE
from gateway.policy import parse_chain
from gateway.policy.chain import Chain
from gateway.rules import MappingRule, Matcher, parameters_of

CREDENTIALS_LOCATIONS = ("query", "headers", "authorization")
BACKEND_VERSIONS = ("1", "2", "oauth")
AUTHENTICATION_TYPES = ("service_token", "provider_key")
HEADER_VALUE = re.compile(r"[\x20-\x7e]*")
HOST_AND_PORT = re.compile(r"[A-Za-z0-9._\-\[\]:]*")


@dataclass(frozen=True, slots=True)
class ServiceDocument(ServiceConfig):
    """One deployed version of a service's configuration, with the policies it names."""

    chain: Chain

    @classmethod
    def parse(cls, content: object) -> "ServiceDocument":
        """Read a service in the reference's JSON shape.

        Raises: BadDocument, naming path, value and rule.
        Cost: compiles the mapping rules and makes the policies; keep the result.
        """
        fields = Fields.parse(content, "")
        proxy = fields.child("proxy")
        links = proxy.children("policy_chain")
        routing = [link for link in links if is_routing(link)]
        return cls(
            service_id=fields.whole("id"),
            provider_id=fields.whole("account_id") if fields.has("account_id") else None,
            system_name=fields.text("system_name", ""),
            backend_version=fields.choice("backend_version", BACKEND_VERSIONS, "1"),
            backend_authentication_type=fields.choice(
                "backend_authentication_type", AUTHENTICATION_TYPES, "service_token"
            ),
            backend_authentication_value=fields.text("backend_authentication_value", ""),
            proxy=with_routes(_proxy(proxy), routing, _owners(proxy)),
            chain=parse_chain([link for link in links if not is_routing(link)]),
        )


def _proxy(fields: Fields) -> Proxy:
    return Proxy(
        hosts=tuple(host.lower() for host in fields.texts("hosts")) or ("localhost",),
        upstream=_upstream(fields),
        api_test_path=fields.text("api_test_path", "/"),
        credentials_location=fields.choice("credentials_location", CREDENTIALS_LOCATIONS, "query"),
        auth_user_key=fields.text("auth_user_key", "user_key").lower(),
        auth_app_id=fields.text("auth_app_id", "app_id").lower(),
        auth_app_key=fields.text("auth_app_key", "app_key").lower(),
        secret_token=fields.matching("secret_token", HEADER_VALUE, "must fit into a header"),
        hostname_rewrite=fields.matching("hostname_rewrite", HOST_AND_PORT, "must be host[:port]"),
        ambiguous_paths=fields.choice("ambiguous_paths", READINGS, REFUSE),
        auth_failed=_error(fields, "auth_failed", AUTH_FAILED),
        auth_missing=_error(fields, "auth_missing", AUTH_MISSING),
        no_match=_error(fields, "no_match", NO_MATCH),
        limits_exceeded=_error(fields, "limits_exceeded", LIMITS_EXCEEDED),
        rules=Matcher([_rule(each) for each in fields.children("proxy_rules")]),
    )


def _owners(proxy: Fields) -> dict[int, list[int]]:
    """Tell which rules belong to which backend, by their places."""
    owners: dict[int, list[int]] = {}
    for at, rule in enumerate(proxy.children("proxy_rules")):
        if rule.text("owner_type", "") == OWNER:
            owners.setdefault(rule.whole("owner_id", 0), []).append(at)
    return owners


def _error(fields: Fields, name: str, default: ErrorText) -> ErrorText:
    status = fields.whole(f"error_status_{name}", default.status)
    if not 200 <= status <= 599:
        raise fields.bad(f"error_status_{name}", "must be a status of 200 to 599")
    content_type = fields.matching(f"error_headers_{name}", HEADER_VALUE, "must fit into a header")
    return ErrorText(
        status=status,
        body=fields.text(f"error_{name}", "") or default.body,  # a refused call has words
        content_type=content_type or default.content_type,
    )


def _upstream(fields: Fields) -> Upstream | None:
    url = fields.text("api_backend", "")
    if not url:
        return None
    try:
        return Upstream.parse(encoded_url(url))
    except ValueError as error:
        raise fields.bad("api_backend", str(error)) from error


def _rule(fields: Fields) -> MappingRule:
    pattern = fields.text("pattern", "")
    if not pattern.startswith("/"):
        raise fields.bad("pattern", "must start with '/'")
    given = fields.mapping("querystring_parameters")
    parameters = tuple((name, str(value)) for name, value in given.items())
    return MappingRule(
        http_method=fields.text("http_method", "").upper(),
        pattern=pattern,
        metric=fields.text("metric_system_name", ""),
        delta=fields.whole("delta", 0),
        last=fields.flag("last"),
        parameters=parameters or parameters_of(pattern),
    )
