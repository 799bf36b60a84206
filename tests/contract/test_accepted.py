"""What a draft accepts works: its document parses, a call is answered, a bundle is written."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from pyreqwest.http import Url

from gateway.bundle.policies import list_missing
from gateway.bundle.render import BundleSpec, render_bundle
from gateway.config.document import ServiceDocument
from gateway.config.service import Upstream
from gateway.errors import BadDocument
from gateway.policy import POLICIES, check_chain, find_schema
from gateway.settings import GatewaySettings
from server.domain.attributes import Attribute
from server.domain.drafts import attributes_of, parse
from server.domain.errors import DomainError
from server.domain.services.mapping_rules import MappingRuleDraft
from server.domain.services.proxies import ProxyDraft
from tests.contract.conftest import Call, Reply, send
from tests.gateway.conftest import Place, standing
from tests.kit.gateway import a_document
from tests.kit.odd import odd_chains, odd_texts, odd_urls

NO_NUMBERS = ("4_0", "\u0664\u0660\u0663", 200.5, True, "", "4e2", [200])
OURS = {"gateway_fault", "bad_configuration", "policy_failed"}
SCHEMAS = {each.name: find_schema(each.name) for each in POLICIES}
SEEDS = {
    "api_test_path": ("/", "/v1/status?a=1"),
    "hostname_rewrite": ("api.example.com", "api.example.com:8080", "[::1]:80"),
    "secret_token": ("shared",),
    "credentials_location": ("query", "headers", "authorization"),
    "ambiguous_paths": ("refuse", "without_parameters", "as_written"),
    "auth_user_key": ("user_key", "user-key", "Authorization", "Cookie", "Host"),
    "auth_app_id": ("app_id", "Content-Length"),
    "auth_app_key": ("app_key", "Transfer-Encoding"),
}
CALLS = (
    Call("/?user_key=k1"),
    Call("/"),
    Call("/?user_key=wrong", headers=[("Origin", "http://["), ("Accept", "*/json")]),
    Call("/", "PATCH", [("User-Key", "k1"), ("Authorization", "Basic %")]),
    Call("/?user_key=k1", "OPTIONS", [("Origin", "null"), ("Access-Control-Request-Method", "x")]),
)


def is_accepted(draft: Any, name: str, value: object) -> Any:
    """Check a value as a form or JSON gives it; gives what is stored, None when it is refused."""
    try:
        kept = getattr(parse(draft, {**NEEDED[draft], name: value}), name)
    except DomainError:
        return None
    return kept


NEEDED: dict[Any, dict[str, Any]] = {
    ProxyDraft: {"api_backend": "http://localhost:1"},
    MappingRuleDraft: {"metric_id": 1, "http_method": "GET", "pattern": "/"},
}


def values_of(attribute: Attribute) -> Iterable[object]:
    """Make odd values of an attribute; of four that are of one type the first has all of them."""
    if attribute.name == "api_backend":
        return odd_urls(600)
    if attribute.name == "policy_chain":
        return odd_chains({name: dict(schema or {}) for name, schema in SCHEMAS.items()}, 1500)
    step = 8 if attribute.name.endswith(("_missing", "_match", "_exceeded")) else 1
    if attribute.type is int:
        return [*range(196, 605, 4), 205, 0, -1, 10**20, "200", " 429 ", *NO_NUMBERS][::step]
    if attribute.type is bool:
        return [True, False, "true", "false", "perhaps", ""]
    if issubclass(attribute.type, StrEnum):
        return [*attribute.type, *(each.value for each in attribute.type), "perhaps", ""]
    content_types = ("text/plain; charset=us-ascii", 'a/b;c="d"')
    return odd_texts(200, *SEEDS.get(attribute.name, content_types))[::step]


@pytest.fixture
async def gateway(tmp_path: Path) -> AsyncIterator[Place]:
    """Serve a gateway that gives up on its upstreams soon."""
    quick = GatewaySettings(connect_timeout_s=2, read_timeout_s=2, watch_after_s=0.02)
    async with standing(tmp_path, quick) as place:
        yield place


async def replies_of(place: Place, document: ServiceDocument, host: str) -> list[Reply]:
    place.directory.documents[host] = document
    return [await send(place.url, call, within_s=60, host=host) for call in CALLS]


async def check_all(place: Place, documents: Iterable[tuple[object, ServiceDocument]]) -> int:
    """Call each service; its answers must not be faults of ours. Gives how many there were."""
    limit, tried = asyncio.Semaphore(8), 0

    async def check(number: int, value: object, document: ServiceDocument) -> None:
        async with limit:
            for reply in await replies_of(place, document, f"s{number}.test"):
                code = reply.headers.get("x-gatehouse-error", "")
                assert code or reply.status != 500, (value, "the server's own answer")
                assert code not in OURS, (value, code)

    async with asyncio.TaskGroup() as group:
        for number, (value, document) in enumerate(documents):
            tried += 1
            group.create_task(check(number, value, document))
    return tried


@pytest.mark.slow
@pytest.mark.parametrize("attribute", attributes_of(ProxyDraft), ids=lambda each: each.name)
async def test_what_is_accepted_for_a_proxy_works(gateway: Place, attribute: Attribute) -> None:
    documents, refused = [], 0
    for value in values_of(attribute):
        kept = is_accepted(ProxyDraft, attribute.name, value)
        if kept is None or (attribute.name == "policy_chain" and check_chain(kept)):
            refused += 1
            continue
        proxy = {"api_backend": gateway.upstream_url, attribute.name: kept}
        document = ServiceDocument.parse(a_document(**proxy))
        if not list_missing(document.chain):
            render_bundle(
                BundleSpec(
                    document=document, environment="staging", version=1, backend="http://a.test"
                )
            )
        documents.append((value, document))

    assert await check_all(gateway, documents) > 2
    assert refused, "the odd ones are odd"


def test_a_base_url_is_read_alike_by_form_document_and_client() -> None:
    accepted = 0
    for url in odd_urls(1200):
        kept = is_accepted(ProxyDraft, "api_backend", url)
        found = find_upstream(url.strip())

        assert (kept is not None) == (found is not None), url
        if found is not None:
            again = Url(f"{found.origin}{found.path}")
            assert again.host_str is not None
            assert (again.host_str.strip("[]"), again.port_or_known_default) == (
                found.host,
                found.port,
            )
            assert again.path.rstrip("/") == found.path
            accepted += 1
    assert accepted > 100


def find_upstream(url: str) -> Upstream | None:
    """Read a base URL as the document's parser does; None for what it refuses."""
    try:
        return ServiceDocument.parse(a_document(api_backend=url)).proxy.upstream
    except BadDocument:
        return None


@pytest.mark.slow
async def test_what_is_accepted_for_a_rule_works(gateway: Place) -> None:
    seeds = (
        "/",
        "/v1/{word}.json$",
        "/find?kind={kind}&a=1",
        "/{a}{b}{c}{d}{e}$",
        "/a%2fb;c=1/{x}-{y}",
    )
    documents = []
    for pattern in odd_texts(1200, *seeds):
        kept = is_accepted(MappingRuleDraft, "pattern", pattern)
        if kept is not None:
            rule = {"http_method": "GET", "pattern": kept, "metric_system_name": "hits", "delta": 1}
            document = ServiceDocument.parse(a_document(proxy_rules=[rule]))
            documents.append((pattern, document))

    assert await check_all(gateway, documents) > 200
