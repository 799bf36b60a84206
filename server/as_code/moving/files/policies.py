"""Policies: those that a tenant wrote itself, and the chain of a product."""

import json
from typing import Any

from server.as_code.moving.files.resources import Resource, Resources
from server.as_code.moving.files.spec import Spec, plain_of
from server.as_code.moving.tenant import Record

CONFIGURATION = "configuration"
APICAST = {"name": "apicast", "version": "builtin", "configuration": {}, "enabled": True}


def read_policies(resources: Resources) -> list[Record]:
    """Read the policies that the tenant described itself: chains may name them."""
    found: dict[tuple[str, str], Record] = {}
    for resource in resources.of_kind("CustomPolicyDefinition"):
        spec = resources.spec_of(resource)
        spec.pass_over("providerAccountRef")
        name, version = spec.needed("name"), spec.needed("version")
        schema = spec.find("schema")
        if schema is None or not isinstance(schema.value, dict):
            spec.refuse("schema", "needs 'schema', with a configuration.")
        elif (name, version) in found:
            told = f"{resource.title}: there is another {name!r} of version {version!r}."
            spec.findings.refuse(resource.doc, told)
        else:
            policy = {"name": name, "version": version, "schema": plain_of(schema)}
            found[name, version] = {"id": f"policy/{name}/{version}", **policy}
    return list(found.values())


def chain_of(spec: Spec, resource: Resource, resources: Resources) -> list[dict[str, Any]] | None:
    """Read the chain; None when the product tells none. The gateway itself is in it, or last."""
    told = spec.each("policies")
    if told is None:
        return None
    chain = []
    for each in told:
        enabled = each.flag("enabled")
        chain.append(
            {
                "name": each.needed("name"),
                "version": each.text("version") or "builtin",
                "configuration": _configuration_of(each, resource, resources),
                "enabled": True if enabled is None else enabled,
            }
        )
    if not any(link["name"] == "apicast" for link in chain):
        chain.append(dict(APICAST))
    return chain


def _configuration_of(spec: Spec, resource: Resource, resources: Resources) -> dict[str, Any]:
    """Read the configuration: of the Secret that is named, else what stands there."""
    doc, name = spec.find(CONFIGURATION), spec.reference("configurationRef")
    if name is not None:
        texts = resources.secret(resource, name)
        if texts is None or CONFIGURATION not in texts:
            told = f"no Secret {name[1]!r} with {CONFIGURATION!r} is in these files. Add it."
            spec.refuse("configurationRef", told)
            return {}
        try:
            value = json.loads(texts[CONFIGURATION])
        except ValueError:
            value = None
        if not isinstance(value, dict):
            spec.refuse("configurationRef", f"the Secret {name[1]!r} holds no object in JSON.")
            return {}
        return value
    if doc is None:
        return {}
    if not isinstance(doc.value, dict):
        spec.refuse(CONFIGURATION, "must be a mapping of names to values.")
        return {}
    plain: dict[str, Any] = plain_of(doc)
    return plain
