"""The operator's Products as services: how they are reached, what they count, what they cost."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from server.as_code.moving.files.backends import PASSED_OVER, Backends, system_name_of
from server.as_code.moving.files.counted import metrics_of, names_of, rules_of
from server.as_code.moving.files.plans import Countable, plans_of
from server.as_code.moving.files.policies import chain_of
from server.as_code.moving.files.resources import Resource, Resources
from server.as_code.moving.files.spec import Spec, given
from server.domain.services.proxies import ERRORS, CredentialsLocation

PROXY = "proxy"
NOWHERE = ""  # do calls go that no backend is used for
NO_BACKEND = "It uses no backend, so the Echo API answers its calls here."
BASE_URL = "Give it a private base URL, or have it use a backend API."
HOSTED, SELF_MANAGED = "hosted", "self_managed"
DEPLOYMENTS = {"apicastHosted": HOSTED, "apicastSelfManaged": SELF_MANAGED}
MODES = {"userkey": "1", "appKeyAppID": "2", "oidc": "oauth"}
ADDRESSES = ("stagingPublicBaseURL", "productionPublicBaseURL")
OWN_ADDRESS = "Gateways here have addresses of their own."
# How the answers of a gateway that refuses are called there: errorAuthFailed, …
CAMEL = {name: "".join(part.capitalize() for part in name.split("_")) for name in ERRORS}


@dataclass(slots=True)
class Products:
    """Services by their system names, and which resource is which."""

    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    names: dict[tuple[str, str], str] = field(default_factory=dict)  # namespace, name -> service

    def find(self, product: Resource | None) -> dict[str, Any] | None:
        """Find the service that a Product is."""
        key = (product.namespace, product.name) if product else ("", "")
        return self.records.get(self.names.get(key, ""))


def read_products(resources: Resources, backends: Backends) -> Products:
    """Read all products."""
    found = Products()
    for resource in resources.of_kind("Product"):
        spec = resources.spec_of(resource)
        spec.pass_over(*PASSED_OVER)
        spec.needed("name")
        name = system_name_of(spec, resource, found.records)
        found.names[resource.namespace, resource.name] = name
        found.records[name] = _product_of(spec, resource, resources, backends, name)
    return found


def _product_of(
    spec: Spec, resource: Resource, resources: Resources, backends: Backends, name: str
) -> dict[str, Any]:
    metrics = metrics_of(spec, f"service/{name}")
    names = names_of(metrics)
    usages = _usages_of(spec, backends)
    used = {each: backends.names.get(each, set()) for each in usages}
    service = given(
        id=f"service/{name}",
        number=resources.told_id(resource, "productId"),
        system_name=name,
        name=spec.take("name", "service", "name"),
        description=spec.take("description", "service", "description"),
        metrics=metrics,
        mapping_rules=rules_of(spec, f"service/{name}", names),
        backend_usages=list(usages.values()),
        application_plans=plans_of(spec, Countable(name, names, used)),
        service_plans=[default_plan(name)],
    )
    deployed, proxy = _deployment_of(spec)
    proxy |= given(policies_config=chain_of(spec, resource, resources))
    if usages:
        proxy["api_backend"] = NOWHERE
    else:
        spec.findings.leave(spec.doc, f"{spec.of}, backendUsages", NO_BACKEND, BASE_URL)
    return service | deployed | {"proxy": proxy}


def default_plan(service: str) -> dict[str, Any]:
    """Make the plan by which developers subscribe to an API: each has one, and no file tells it."""
    return {
        "id": f"{service}/default",
        "system_name": "default",
        "name": "Default",
        "state": "published",
        "default": True,
    }


def _usages_of(spec: Spec, backends: Backends) -> dict[str, dict[str, Any]]:
    usages: dict[str, dict[str, Any]] = {}
    for name, each in (spec.named("backendUsages") or {}).items():
        backend = backends.records.get(name)
        if backend is None:
            each.findings.refuse(each.doc, f"{spec.of}: no backend {name!r} is in these files.")
        usages[name] = {
            "id": f"{spec.of}/{name}",
            "backend_id": backend["id"] if backend else name,
            "path": each.take("path", "backend usage", "path") or "/",
        }
    return usages


def _deployment_of(spec: Spec) -> tuple[dict[str, Any], dict[str, Any]]:
    """Read how a gateway stands before it: what belongs to the service, and to its proxy."""
    deployment = spec.below("deployment")
    told = {} if deployment is None else {name: deployment.below(name) for name in DEPLOYMENTS}
    ways = {name: each for name, each in told.items() if each is not None}
    if len(ways) > 1:
        spec.refuse("deployment", f"must be one of {', '.join(ways)}.")
    service: dict[str, Any] = {}
    proxy: dict[str, Any] = {}
    for name, each in ways.items():
        service["deployment_option"] = DEPLOYMENTS[name]
        if DEPLOYMENTS[name] == SELF_MANAGED:
            leave_addresses(each)
        authentication = each.below("authentication")
        if authentication is not None:
            mode, settings = _authentication_of(authentication)
            service |= mode
            proxy |= settings
    return service, proxy


def leave_addresses(spec: Spec) -> None:
    """Tell the addresses of gateways, which are others here."""
    for name in ADDRESSES:
        doc, url = spec.find(name), spec.text(name)
        if doc is not None and url:
            way_out = f"Give the API a custom domain to have it answer at {url}."
            spec.findings.leave(doc, spec.of, OWN_ADDRESS, way_out)


def _authentication_of(spec: Spec) -> tuple[dict[str, Any], dict[str, Any]]:
    told = {name: spec.below(name) for name in MODES}
    modes = {name: each for name, each in told.items() if each is not None}
    if len(modes) != 1:
        known = ", ".join(MODES)
        spec.findings.refuse(spec.doc, f"{spec.of}: must be one of {known}, and no more.")
        return {}, {}
    name, mode = next(iter(modes.items()))
    location = mode.one_of("credentials", [each.value for each in CredentialsLocation])
    proxy = given(credentials_location=location, **_security_of(mode), **_errors_of(mode))
    match name:
        case "userkey":
            proxy |= given(auth_user_key=mode.take("authUserKey", PROXY, "auth_user_key"))
        case "appKeyAppID":
            proxy |= given(
                auth_app_id=mode.take("appID", PROXY, "auth_app_id"),
                auth_app_key=mode.take("appKey", PROXY, "auth_app_key"),
            )
        case "oidc":
            proxy |= issuer_of(mode, mode.text("issuerEndpoint"))
    return {"backend_version": MODES[name]}, proxy


def issuer_of(spec: Spec, endpoint: str | None) -> dict[str, Any]:
    """Read who issues tokens, and by which flows."""
    if not endpoint:
        spec.refuse("issuerEndpoint", "needs 'issuerEndpoint'.")
    flows = spec.below("authenticationFlow")
    of = {
        "standardFlowEnabled": "standard_flow_enabled",
        "implicitFlowEnabled": "implicit_flow_enabled",
        "serviceAccountsEnabled": "service_accounts_enabled",
        "directAccessGrantsEnabled": "direct_access_grants_enabled",
    }
    names = ("jwt_claim_with_client_id", "jwt_claim_with_client_id_type")
    return given(
        oidc_issuer_endpoint=endpoint,
        oidc_issuer_type=spec.take("issuerType", PROXY, "oidc_issuer_type"),
        jwt_claim_with_client_id=spec.take("jwtClaimWithClientID", PROXY, names[0]),
        jwt_claim_with_client_id_type=spec.take("jwtClaimWithClientIDType", PROXY, names[1]),
        oidc_configuration=given(**{there: flows.flag(here) for here, there in of.items()})
        if flows is not None
        else None,
    )


def _security_of(spec: Spec) -> Mapping[str, Any]:
    security = spec.below("security")
    if security is None:
        return {}
    return given(
        hostname_rewrite=security.take("hostHeader", PROXY, "hostname_rewrite"),
        secret_token=security.text("secretToken"),
    )


def _errors_of(spec: Spec) -> Mapping[str, Any]:
    """Read what a gateway answers to calls that it refuses."""
    answers = spec.below("gatewayResponse")
    if answers is None:
        return {}
    found = {}
    for name, camel in CAMEL.items():
        for part, there in (("", ""), ("Status", "_status"), ("Headers", "_headers")):
            attribute = f"error{there}_{name}"
            found[attribute] = answers.take(f"error{part}{camel}", PROXY, attribute)
    return given(**found)


def promote(resources: Resources, products: Products) -> None:
    """Mark the services whose staging version shall be in production."""
    for resource in resources.of_kind("ProxyConfigPromote"):
        spec = resources.spec_of(resource)
        spec.pass_over(*PASSED_OVER, "deleteCR")
        name, production = spec.needed("productCRName"), spec.flag("production")
        service = products.find(resources.find("Product", resource, ("", name)))
        if name and service is None:
            spec.refuse("productCRName", f"no Product {name!r} is in these files.")
        elif service is not None and production:
            # Production runs what staging does: each change of what is told is one to promote.
            running = {"content": {"service": {**service, "configs": None}}}
            service["configs"] = {"sandbox": running, "production": running}
