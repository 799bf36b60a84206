"""Files as a source that the writer takes: all of them are read and checked before it begins."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from server.as_code.documents import Doc
from server.as_code.moving.files.backends import read_backends
from server.as_code.moving.files.customers import Customers, read_customers
from server.as_code.moving.files.policies import read_policies
from server.as_code.moving.files.products import promote, read_products
from server.as_code.moving.files.resources import (
    GROUP,
    OF_OPERATOR,
    Resource,
    Resources,
    read_resources,
)
from server.as_code.moving.files.specifications import Fetch, Specifications
from server.as_code.moving.tenant import CannotMove, Record, Tenant, Untaken

ORIGIN = "files"
MOST_TOLD = 50  # problems


class FileSource:
    """A file or a folder. Raises: CannotMove, for all that is wrong in it at once."""

    origin = ORIGIN  # of all files: they call the same things by the same names

    def __init__(self, path: Path, fetch: Fetch) -> None:
        resources = read_resources(path)
        specifications = Specifications(resources, fetch)
        backends = read_backends(resources)
        policies: list[Record] = [*read_policies(resources)]
        products = read_products(resources, backends)
        specifications.add_products(backends, products)
        promote(resources, products)
        active_docs: list[Record] = [*specifications.active_docs(products)]
        self._customers = read_customers(resources, products)
        _leave_others(resources)
        _refuse_two_tenants(resources)
        _leave_unused_secrets(resources)
        resources.findings.leave_unknown()
        _raise(resources.findings.problems)
        self._tenant = Tenant(
            is_part=True,
            origin=self.origin,
            policies=policies,
            backend_apis=list(backends.records.values()),
            services=list(products.records.values()),
            active_docs=active_docs,
            untaken=resources.findings.untaken,
        )

    def tenant(self) -> Tenant:
        """Tell all but the customers."""
        return self._tenant

    def accounts(self) -> Iterable[Record]:
        """Tell the accounts in the order of their names."""
        return self._customers.accounts.values()

    def complete(self, account: Record) -> tuple[Record, list[Untaken]]:
        """Tell an account with its users and applications."""
        return _completed(self._customers, account)


def _completed(customers: Customers, account: Record) -> tuple[Record, list[Untaken]]:
    name: Any = account["id"]
    below: dict[str, Any] = {}
    if name in customers.users:
        below["users"] = customers.users[name]
    if name in customers.applications:
        below["applications"] = customers.applications[name]
    return {**account, **below}, customers.untaken.get(name, [])


def _raise(problems: list[str]) -> None:
    """Refuse files with problems. Raises: CannotMove."""
    if problems:
        told = problems[:MOST_TOLD]
        more = len(problems) - len(told)
        rest = [f"… and {more} more."] if more else []
        raise CannotMove("\n".join([*told, *rest, "Nothing is stored."]))


def _leave_others(resources: Resources) -> None:
    """Tell the resources that mean nothing here, or nothing yet."""
    findings = resources.findings
    for resource in resources.of_kind("Tenant"):
        spec = resources.spec_of(resource)
        name, mail = spec.text("organizationName") or "", spec.text("email") or ""
        spec.pass_over("username", "systemMasterUrl")
        for secret in ("masterCredentialsRef", "passwordCredentialsRef", "tenantSecretRef"):
            resources.find("Secret", resource, spec.reference(secret))
        findings.leave(
            resource.doc,
            resource.title,
            "What stands here moves into a provider that is there already.",
            f"Make it with `gatehouse provider create --name {name!r} --admin-email {mail}`, and "
            "name it with --provider.",
        )


def _refuse_two_tenants(resources: Resources) -> None:
    """Refuse files of which some say that they belong to another tenant than others."""
    first: tuple[str, Doc] | None = None
    for kind in sorted(OF_OPERATOR):
        for resource in resources.of_kind(kind):
            name = _account_named(resource)
            if name is None:
                continue
            if first is None:
                first = str(name.value), name
            elif first[0] != str(name.value):
                there = f"what is at {first[1].where} belongs to {first[0]!r}"
                told = f"{resource.title} belongs to tenant {name.value!r}, {there}."
                resources.findings.refuse(name, f"{told} Give each tenant a folder of its own.")
                return


def _account_named(resource: Resource) -> Doc | None:
    """Find the name of the Secret that says to which tenant a resource belongs."""
    found: Any = resource.doc
    for name in ("spec", "providerAccountRef", "name"):
        found = found.value.get(name) if found and isinstance(found.value, dict) else None
    return found if found and isinstance(found.value, str) else None


def _leave_unused_secrets(resources: Resources) -> None:
    for resource in resources.of_kind("Secret"):
        key = (resource.kind, resource.namespace, resource.name)
        body = resource.doc.mapping()
        parts = [body[part].value for part in ("data", "stringData") if part in body]
        names = {name for part in parts if isinstance(part, dict) for name in part}
        is_of_tenant = {"adminURL", "token"} <= names  # which providerAccountRef names
        if key not in resources.used and not is_of_tenant:
            why = f"No resource of {GROUP} in these files names it."
            resources.findings.leave(resource.doc, resource.title, why)
