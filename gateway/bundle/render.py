"""A bundle's files as texts: nginx.conf, config.json, the Lua and how to run them. Pure."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from ipaddress import IPv6Address
from pathlib import Path
from string import Template
from typing import Self

from gateway.bundle.config import OWN_POOL, config_of
from gateway.bundle.policies import list_missing
from gateway.config.document import ServiceDocument
from gateway.config.service import Proxy, Upstream
from gateway.settings import GatewaySettings

HERE = Path(__file__).parent
LUA = HERE / "lua"
MARK = "# Gatehouse gateway bundle"  # the first words of a bundle's nginx.conf
HOST = re.compile(r"[A-Za-z0-9._-]+")


class BadBundle(ValueError):
    """No bundle can be written; the message names the reason and the way out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleSpec:
    """What a bundle is made of."""

    document: ServiceDocument
    environment: str
    version: int
    backend: str  # base URL of the Service Management API
    port: int = 8080
    settings: GatewaySettings = GatewaySettings()


class _Conf(Template):
    """A text with %{places}: nginx has other uses for the dollar."""

    delimiter = "%"


@dataclass(frozen=True, slots=True)
class _Server:
    """Where nginx connects to."""

    address: str  # host:port
    host: str  # as the Host header has it
    name: str  # as its certificate has it
    scheme: str

    @classmethod
    def parse(cls, url: Upstream, what: str) -> Self:
        """Take what nginx can write from a URL. Raises: BadBundle."""
        is_name = HOST.fullmatch(url.host) is not None
        if not url.port or not (is_name or _is_ipv6(url.host)):
            raise BadBundle(f"{what} must be like https://api.example.com:8443.")
        name = url.host if is_name else f"[{url.host}]"
        return cls(f"{name}:{url.port}", url.authority, url.host, url.scheme)


def render_bundle(plan: BundleSpec) -> Mapping[str, str]:
    """Write all files of a bundle, by their names in its folder. Raises: BadBundle."""
    document = plan.document
    if not document.backend_authentication_value:
        raise BadBundle("The configuration has no service token. Deploy the service again.")
    missing = list_missing(document.chain)
    if missing:
        raise BadBundle(
            f"A bundle can't do these policies of the configuration: {', '.join(missing)}. Call "
            "through Gatehouse instead, or take them out of the chain and deploy."
        )
    content = config_of(document, plan.settings)
    texts = {
        "nginx.conf": _conf(plan),
        "calls.conf": _calls(plan),
        "config.json": json.dumps(content, indent=1) + "\n",
        "README.txt": _readme(plan),
    }
    lua = {f"lua/{file.relative_to(LUA)}": file.read_text() for file in sorted(LUA.rglob("*.lua"))}
    return texts | lua


def _conf(plan: BundleSpec) -> str:
    backend = _Server.parse(_parse_backend(plan.backend), "The backend")
    return _Conf((HERE / "nginx.conf").read_text()).substitute(
        mark=MARK,
        service_id=plan.document.service_id,
        environment=plan.environment,
        version=plan.version,
        port=plan.port,
        backend_address=backend.address,
        backend_host=backend.host,
        backend_scheme=backend.scheme,
        backend_tls=_tls(backend, indent=12),
        backend_version=plan.document.backend_version,
        upstream_block=_upstream_blocks(plan.document.proxy, plan.settings),
        form_bytes=plan.settings.most_form_bytes,
    )


def _calls(plan: BundleSpec) -> str:
    settings = plan.settings
    return _Conf((HERE / "calls.conf").read_text()).substitute(
        upstream_pass=_upstream_pass(plan.document.proxy),
        connect_timeout_ms=round(settings.connect_timeout_s * 1000),
        read_timeout_ms=round(settings.read_timeout_s * 1000),
    )


def _is_ipv6(host: str) -> bool:
    try:
        return "%" not in str(IPv6Address(host))
    except ValueError:
        return False


def _parse_backend(url: str) -> Upstream:
    try:
        backend = Upstream.parse(url)
    except ValueError as error:
        raise BadBundle("The backend must be like https://api.example.com:8443.") from error
    if not url.startswith(("http://", "https://")) or backend.path or backend.query or "@" in url:
        raise BadBundle("The backend must be like https://api.example.com, without a path.")
    return backend


def _parse_upstream(upstream: Upstream) -> _Server:
    return _Server.parse(upstream, "The service's private base URL")


def _upstream_blocks(proxy: Proxy, settings: GatewaySettings) -> str:
    """Write the pool of each upstream, in the order of the routes behind the service's own."""
    own = [(OWN_POOL, proxy.upstream)] if proxy.upstream else []
    pools = [*own, *((f"{OWN_POOL}_{at}", each.upstream) for at, each in enumerate(proxy.routes))]
    lines = [
        line
        for pool, upstream in pools
        for line in (
            f"upstream {pool} {{",
            f"    server {_parse_upstream(upstream).address};",
            f"    keepalive {settings.idle_connections};",
            "}",
        )
    ]
    return "\n    ".join(lines)


def _upstream_pass(proxy: Proxy) -> str:
    if proxy.routes:
        return _routed_pass(proxy)
    if proxy.upstream is None:
        return 'content_by_lua_block { require("gatehouse.gateway").broken() }  # never reached'
    server = _parse_upstream(proxy.upstream)
    return f"proxy_pass {server.scheme}://{OWN_POOL}$gatehouse_uri;{_tls(server, indent=0)}"


def _routed_pass(proxy: Proxy) -> str:
    """Let each call say where it goes; all of them check certificates, where there are some."""
    upstreams = [each.upstream for each in proxy.routes]
    servers = [_parse_upstream(each) for each in (*upstreams, proxy.upstream) if each]
    secure = next((each for each in servers if each.scheme == "https"), None)
    tls = "" if secure is None else _tls(replace(secure, name="$gatehouse_name"), indent=0)
    sets = "".join(f'set $gatehouse_{each} "";\n' for each in ("scheme", "pool", "name"))
    return f"{sets}proxy_pass $gatehouse_scheme://$gatehouse_pool$gatehouse_uri;{tls}"


def _tls(server: _Server, *, indent: int) -> str:
    """Check the certificate of a server that is spoken to by https."""
    if server.scheme != "https":
        return ""
    lines = (
        "",
        "proxy_ssl_server_name on;",
        f"proxy_ssl_name {server.name};",
        "proxy_ssl_verify on;",
        "proxy_ssl_verify_depth 5;",
        "proxy_ssl_trusted_certificate /etc/ssl/certs/ca-certificates.crt;",
    )
    return f"\n{' ' * indent}".join(lines)


def _readme(plan: BundleSpec) -> str:
    name = plan.document.system_name or str(plan.document.service_id)
    return _Conf((HERE / "README.txt").read_text()).substitute(
        name=ascii(name)[1:-1],
        environment=plan.environment,
        version=plan.version,
        backend=plan.backend,
        port=plan.port,
    )
