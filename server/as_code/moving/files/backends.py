"""The operator's Backends as backend APIs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from server.as_code.moving.files.counted import metrics_of, names_of, rules_of
from server.as_code.moving.files.resources import Resource, Resources
from server.as_code.moving.files.spec import Spec, given

NO_LETTER = re.compile(r"[^a-zA-Z0-9]+")
PASSED_OVER = ("providerAccountRef",)  # says whose it is: see `refuse_two_tenants`


@dataclass(slots=True)
class Backends:
    """Backend APIs by their system names, and what each counts."""

    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    names: dict[str, set[str]] = field(default_factory=dict)


def system_name_of(spec: Spec, resource: Resource, taken: Mapping[str, Any]) -> str:
    """Tell a resource's system name; the operator makes one of the name that is none of its own."""
    name = spec.text("systemName") or NO_LETTER.sub("", spec.text("name") or "")
    name = name.lower()
    if not name and spec.text("name"):
        spec.refuse("name", "needs 'systemName', for nothing is left of its name.")
    if name in taken:
        other = taken[name].get("name", name)
        spec.findings.refuse(
            resource.doc, f"{resource.title}: the system name {name!r} is that of {other!r}, too."
        )
    return name


def read_backends(resources: Resources) -> Backends:
    """Read all backends."""
    found = Backends()
    for resource in resources.of_kind("Backend"):
        spec = resources.spec_of(resource)
        spec.pass_over(*PASSED_OVER)
        spec.needed("name")
        spec.needed("privateBaseURL")
        name = system_name_of(spec, resource, found.records)
        metrics = metrics_of(spec, f"backend/{name}", "backend ")
        found.names[name] = names_of(metrics)
        found.records[name] = given(
            id=f"backend/{name}",
            system_name=name,
            name=spec.take("name", "backend api", "name"),
            description=spec.take("description", "backend api", "description"),
            private_endpoint=spec.take("privateBaseURL", "backend api", "private_endpoint"),
            metrics=metrics,
            mapping_rules=rules_of(spec, f"backend/{name}", found.names[name], "backend "),
        )
    return found
