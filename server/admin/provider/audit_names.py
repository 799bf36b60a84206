"""What the ids of the audit log stand for: names, and the pages that they lead to."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import literal, select, union_all
from sqlmodel import SQLModel, col

from server.admin.context import AdminContext
from server.domain.accounts.accounts import Account
from server.domain.accounts.authentication_providers import AuthenticationProvider
from server.domain.accounts.users import User
from server.domain.applications.applications import Application
from server.domain.events import EventRecord
from server.domain.plans.features import AccountFeature, Feature
from server.domain.plans.plans import AccountPlan, ApplicationPlan, ServicePlan
from server.domain.portal.api_docs import ApiDocs
from server.domain.portal.files import PortalFile
from server.domain.portal.forum import ForumCategory, ForumTopic
from server.domain.portal.gallery import GalleryEntry
from server.domain.portal.groups import Group
from server.domain.portal.pages import Template
from server.domain.portal.redirects import Redirect
from server.domain.portal.sections import Section
from server.domain.provider.domains import Domain
from server.domain.provider.field_definitions import FieldDefinition
from server.domain.provider.providers import Provider
from server.domain.provider.tokens import AccessToken
from server.domain.provider.webhooks import WebhookEndpoint
from server.domain.services.backend_apis import BackendApi, BackendUsage
from server.domain.services.configs import ProxyConfig
from server.domain.services.mapping_rules import MappingRule
from server.domain.services.metrics import Metric
from server.domain.services.registry_policies import RegistryPolicy
from server.domain.services.services import Service

Key = tuple[type[SQLModel], int]


@dataclass(frozen=True, slots=True)
class Link:
    """A name; `path` is its page below the portal's home, empty where it has none."""

    name: str
    path: str = ""


NAMES: Mapping[type[SQLModel], Any] = {
    Account: col(Account.org_name),
    AccountFeature: col(AccountFeature.name),
    AccountPlan: col(AccountPlan.name),
    AccessToken: col(AccessToken.name),
    ApiDocs: col(ApiDocs.name),
    Application: col(Application.name),
    ApplicationPlan: col(ApplicationPlan.name),
    AuthenticationProvider: col(AuthenticationProvider.name),
    BackendApi: col(BackendApi.name),
    BackendUsage: col(BackendUsage.path),
    Domain: col(Domain.name),
    Feature: col(Feature.name),
    FieldDefinition: col(FieldDefinition.label),
    ForumCategory: col(ForumCategory.name),
    ForumTopic: col(ForumTopic.title),
    GalleryEntry: col(GalleryEntry.title),
    MappingRule: col(MappingRule.http_method) + " " + col(MappingRule.pattern),
    Metric: col(Metric.friendly_name),
    Provider: col(Provider.name),
    ProxyConfig: col(ProxyConfig.environment),
    Service: col(Service.name),
    ServicePlan: col(ServicePlan.name),
    Group: col(Group.name),
    PortalFile: col(PortalFile.path),
    Redirect: col(Redirect.source),
    RegistryPolicy: col(RegistryPolicy.name),
    Section: col(Section.title),
    Template: col(Template.name),
    User: col(User.username),
    WebhookEndpoint: col(WebhookEndpoint.name),
}
SUBJECTS: Mapping[str, type[SQLModel]] = {  # by what a kind names before the dot
    "access_token": AccessToken,
    "account": Account,
    "account_feature": AccountFeature,
    "api_docs": ApiDocs,
    "application": Application,
    "backend_api": BackendApi,
    "backend_usage": BackendUsage,
    "domain": Domain,
    "feature": Feature,
    "group": Group,
    "authentication_provider": AuthenticationProvider,
    "field_definition": FieldDefinition,
    "forum_category": ForumCategory,
    "forum_topic": ForumTopic,
    "gallery_entry": GalleryEntry,
    "mapping_rule": MappingRule,
    "metric": Metric,
    "portal_file": PortalFile,
    "provider": Provider,
    "proxy_config": ProxyConfig,
    "redirect": Redirect,
    "registry_policy": RegistryPolicy,
    "section": Section,
    "service": Service,
    "template": Template,
    "user": User,
    "webhook_endpoint": WebhookEndpoint,
}
PLANS: Mapping[str, type[SQLModel]] = {
    kind.__name__: kind for kind in (AccountPlan, ApplicationPlan, ServicePlan)
}
FIELDS: Mapping[str, type[SQLModel]] = {  # of changes and facts
    "account_id": Account,
    "account_plan_id": AccountPlan,
    "application_id": Application,
    "backend_api_id": BackendApi,
    "category_id": ForumCategory,
    "topic_id": ForumTopic,
    "metric_id": Metric,
    "parent_id": Metric,
    "plan_id": ApplicationPlan,
    "section_id": Section,
    "service_id": Service,
    "service_plan_id": ServicePlan,
}
PATHS: Mapping[type[SQLModel], str] = {
    AccessToken: "/tokens",
    Account: "/accounts/{id}",
    AccountFeature: "/account_plans#features",
    ApiDocs: "/api_docs/{id}",
    Application: "/applications/{id}",
    ApplicationPlan: "/services/{service}/plans/{id}",
    BackendApi: "/backend_apis/{id}",
    BackendUsage: "/services/{service}/backends/{id}",
    Domain: "/domains/{id}",
    Feature: "/services/{service}/plans#features",
    AuthenticationProvider: "/authentication_providers/{id}",
    FieldDefinition: "/field_definitions/{id}",
    ForumCategory: "/forum/categories/{id}",
    ForumTopic: "/forum/topics/{id}",
    GalleryEntry: "/gallery",
    MappingRule: "/services/{service}/mapping_rules/{id}",
    Metric: "/services/{service}/metrics/{id}",
    ProxyConfig: "/services/{service}/configs/{name}/{id}",
    RegistryPolicy: "/registry_policies/{id}",
    Service: "/services/{id}",
    User: "/accounts/{account}",
    WebhookEndpoint: "/webhooks/{id}",
}
TEAM = "/team/{id}"  # of a user without an account
NEEDS: Mapping[str, str] = {"{service}": "service_id", "{account}": "account_id"}


