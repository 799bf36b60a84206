"""ActiveDocs as specifications, and products made of OpenAPI documents."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from server.as_code.moving.files.backends import NO_LETTER, PASSED_OVER, Backends, system_name_of
from server.as_code.moving.files.counted import metric_id, rule_id
from server.as_code.moving.files.products import (
    NOWHERE,
    PROXY,
    Products,
    default_plan,
    issuer_of,
    leave_addresses,
)
from server.as_code.moving.files.resources import Resource, Resources
from server.as_code.moving.files.spec import Spec, given
from server.domain.errors import DomainError, Invalid
from server.domain.portal.api_docs import clean_body, refuse_unknown_version
from server.domain.portal.specs.as_service import Sketch, sketch_of
from server.domain.portal.specs.bundling import bundled
from server.domain.portal.specs.operations import readable
from server.domain.services.metrics import HITS

Fetch = Callable[[str], str]
USER_KEY, OPENID = "1", "oauth"


@dataclass(frozen=True, slots=True)
class Specifications:
    """Reads documents out of Secrets and from addresses."""

    resources: Resources
    fetch: Fetch

    def active_docs(self, products: Products) -> list[dict[str, Any]]:
        """Read the specifications that developers see."""
        found: dict[str, dict[str, Any]] = {}
        for resource in self.resources.of_kind("ActiveDoc"):
            spec = self.resources.spec_of(resource)
            spec.pass_over(*PASSED_OVER)
            spec.needed("name")
            name = system_name_of(spec, resource, found)
            product = spec.text("productSystemName")
            service = products.records.get((product or "").lower())
            if product and service is None:
                spec.refuse("productSystemName", f"no product {product!r} is in these files.")
            body = self._document(spec, "activeDocOpenAPIRef", resource)
            found[name] = given(
                id=f"specification/{name}",
                system_name=name,
                name=spec.take("name", "specification", "name"),
                description=spec.take("description", "specification", "description"),
                published=spec.flag("published") or False,
                skip_swagger_validations=spec.flag("skipSwaggerValidations"),
                service_id=service["id"] if service else None,
                body=body,
            )
        return list(found.values())

    def add_products(self, backends: Backends, products: Products) -> None:
        """Add a product, and its backend, for each OpenAPI resource."""
        for resource in self.resources.of_kind("OpenAPI"):
            if self._is_product(resource):
                continue
            spec = self.resources.spec_of(resource)
            spec.pass_over(*PASSED_OVER)
            body = self._document(spec, "openapiRef", resource)
            prefixes = spec.flag("prefixMatching") or False
            given_name = (spec.text("productSystemName") or "").lower()
            given_upstream = spec.take("privateBaseURL", "backend api", "private_endpoint")
            proxy = _proxy_of(spec)
            issuer = self._issuer_of(spec, resource)
            if body is None:
                continue
            try:
                sketch = sketch_of(readable(body), prefixes=prefixes)
            except DomainError as error:
                spec.refuse("openapiRef", f"leads to a document, which {error.message}")
                continue
            for told in sketch.left_out:
                if issuer is None or "OpenID" not in told:
                    spec.findings.leave(spec.doc, spec.of, told)
            name = given_name or NO_LETTER.sub("", sketch.title).lower()
            if name in products.records:
                told = f"{spec.of}: the system name {name!r} is that of another product, too."
                spec.findings.refuse(spec.doc, told)
                continue
            upstream = given_upstream or sketch.upstream
            usages = _with_backend(spec, backends, name, sketch.title, upstream)
            service = _service_of(name, sketch, proxy, issuer) | {"backend_usages": usages}
            products.records[name] = service
            products.names[resource.namespace, resource.name] = name

    def _is_product(self, resource: Resource) -> bool:
        """Return whether the product that the operator made of it is in these files itself."""
        made = self.resources.told_name(resource, "productResourceName")
        return self.resources.find("Product", resource, ("", made)) is not None

    def _issuer_of(self, spec: Spec, resource: Resource) -> dict[str, Any] | None:
        below = spec.below("oidc")
        if below is None:
            return None
        endpoint, reference = below.text("issuerEndpoint"), below.reference("issuerEndpointRef")
        if not endpoint and reference is not None:
            secret = self.resources.secret(resource, reference) or {}
            endpoint = secret.get("issuerEndpoint")
            if endpoint is None:
                told = f"no Secret {reference[1]!r} with 'issuerEndpoint' is in these files."
                below.refuse("issuerEndpointRef", told)
                endpoint = "-"
        return issuer_of(below, endpoint)

    def _document(self, spec: Spec, name: str, resource: Resource) -> str | None:
        """Read the document that a resource leads to, as JSON."""
        below = spec.below(name)
        if below is None:
            spec.refuse(name, f"needs {name!r}, with a secretRef or url.")
            return None
        reference, url = below.reference("secretRef"), below.text("url")
        if (reference is None) == (url is None):
            spec.refuse(name, "must have a secretRef or a url, and not both.")
            return None
        part = "url" if reference is None else "secretRef"
        try:
            if url is not None:
                return _cleaned(self._fetched(url))
            texts = self.resources.secret(resource, reference)
            if texts is None or len(texts) != 1:
                lacks = "no such Secret is in these files. Add it."
                told = lacks if texts is None else "the Secret must hold one text: a document."
                below.refuse(part, told)
                return None
            return _cleaned(next(iter(texts.values())))
        except DomainError as error:
            below.refuse(part, f"leads to a document, which {error.message}")
            return None

    def _fetched(self, url: str) -> str:
        if urlsplit(url).scheme not in ("http", "https"):
            raise Invalid("has no address of http or https.")
        return bundled(self.fetch(url), url, clean_body, self.fetch)


def _cleaned(text: str) -> str:
    body = clean_body(text)
    refuse_unknown_version(body)
    return body


def _proxy_of(spec: Spec) -> dict[str, Any]:
    leave_addresses(spec)
    return given(
        hostname_rewrite=spec.take("privateAPIHostHeader", PROXY, "hostname_rewrite"),
        secret_token=spec.text("privateAPISecretToken"),
    )


def _with_backend(
    spec: Spec, backends: Backends, name: str, title: str, upstream: str
) -> list[dict[str, Any]]:
    """Add the backend that answers all calls, and tell where it is used."""
    if not upstream:
        spec.refuse("privateBaseURL", "needs 'privateBaseURL', for the document names no server.")
    if name in backends.records:
        spec.findings.refuse(spec.doc, f"{spec.of}: there is a backend {name!r} already.")
    home = f"backend/{name}"
    hits = {"id": metric_id(home, HITS), "system_name": HITS, "friendly_name": "Hits"}
    backends.names[name] = {HITS}
    backends.records[name] = {
        "id": home,
        "system_name": name,
        "name": title,
        "private_endpoint": upstream,
        "metrics": [{**hits, "methods": []}],
        "mapping_rules": [],
    }
    return [{"id": f"{spec.of}/{name}", "backend_id": home, "path": "/"}]


def _service_of(
    name: str, sketch: Sketch, proxy: dict[str, Any], issuer: dict[str, Any] | None
) -> dict[str, Any]:
    """Make a service of a document, as the operator does: a method and a rule for each call."""
    home, login = f"service/{name}", sketch.login
    mode = login.backend_version if login else USER_KEY
    if login is not None:
        proxy |= given(
            credentials_location=login.credentials_location,
            auth_user_key=login.auth_user_key or None,
        )
    if issuer is not None:
        mode = OPENID
        proxy |= issuer
    methods = [
        {
            "id": metric_id(home, call.system_name),
            "system_name": call.system_name,
            "friendly_name": call.friendly_name,
            "description": call.description,
        }
        for call in sketch.calls
    ]
    seen: Counter[str] = Counter()
    rules = [
        {
            "id": rule_id(home, seen, call.http_method, call.pattern),
            "http_method": call.http_method,
            "pattern": call.pattern,
            "metric_id": metric_id(home, call.system_name),
            "delta": 1,
            "position": number,
            "last": False,
        }
        for number, call in enumerate(sketch.calls, 1)
    ]
    hits = {"id": metric_id(home, HITS), "system_name": HITS, "friendly_name": "Hits"}
    return {
        "id": home,
        "system_name": name,
        "name": sketch.title,
        "description": sketch.description,
        "backend_version": mode,
        "metrics": [{**hits, "methods": methods}],
        "mapping_rules": rules,
        "proxy": {"api_backend": NOWHERE, **proxy},
        "service_plans": [default_plan(name)],
    }
