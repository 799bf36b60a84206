"""A tenant's records as entries of the configuration: services, backends, plans and the like."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from server.actions.services.policies import FOREIGN
from server.as_code.entries import Key
from server.as_code.moving.tenant import Record, Tenant
from server.as_code.moving.wanted import Wanted, taken
from server.as_code.topic import BACKEND
from server.as_code.topics import OF_WORD
from server.domain.services.metrics import HITS

REGISTRY = "policy"  # of the registry
SETTINGS = (
    *("useraccountarea_enabled", "signups_enabled", "public_search"),
    *("account_plans_ui_visible", "service_plans_ui_visible"),
    *("change_account_plan_permission", "change_service_plan_permission"),
)
PROVIDER = ("from_email", "support_email", "finance_support_email", "site_access_code", "timezone")
TARGETS = {"Account": "account", "User": "user", "Cinstance": "application"}
RULE = ("http_method", "pattern", "delta", "last", "redirect_url")
LEVELS = ("web_provider", "email_provider", "web_buyer", "email_buyer")
PLAN = ("system_name", "name", "description", "approval_required", "trial_period_days")
# What goes here when it went there; anything else that is gone there is told.
SMALL = {
    "limit": "limit",
    "pricing_rule": "pricing rule",
    "mapping_rule": "mapping rule",
    "backend_mapping_rule": "backend mapping rule",
    "backend_usage": "backend usage",
}
LARGE = {
    "service": "service",
    "policy": REGISTRY,
    "backend_api": BACKEND,
    "metric": "metric",
    "method": "method",
    "backend_metric": "backend metric",
    "backend_method": "backend method",
    "application_plan": "application plan",
    "service_plan": "service plan",
    "account_plan": "account plan",
    "feature": "feature",
    "account_feature": "account feature",
    "active_doc": "specification",
    "section": "section",
    "file": "file",
    "template": "template",
    "authentication_provider": "login provider",
    "fields_definition": "",
}
KINDS = (*SMALL, *LARGE, "settings", "proxy", "order", "webhook", "production", "service_state")


def of_id(record: Record) -> str:
    """Tell the id of a record there."""
    return str(record["id"])


def _keeper(record: Record) -> dict[str, str]:
    """Tell which program keeps an object, where its annotations do."""
    annotations = record.get("annotations")
    if not isinstance(annotations, Mapping):
        return {}
    return {"managed_by": str(annotations.get("managed_by") or "")}


class Configuration:
    """Puts the records of a tenant into the state that is wanted."""

    def __init__(self, wanted: Wanted, tenant: Tenant) -> None:
        self.wanted = wanted
        self.tenant = tenant
        self.delivered: set[str] = set()

    def put_all(self) -> None:
        """Put all but the portal, in the order in which things refer to each other."""
        self._settings()
        self._fields()
        self._logins()
        for feature in self._told("account_feature", self.tenant.features):
            values = taken(feature, ("system_name", "name", "description"))
            self.wanted.put(("account_feature", of_id(feature)), "account feature", values)
        self._plans("account_plan", self.tenant.account_plans, (), "account_feature")
        self._registry()
        for backend in self._told("backend_api", self.tenant.backend_apis):
            self._backend(backend)
        for service in self._told("service", self.tenant.services):
            self._service(service)
        self._webhook()
        self._drop_gone()

    def _told(self, kind: str, records: Sequence[Record]) -> Sequence[Record]:
        if records:
            self.delivered.add(kind)
        return records

    def _below(self, kind: str, record: Record, name: str) -> Iterable[Record]:
        """List what is below a record; what it does not tell is not looked for either."""
        if name in record:
            self.delivered.add(kind)
        return record.get(name) or ()

    def _registry(self) -> None:
        """Put the policies that the tenant wrote itself, which chains name."""
        for policy in self._told("policy", self.tenant.policies):
            definition = json.dumps(policy["schema"], ensure_ascii=False)
            values = {**taken(policy, ("name", "version")), "definition": definition}
            self.wanted.put(("policy", of_id(policy)), REGISTRY, values)

    def _settings(self) -> None:
        values = taken(self.tenant.settings, SETTINGS)
        values |= {
            name: value
            for name, value in taken(self.tenant.provider, PROVIDER, name="org_name").items()
            if value
        }
        if self.tenant.settings.get("enforce_sso"):
            way_out = "Set up a login of your team, publish it, then turn this on in the settings."
            told = "enforce_sso closes passwords, and logins of the team do not come along."
            self.wanted.report.miss("settings", told, way_out)
        if values:
            self.wanted.put(("settings", "1"), "settings", values)

    def _fields(self) -> None:
        lists: dict[str, list[Key]] = {}
        definitions = sorted(
            self.tenant.fields_definitions, key=lambda each: each.get("position") or 0
        )
        for definition in definitions:
            target = TARGETS.get(str(definition.get("target")), "")
            if not target:
                what = f"field {definition.get('name')}"
                told = f"it is of {definition.get('target')}, which has no fields here."
                self.wanted.report.miss(what, told)
                continue
            names = ("name", "label", "required", "hidden", "read_only", "choices", "hint")
            values = taken(definition, names)
            name = ("fields_definition", of_id(definition))
            key = self.wanted.put(name, f"{target} field", values)
            if key:
                lists.setdefault(target, []).append(key)
        for target, keys in lists.items():
            self.wanted.order(("order", f"fields:{target}"), keys)

    def _logins(self) -> None:
        names = (
            *("system_name", "kind", "name", "client_id", "client_secret", "site"),
            *("identifier_key", "username_key", "trust_email", "published"),
            "automatically_approve_accounts",
        )
        for record in self._told("authentication_provider", self.tenant.authentication_providers):
            values = taken(record, names)
            what = f"login provider {record.get('system_name')}"
            if not values.get("client_secret"):
                told = "its secret is not told there."
                self.wanted.report.miss(what, told, "Make it in the settings, with the secret.")
                continue
            self.wanted.put(("authentication_provider", of_id(record)), "login provider", values)

    def _plans(self, kind: str, plans: Iterable[Record], home: Key, feature: str) -> None:
        """Put plans of a kind, in their order; those made for one application are read with it."""
        keys: list[Key] = []
        for plan in plans:
            if plan.get("custom"):
                continue
            self.delivered.add(kind)
            values = taken(plan, (*PLAN, "setup_fee", "cost_per_month", "default"))
            values = {name: value for name, value in values.items() if value is not None}
            values.setdefault("system_name", plan.get("system_name") or _made_name(plan))
            if "state" in plan:
                values["published"] = plan["state"] == "published"
            if "features" in plan:
                names = [self.wanted.name_of(feature, of_id(each)) for each in plan["features"]]
                values["features"] = sorted(filter(None, names))
            word = kind.replace("_", " ")
            if plan.get("cancellation_period"):
                told = "its cancellation period is kept nowhere here."
                self.wanted.report.miss(f"{word} {plan.get('name')}", told)
            key = self.wanted.put((kind, of_id(plan)), word, values, home)
            if key is None:
                continue
            keys.append(key)
            if kind == "application_plan":
                self._parts(plan, key)
        where = home[-1][1] if home else ""
        self.wanted.order(("order", f"{kind}:{where}"), keys)

    def _parts(self, plan: Record, key: Key) -> None:
        for limit in self._below("limit", plan, "limits"):
            metric = self.metric_of(limit["metric_id"])
            values = {"metric": metric, **taken(limit, ("period", "value"))}
            if self._is_known(metric, key, f"a limit of {values.get('value')}"):
                self.wanted.put(("limit", of_id(limit)), "limit", values, key)
        for rule in self._below("pricing_rule", plan, "pricing_rules"):
            metric = self.metric_of(rule["metric_id"])
            values = {"metric": metric, **taken(rule, ("min", "max", "cost_per_unit"))}
            if self._is_known(metric, key, f"the price from {values.get('min')} on"):
                self.wanted.put(("pricing_rule", of_id(rule)), "pricing rule", values, key)

    def _is_known(self, metric: str, key: Key, what: str) -> bool:
        if not metric:
            told = "its metric could not be taken over."
            self.wanted.report.miss(f"{key[0][1]}, {key[-1][1]}, {what}", told)
        return bool(metric)

    def metric_of(self, foreign_id: Any) -> str:
        """Tell what a metric or method is called here; empty for one that is not."""
        for kind in ("metric", "method"):
            if name := self.wanted.name_of(kind, foreign_id):
                return name
        for kind in ("backend_metric", "backend_method"):
            key = self.wanted.keys.get((kind, str(foreign_id)))
            if key:
                return f"{key[0][1]}/{key[-1][1]}"
        return ""

    def _backend(self, backend: Record) -> None:
        values = taken(backend, ("system_name", "name", "description", "private_endpoint"))
        values |= _keeper(backend)
        key = self.wanted.put(("backend_api", of_id(backend)), BACKEND, values)
        if key is not None:
            self._counted(backend, key, "backend_")
            self._rules(backend, key, "backend_")

    def _counted(self, record: Record, home: Key, before: str) -> None:
        """Put metrics, and methods below `hits`. `before` is what their kinds begin with."""
        word = before.replace("_", " ")
        metrics = list(self._below(f"{before}metric", record, "metrics"))
        for metric in sorted(metrics, key=lambda each: _metric_name(each) != HITS):
            values = taken(metric, ("friendly_name", "unit", "description"))
            values["system_name"] = _metric_name(metric)
            name = (f"{before}metric", of_id(metric))
            self.wanted.put(name, f"{word}metric", values, home)
            for method in self._below(f"{before}method", metric, "methods"):
                values = taken(method, ("friendly_name", "unit", "description"))
                values["system_name"] = _metric_name(method)
                if "unit" in metric:
                    values.setdefault("unit", metric["unit"])
                name = (f"{before}method", of_id(method))
                self.wanted.put(name, f"{word}method", values, home)

    def _rules(self, record: Record, home: Key, before: str) -> None:
        kind = f"{before}mapping_rule"
        rules = sorted(
            self._below(kind, record, "mapping_rules"), key=lambda each: each.get("position") or 0
        )
        keys: list[Key] = []
        for rule in rules:
            metric = self.metric_of(rule["metric_id"]).rpartition("/")[2]
            values = {"metric": metric, **taken(rule, RULE)}
            what = f"the rule {rule.get('http_method')} {rule.get('pattern')}"
            if not self._is_known(metric, home, what):
                continue
            word = kind.replace("_", " ")
            key = self.wanted.put((kind, of_id(rule)), word, values, home)
            if key is not None:
                keys.append(key)
        self.wanted.order(("order", f"{kind}:{home[0][1]}"), keys)

    def _service(self, service: Record) -> None:
        topic = OF_WORD["service"]
        names = tuple(each.name for each in topic.fields if each.name not in {"default"})
        values = taken(service, names) | _keeper(service)
        settings = service.get("notification_settings") or {}
        for channel in LEVELS:
            if channel in settings:
                levels = " ".join(str(level) for level in settings[channel])
                values[f"{channel}_levels"] = levels
        home = self.wanted.put(("service", of_id(service)), "service", values)
        if home is None:
            return
        self._counted(service, home, "")
        self._rules(service, home, "")
        for usage in self._below("backend_usage", service, "backend_usages"):
            backend_id = usage.get("backend_id", usage.get("backend_api_id"))
            name = self.wanted.name_of("backend_api", backend_id)
            values = {"backend_api": name, **taken(usage, ("path",))}
            if name:
                self.wanted.put(("backend_usage", of_id(usage)), "backend usage", values, home)
            else:
                told = "the backend API could not be taken over."
                self.wanted.report.miss(f"service {home[0][1]}, usage at {usage.get('path')}", told)
        self._proxy(service, home)
        for feature in self._below("feature", service, "features"):
            values = taken(feature, ("system_name", "name", "description", "scope"))
            self.wanted.put(("feature", of_id(feature)), "feature", values, home)
        self._plans("application_plan", service.get("application_plans", ()), home, "feature")
        self._plans("service_plan", service.get("service_plans", ()), home, "feature")

    def _proxy(self, service: Record, home: Key) -> None:
        proxy: Mapping[str, Any] = service.get("proxy") or {}
        names = tuple(each.name for each in OF_WORD["proxy"].fields if each.name != "policy_chain")
        values = {name: value for name, value in taken(proxy, names).items() if value is not None}
        values |= taken(proxy.get("oidc_configuration") or {}, names)
        usages = service.get("backend_usages") or ()
        if any((usage.get("path") or "/") == "/" for usage in usages):
            values["api_backend"] = ""  # the backend API that is mounted there says it
        if "policies_config" in proxy:
            values["policy_chain"] = self._chain(proxy["policies_config"] or [], home)
        if values:
            self.wanted.put(("proxy", of_id(service)), "proxy", values, home)

    def _chain(self, chain: Sequence[Mapping[str, Any]], home: Key) -> list[dict[str, Any]]:
        """Take a chain as it stands; alone, the one policy that each has is none at all."""
        links = [
            {
                name: value
                for name, value in link.items()
                if name in {"name", "version", "configuration", "enabled"}
                and not (name == "enabled" and value)
            }
            for link in chain
        ]
        for link in links:
            if link.get("name") in FOREIGN:
                what = f"service {home[0][1]}, policy {link['name']}"
                told = "no gateway here does it yet: it is kept, and the service is not deployed."
                self.wanted.report.miss(what, told, "Take it out of the chain to deploy.")
        bare = {"name": "apicast", "version": "builtin", "configuration": {}}
        return [] if links == [bare] else links

    def _webhook(self) -> None:
        record = self.tenant.webhook
        if not record:
            return
        events = [
            name.removesuffix("_on") for name, on in record.items() if name.endswith("_on") and on
        ]
        names = ("url", "active", "provider_actions", "push_application_content_type")
        values = {"name": "webhooks", "payload": "reference", "event_types": sorted(events)}
        self.wanted.put(("webhook", "1"), "webhook", values | taken(record, names))

    def _drop_gone(self) -> None:
        homes = set(self.wanted.keys.values())
        for name, key in list(self.wanted.gone(SMALL, self.delivered)):
            if key[:-1] in homes:
                self.wanted.remove(name, key)
        for name, key in self.wanted.gone(LARGE, self.delivered):
            if key[:-1] not in homes and (key[:-1] or self.tenant.is_part):
                continue  # what it belongs to is told, or another part of the tenant has it
            what = ", ".join(" ".join(part) for part in key)
            told = f"it is gone there ({name[0]} {name[1]}), and still here."
            self.wanted.report.miss(what, told, "Delete it if you want that.")


def _metric_name(metric: Record) -> str:
    """Tell the system name of a metric: of a backend API without the id that ends it there."""
    name = str(metric.get("system_name") or metric.get("name") or "")
    backend_id = metric.get("backend_api_id")
    return name.removesuffix(f".{backend_id}") if backend_id else name


def _made_name(plan: Record) -> str:
    """Make a system name of what does not tell one."""
    text = "".join(sign if sign.isalnum() else "_" for sign in str(plan.get("name", "")).lower())
    return text.strip("_") or f"plan_{plan.get('id')}"