class AuditNames:
    """The names of all that some events are about. Cost: one statement."""

    def __init__(self, ctx: AdminContext, events: Iterable[EventRecord]) -> None:
        wanted: dict[type[SQLModel], set[int]] = {}
        for model, row_id in (key for event in events for key in _keys_of(event)):
            wanted.setdefault(model, set()).add(row_id)
        self._names: dict[Key, str] = {}
        if wanted:
            by_table = {model.__name__: model for model in wanted}
            for table, row_id, name in ctx.db.execute(union_all(*_selects(ctx, wanted))):
                self._names[by_table[table], row_id] = name

    def subject_of(self, event: EventRecord) -> Link | None:
        """Tell what an event is about; None when it is about nothing in particular."""
        head = event.kind.partition(".")[0]
        if head == "setting":
            return Link("Settings", "/settings")
        if head == "proxy" and event.service_id is not None:
            return self._of_service(event, "Integration", "integration")
        if head in {"usage_limit", "pricing_rule"} and event.service_id is not None:
            plan_id = event.facts.get("plan_id")
            return self._link(event, ApplicationPlan, plan_id) if plan_id else None
        if event.subject_id is None:
            return None
        model = _subject_model(event)
        return Link(f"#{event.subject_id}") if model is None else self._of(event, model)

    def value_of(self, event: EventRecord, field: str, value: Any) -> Link | None:
        """Tell what a value of a change or fact stands for; None for one that stands for itself."""
        model = _model_of(event, field)
        if model is None or not isinstance(value, int):
            return None
        return self._link(event, model, value)

    def _of(self, event: EventRecord, model: type[SQLModel]) -> Link:
        link = self._link(event, model, event.subject_id or 0)
        if model is ProxyConfig and link.path:
            version = event.payload.get("version", [None, ""])[-1]
            return Link(f"Version {version} in {link.name}", link.path)
        return link

    def _of_service(self, event: EventRecord, words: str, page: str) -> Link:
        name = self._names.get((Service, event.service_id or 0))
        if name is None:
            return Link(words)
        return Link(f"{words} of {name}", f"/services/{event.service_id}/{page}")

    def _link(self, event: EventRecord, model: type[SQLModel], row_id: int) -> Link:
        """Tell a row's name and page; one that is gone has the name that its end told."""
        name = self._names.get((model, row_id))
        if name is None:
            told = event.facts.get("name") if row_id == event.subject_id else None
            return Link(f"{told or f'#{row_id}'} (deleted)")
        is_staff = model is User and event.account_id is None
        path = TEAM if is_staff else PATHS.get(model, "")
        if any(place in path and getattr(event, NEEDS[place]) is None for place in NEEDS):
            return Link(name)
        values = {"service": event.service_id, "account": event.account_id, "id": row_id}
        return Link(name, path.format(**values, name=name))


def _keys_of(event: EventRecord) -> Iterator[Key]:
    """Name the rows that an event's line tells of."""
    subject = _subject_model(event)
    if subject is not None and event.subject_id is not None:
        yield subject, event.subject_id
    if event.service_id is not None:
        yield Service, event.service_id
    pairs = ((name, value) for name, both in event.payload.items() for value in both)
    for name, value in (*event.facts.items(), *pairs):
        model = _model_of(event, name)
        if model is not None and isinstance(value, int):
            yield model, value


def _model_of(event: EventRecord, field: str) -> type[SQLModel] | None:
    """Tell what a field names: of a section its parent is one too."""
    if field == "parent_id" and event.kind.startswith("section."):
        return Section
    return FIELDS.get(field)


def _subject_model(event: EventRecord) -> type[SQLModel] | None:
    head = event.kind.partition(".")[0]
    return PLANS.get(str(event.facts.get("plan"))) if head == "plan" else SUBJECTS.get(head)


def _selects(ctx: AdminContext, wanted: Mapping[type[SQLModel], set[int]]) -> Iterator[Any]:
    """Select the names of a provider's rows, table by table."""
    for model, ids in wanted.items():
        table: Any = model
        query = select(literal(model.__name__), table.id, NAMES[model]).where(table.id.in_(ids))
        owner = table.id if model is Provider else table.provider_id
        yield query.where(owner == ctx.provider.id)
