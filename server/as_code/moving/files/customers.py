"""Developer accounts with their users and applications."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from server.as_code.moving.files.backends import PASSED_OVER
from server.as_code.moving.files.products import Products
from server.as_code.moving.files.resources import Resource, Resources
from server.as_code.moving.files.spec import Spec, given
from server.as_code.moving.tenant import Untaken

ROLES = ("admin", "member")
# What a Secret names -> what an application has of it, by the mode of its service.
CREDENTIALS = {
    "1": {"UserKey": "user_key"},
    "2": {"ApplicationID": "application_id", "ApplicationKey": "keys"},
    "oauth": {"ClientID": "application_id", "ClientSecret": "keys"},
}
ALL_CREDENTIALS = {name for names in CREDENTIALS.values() for name in names}
NO_PASSWORD = "No Secret with it is in these files."  # noqa: S105 - a sentence
NO_KEYS = "No Secret with them is in these files."


@dataclass(slots=True)
class Customers:
    """Accounts by their ids here, and what is below each."""

    accounts: dict[Any, dict[str, Any]] = field(default_factory=dict)
    users: dict[Any, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    applications: dict[Any, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    untaken: dict[Any, list[Untaken]] = field(default_factory=lambda: defaultdict(list))


def read_customers(resources: Resources, products: Products) -> Customers:
    """Read accounts, then who and what belongs to them."""
    found = Customers()
    ids: dict[tuple[str, str], Any] = {}
    for resource in resources.of_kind("DeveloperAccount"):
        account = _account_of(resource, resources)
        ids[resource.namespace, resource.name] = account["id"]
        found.accounts[account["id"]] = account
    for resource in resources.of_kind("DeveloperUser"):
        _add_user(found, ids, resource, resources)
    for users in found.users.values():
        users.sort(key=lambda user: (user["role"], user["username"]))  # who administers comes first
    _Applications(resources, products, found, ids).add_all()
    return found


def _account_of(resource: Resource, resources: Resources) -> dict[str, Any]:
    spec = resources.spec_of(resource)
    spec.pass_over(*PASSED_OVER)
    return given(
        id=resources.id_of(resource),
        number=resources.told_id(resource, "accountID"),
        org_name=spec.needed("orgName"),
        state=resources.told_state(resource, "accountState") or "approved",
        monthly_billing_enabled=spec.flag("monthlyBillingEnabled"),
        monthly_charging_enabled=spec.flag("monthlyChargingEnabled"),
    )


def _account_id(
    spec: Spec, name: str, resource: Resource, resources: Resources, ids: dict[tuple[str, str], Any]
) -> Any:
    """Find the account that a resource names."""
    reference = spec.reference(name)
    if reference is None:
        spec.refuse(name, f"needs {name!r}, with a name.")
        return None
    account = resources.find("DeveloperAccount", resource, reference)
    if account is None:
        spec.refuse(name, f"no DeveloperAccount {reference[1]!r} is in these files.")
        return None
    return ids[account.namespace, account.name]


def _add_user(
    found: Customers,
    ids: dict[tuple[str, str], Any],
    resource: Resource,
    resources: Resources,
) -> None:
    spec = resources.spec_of(resource)
    spec.pass_over(*PASSED_OVER)
    account = _account_id(spec, "developerAccountRef", resource, resources, ids)
    secret = resources.secret(resource, spec.reference("passwordCredentialsRef"))
    password = secret.get("password") if secret else None
    user = given(
        id=resources.id_of(resource),
        number=resources.told_id(resource, "developerUserID"),
        username=spec.needed("username"),
        email=spec.needed("email"),
        role=spec.one_of("role", ROLES) or "member",
        state="suspended" if spec.flag("suspended") else "active",
        password=password or None,
    )
    found.users[account].append(user)
    if not password:
        told = "A link to choose one goes to the mail address."
        found.untaken[account].append(Untaken(f"{resource.title}, password", NO_PASSWORD, told))


@dataclass(slots=True)
class _Applications:
    """Adds the applications of all accounts."""

    resources: Resources
    products: Products
    found: Customers
    ids: dict[tuple[str, str], Any]

    def add_all(self) -> None:
        secrets = self._secrets_of_auths()
        for resource in self.resources.of_kind("Application"):
            spec = self.resources.spec_of(resource)
            spec.pass_over(*PASSED_OVER)
            account = _account_id(spec, "accountCR", resource, self.resources, self.ids)
            service = self._service_of(spec, resource)
            secret = self._secret_of(spec, "authSecretRef", resource)
            secrets_of = [*filter(None, [secret]), *secrets.get(id(resource), [])]
            credentials = self._credentials_of(service, resource, account, secrets_of)
            state = self.resources.told_state(resource, "state")
            application = given(
                id=self.resources.id_of(resource),
                number=self.resources.told_id(resource, "applicationID"),
                name=spec.needed("name"),
                description=spec.text("description"),
                service_id=service.get("id"),
                plan_id=self._plan_id(spec, service),
                state="suspended"
                if spec.flag("suspend")
                else "pending"
                if state == "pending"
                else "live",
                **credentials,
            )
            self.found.applications[account].append(application)

    def _service_of(self, spec: Spec, resource: Resource) -> dict[str, Any]:
        reference = spec.reference("productCR")
        if reference is None:
            spec.refuse("productCR", "needs 'productCR', with a name.")
            return {}
        service = self.products.find(self.resources.find("Product", resource, reference))
        if service is None:
            spec.refuse("productCR", f"no Product {reference[1]!r} is in these files.")
        return service or {}

    def _plan_id(self, spec: Spec, service: dict[str, Any]) -> Any:
        """Find a plan by its system name, else by the name that is its alone."""
        name = spec.needed("applicationPlanName")
        plans = service.get("application_plans", [])
        by_name = [plan for plan in plans if plan["system_name"] == name]
        by_title = [plan for plan in plans if plan["name"] == name]
        found = by_name or (by_title if len(by_title) == 1 else [])
        if found:
            return found[0]["id"]
        if name and service:
            product = service["system_name"]
            spec.refuse("applicationPlanName", f"product {product!r} has no plan {name!r}.")
        return None

    def _secrets_of_auths(self) -> dict[int, list[dict[str, str]]]:
        """Read the credentials that ApplicationAuths give, by the application."""
        found: dict[int, list[dict[str, str]]] = defaultdict(list)
        for resource in self.resources.of_kind("ApplicationAuth"):
            spec = self.resources.spec_of(resource)
            spec.pass_over(*PASSED_OVER, "generateSecret")
            name = spec.needed("applicationCRName")
            application = self.resources.find("Application", resource, ("", name))
            if name and application is None:
                spec.refuse("applicationCRName", f"no Application {name!r} is in these files.")
            secret = self._secret_of(spec, "authSecretRef", resource)
            if application is not None:
                found[id(application)].append(secret or {})
        return found

    def _secret_of(self, spec: Spec, name: str, resource: Resource) -> dict[str, str] | None:
        """Read the Secret that a resource names; empty when it is in none of the files."""
        reference = spec.reference(name)
        if reference is None:
            return None
        return self.resources.secret(resource, reference) or {}

    def _credentials_of(
        self,
        service: dict[str, Any],
        resource: Resource,
        account: Any,
        secrets: list[dict[str, str]],
    ) -> dict[str, Any]:
        """Take the credentials that the service's mode asks for out of all Secrets."""
        texts = {name: text for secret in secrets for name, text in secret.items() if text}
        known = CREDENTIALS.get(service.get("backend_version", "1"), {})
        untaken = self.found.untaken[account]
        of = f"{resource.title}, credentials"
        if not texts.keys() & known.keys():
            names = " and ".join(known)
            why = f"The Secret gives no {names}, which its API asks for." if texts else NO_KEYS
            untaken.append(Untaken(of, why, "New credentials are made: hand them out."))
        for name in sorted(texts.keys() - known.keys()):
            why = "Its API asks for none of these." if name in ALL_CREDENTIALS else "It is unknown."
            untaken.append(Untaken(f"{of}, {name}", why))
        credentials: dict[str, Any] = {}
        for name, attribute in known.items():
            if text := texts.get(name):
                credentials[attribute] = [text] if attribute == "keys" else text
        return credentials
