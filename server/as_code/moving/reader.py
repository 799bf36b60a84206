"""Reads a tenant through its Account Management API into records."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from server.as_code.moving.client import (
    NOT_THERE,
    PER_PAGE_OF_CMS,
    Api,
    Failing,
    NoAccess,
    NotThere,
)
from server.as_code.moving.counters import Counters
from server.as_code.moving.tenant import CannotMove, Record, Tenant, Untaken
from server.domain.fields import HIDDEN
from server.domain.services.metrics import HITS

NOT_TOLD = (
    Untaken("webhooks", "The API there tells nothing of them.", "Set them up in Webhooks."),
    Untaken("messages", "The API there tells no messages.", "They stay where they are."),
    Untaken("mail templates", "The API there tells none.", "Copy those that you changed."),
    Untaken("groups and redirects", "The API there tells none.", "Set them up in the portal."),
    Untaken("passwords", "Nobody is told them.", "People choose new ones by a link in a mail."),
    Untaken("access tokens", "Nobody is told them.", "Make new ones here."),
    Untaken("statistics of the past", "Only windows that run are read.", "Keep an export."),
    Untaken("invoices", "There is no billing here.", "They stay where they are."),
)
NOT_KNOWN = "There is no such list there (404): that version does not know it."
ENVIRONMENTS = ("sandbox", "production")


class ApiReader:
    """Reads a tenant; what can't be read is told and left out."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._services: dict[str, Record] = {}
        self._plans: dict[str, Record] = {}
        self._counters = Counters(api)

    @property
    def origin(self) -> str:
        return self._api.host

    def tenant(self) -> Tenant:
        """Read all but the customers. Raises: CannotMove."""
        api, tenant = self._api, Tenant(origin=self._api.host)
        provider = api.one("/provider")
        if not provider or "id" not in provider:
            raise CannotMove(f"{api.url}: {NOT_THERE}")
        tenant.provider = provider
        tenant.untaken += NOT_TOLD
        tell = tenant.untaken
        with self._part(tell, "settings"):
            tenant.settings = api.one("/settings") or {}
        with self._part(tell, "fields"):
            tenant.fields_definitions = list(api.whole("/fields_definitions"))
        with self._part(tell, "features of account plans"):
            tenant.features = list(api.whole("/features"))
        tenant.account_plans = [
            self._with_features(plan, "account_plans") for plan in api.whole("/account_plans")
        ]
        with self._part(tell, "policies of your own"):
            tenant.policies = list(api.whole("/registry/policies"))
        tenant.backend_apis = self._backends(tell)
        tenant.services = [self._service(each) for each in api.whole("/services")]
        with self._part(tell, "ActiveDocs"):
            tenant.active_docs = list(api.whole("/active_docs"))
        with self._part(tell, "logins by an account elsewhere"):
            found = api.whole("/authentication_providers")
            tenant.authentication_providers = list(found)
        self._tell_team(tell)
        self._read_portal(tenant)
        self._keep(tenant)
        return tenant

    @contextmanager
    def _part(self, untaken: list[Untaken], what: str) -> Iterator[None]:
        """Read a part that all else does without; why there is none is told."""
        try:
            yield
        except NoAccess:
            told = "The token does not open it."
            untaken.append(Untaken(what, told, "Give it all scopes, and run this again."))
        except NotThere:
            untaken.append(Untaken(what, NOT_KNOWN))
        except Failing as error:
            untaken.append(Untaken(what, str(error)))

    def _keep(self, tenant: Tenant) -> None:
        """Remember what is asked about when the customers are read."""
        self._services = {str(each["id"]): each for each in tenant.services}
        self._plans = {
            str(plan["id"]): plan
            for service in tenant.services
            for plan in service["application_plans"]
        }
        self._counters.know(tenant)
        for service in tenant.services:
            endpoint = (service.get("proxy") or {}).get("endpoint")
            if endpoint:
                what = f"service {service.get('system_name')}, its address {endpoint}"
                told = "It leads there still."
                way = "Claim it as a domain here and change its DNS, or keep your gateway before."
                tenant.untaken.append(Untaken(what, told, way))

    def _with_features(self, plan: Record, kind: str) -> Record:
        features = self._api.every(f"/{kind}/{plan['id']}/features")
        return {**plan, "features": [{"id": each["id"]} for each in features]}

    def _counted(self, record: Record, path: str) -> Record:
        """Read metrics, and methods below `hits`, which some lists name among the metrics too."""
        metrics = [dict(each) for each in self._api.every(f"{path}/metrics")]
        methods: set[Any] = set()
        for metric in metrics:
            name = str(metric.get("system_name") or metric.get("name"))
            if name == HITS or name.startswith(f"{HITS}."):
                found = list(self._api.every(f"{path}/metrics/{metric['id']}/methods"))
                metric["methods"] = found
                methods.update(each["id"] for each in found)
        tops = [metric for metric in metrics if metric["id"] not in methods]
        return {**record, "metrics": tops}

    def _backends(self, untaken: list[Untaken]) -> list[Record]:
        """Read the backend APIs, all or, of a version that knows none, none."""
        try:
            return [self._backend(each) for each in self._api.whole("/backend_apis")]
        except NotThere:
            untaken.append(Untaken("backend APIs", NOT_KNOWN))
            return []

    def _tell_team(self, untaken: list[Untaken]) -> None:
        with self._part(untaken, "the team"):
            people = [str(each.get("username")) for each in self._api.whole("/users")]
            told = f"{len(people)} people log in there: {', '.join(people[:20])}."
            untaken.append(Untaken("the team", told, "Add them to the team here."))

    def _backend(self, record: Record) -> Record:
        path = f"/backend_apis/{record['id']}"
        rules = list(self._api.every(f"{path}/mapping_rules"))
        return {**self._counted(record, path), "mapping_rules": rules}

    def _service(self, record: Record) -> Record:
        api, path = self._api, f"/services/{record['id']}"
        service = dict(self._counted(record, path))
        service["mapping_rules"] = list(api.every(f"{path}/proxy/mapping_rules"))
        service["backend_usages"] = list(api.every(f"{path}/backend_usages"))
        proxy = dict(api.one(f"{path}/proxy") or {})
        chain = api.get(f"{path}/proxy/policies")
        if isinstance(chain, dict) and "policies_config" in chain:
            proxy["policies_config"] = chain["policies_config"]
        flows = api.one(f"{path}/proxy/oidc_configuration")
        if flows:
            proxy["oidc_configuration"] = {k: v for k, v in flows.items() if k != "id"}
        service["proxy"] = proxy
        service["configs"] = {
            name: api.one(f"{path}/proxy/configs/{name}/latest") for name in ENVIRONMENTS
        }
        service["service_token"] = _service_token(service)
        service["features"] = list(api.every(f"{path}/features"))
        service["application_plans"] = [
            self._plan(plan) for plan in api.every(f"{path}/application_plans")
        ]
        service["service_plans"] = [
            self._with_features(plan, "service_plans")
            for plan in api.every(f"{path}/service_plans")
        ]
        return service

    def _plan(self, record: Record) -> Record:
        path = f"/application_plans/{record['id']}"
        plan = dict(self._with_features(record, "application_plans"))
        plan["limits"] = list(self._api.every(f"{path}/limits"))
        plan["pricing_rules"] = list(self._api.every(f"{path}/pricing_rules"))
        return plan

    def _read_portal(self, tenant: Tenant) -> None:
        api, tell = self._api, tenant.untaken
        with self._part(tell, "content of the portal"):
            tenant.sections = list(api.whole("/cms/sections", per_page=PER_PAGE_OF_CMS))
            pages = api.every("/cms/templates", per_page=PER_PAGE_OF_CMS, content="true")
            tenant.templates = list(pages)
            files = list(api.every("/cms/files", per_page=PER_PAGE_OF_CMS))
            tenant.files = [self._file(each, tell) for each in files]

    def _file(self, record: Record, untaken: list[Untaken]) -> Record:
        """Read the bytes of a file, which the portal gives."""
        url = str(record.get("url") or "")
        what = f"file {record.get('path')}"
        if urlsplit(url).scheme not in {"http", "https"}:
            untaken.append(Untaken(what, "Where it is is not told there.", "Upload it."))
            return record
        try:
            answer = self._api.ask(url, {}, is_open=True)
        except CannotMove as error:
            untaken.append(Untaken(what, str(error), "Upload it."))
            return record
        if answer.status != 200:
            told = f"The portal there answers {answer.status}: it is closed, or the file is."
            untaken.append(Untaken(what, told, "Open it for the time being, or upload the file."))
            return record
        return {**record, "content": answer.body}

    def accounts(self) -> Iterable[Record]:
        """Read the accounts, page by page. Raises: CannotMove."""
        return self._api.whole("/accounts")

    def complete(self, account: Record) -> tuple[Record, list[Untaken]]:
        """Read users, applications and subscriptions of an account. Raises: CannotMove."""
        api, path = self._api, f"/accounts/{account['id']}"
        untaken: list[Untaken] = []
        whole = dict(account)
        whole["plan"] = api.one(f"{path}/plan") or {}
        whole["users"] = list(api.every(f"{path}/users"))
        whole["service_subscriptions"] = list(api.every(f"{path}/service_subscriptions"))
        whole["applications"] = [
            self._application(each, path, untaken) for each in api.every(f"{path}/applications")
        ]
        return whole, untaken

    def _application(self, record: Record, path: str, untaken: list[Untaken]) -> Record:
        service = self._services.get(str(record.get("service_id")), {})
        application = dict(record)
        own = f"{path}/applications/{record['id']}"
        if str(service.get("backend_version", "1")) != "1":
            application["keys"] = _texts(self._api.every(f"{own}/keys"))
        if service.get("referrer_filters_required"):
            application["referrer_filters"] = _texts(self._api.every(f"{own}/referrer_filters"))
        plan = self._plans.get(str(record.get("plan_id")))
        if plan is None:
            plan = self._own_plan(record)
            if plan is not None:
                application["plan"] = {**plan, "custom": True}
        application["usage"] = self._counters.read(application, plan or {}, untaken)
        return application

    def _own_plan(self, record: Record) -> Record | None:
        """Read a plan that was made for one application."""
        path = f"/services/{record.get('service_id')}/application_plans/{record.get('plan_id')}"
        plan = self._api.one(path)
        return self._plan(plan) if plan else None


def _texts(rows: Iterable[Record]) -> list[str]:
    return [str(row["value"]) for row in rows if row.get("value")]


def _service_token(service: Record) -> str:
    """Find the token that gateways have of a service: the configurations that they read tell it."""
    for name in ENVIRONMENTS:
        content = (service["configs"].get(name) or {}).get("content") or {}
        token = content.get("backend_authentication_value")
        if content.get("backend_authentication_type") == "service_token" and token != HIDDEN:
            return str(token or "")
    return ""
