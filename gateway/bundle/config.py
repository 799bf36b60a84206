"""What the Lua of a bundle reads: a document with everything decided that need not wait for a call.

Source: reference-gateway 2 to 8. The names are those that `lua/gatehouse/gateway.lua` uses.
"""

from typing import Any
from urllib.parse import quote

from gateway.config.document import ServiceDocument
from gateway.config.service import ErrorText, Proxy, Upstream
from gateway.headers import KEPT, OURS
from gateway.hops import LOOP, MOST_HOPS
from gateway.policy.apicast.policy import FORM_METHODS
from gateway.replies import FAULTS, NO_UPSTREAM, UNKNOWN_HOST, fault, form_too_large
from gateway.rules import VARIABLE, MappingRule, segments_of
from gateway.settings import GatewaySettings

OWN_POOL = "gatehouse_upstream"  # nginx's connections to where calls go
# nginx writes these itself, whatever a caller sends.
SET_BY_NGINX = frozenset(
    {
        "connection",
        "expect",
        "host",
        "keep-alive",
        "te",
        "transfer-encoding",
        "upgrade",
    }
)


def config_of(document: ServiceDocument, settings: GatewaySettings) -> dict[str, Any]:
    """Write a document as the Lua takes it: without defaults, with rules taken apart."""
    proxy = document.proxy
    kind, token = document.backend_authentication_type, document.backend_authentication_value
    return {
        "service_id": document.service_id,
        "system_name": document.system_name,
        "who": f"{kind}={quote(token, safe='')}&service_id={document.service_id}",
        "token": token,
        "backend_version": document.backend_version,
        "location": proxy.credentials_location,
        "names": _names(document),
        "secret_token": proxy.secret_token,
        "ambiguous_paths": proxy.ambiguous_paths,
        "rules": [rule_of(rule) for rule in proxy.rules.rules],
        "refusals": {
            "auth_failed": _words(proxy.auth_failed),
            "auth_missing": _words(proxy.auth_missing),
            "no_match": _words(proxy.no_match),
            "limits_exceeded": _words(proxy.limits_exceeded),
        },
        "own": {
            deny.code: {"status": deny.status, "body": deny.body}
            for deny in (UNKNOWN_HOST, NO_UPSTREAM, form_too_large(settings.most_form_bytes))
        },
        "loop": {"status": LOOP.status, "body": LOOP.body},
        "most_hops": MOST_HOPS,
        "faults": {code: _fault(code) for code in FAULTS},
        "form_methods": _set(FORM_METHODS),
        "most_form_bytes": settings.most_form_bytes,
        "dropped": _set(OURS - SET_BY_NGINX),
        "set_by_nginx": _set(SET_BY_NGINX),
        "kept": _set(KEPT),
        **_upstream(proxy),
        "routes": [_route(proxy, at) for at in range(len(proxy.routes))],
    }


def _names(document: ServiceDocument) -> list[tuple[str, str]]:
    """Pair the wire's names of the credentials with those that callers use."""
    proxy = document.proxy
    if document.backend_version == "1":
        return [("user_key", proxy.auth_user_key)]
    return [("app_id", proxy.auth_app_id), ("app_key", proxy.auth_app_key)]


def _upstream(proxy: Proxy) -> dict[str, Any]:
    if proxy.upstream is None:
        return {}
    return {"upstream": _written(proxy, proxy.upstream, OWN_POOL)}


def _route(proxy: Proxy, at: int) -> dict[str, Any]:
    route = proxy.routes[at]
    return {
        "mount": route.mount,
        "segments": route.segments,
        "upstream": _written(proxy, route.upstream, f"{OWN_POOL}_{at}"),
        "rules": [rule_of(rule) for rule in route.rules.rules],
    }


def _written(proxy: Proxy, upstream: Upstream, pool: str) -> dict[str, Any]:
    told = {
        "path": upstream.path,
        "query": upstream.query,
        "host": proxy.hostname_rewrite or upstream.authority,
    }
    if not proxy.routes:
        return told
    name = f"[{upstream.host}]" if ":" in upstream.host else upstream.host
    return {**told, "scheme": upstream.scheme, "pool": pool, "name": name}


def rule_of(rule: MappingRule) -> dict[str, Any]:
    """Take a rule apart, so that the Lua need not."""
    segments, whole = segments_of(rule.pattern)
    return {
        "method": rule.http_method,
        "pattern": rule.pattern,
        "segments": segments,
        "whole": whole,
        "metric": rule.metric,
        "delta": rule.delta,
        "last": rule.last,
        "parameters": [_parameter(name, wanted) for name, wanted in rule.parameters],
    }


def _parameter(name: str, wanted: str) -> list[str]:
    """Leave the value out where only presence counts."""
    return [name] if VARIABLE.fullmatch(wanted) else [name, wanted]


def _words(text: ErrorText) -> dict[str, Any]:
    return {"status": text.status, "body": text.body, "content_type": text.content_type}


def _fault(code: str) -> dict[str, Any]:
    plain, as_json = fault(code, as_json=False), fault(code, as_json=True)
    return {"status": plain.status, "text": plain.body, "json": as_json.body}


def _set(names: frozenset[str]) -> dict[str, bool]:
    return dict.fromkeys(sorted(names), True)
