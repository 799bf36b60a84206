"""What drops read from: one provider's rows, and only one account's of those that are private."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import groupby
from typing import Any, TypeVar

from sqlalchemy import bindparam
from sqlalchemy.orm import defer
from sqlmodel import Session, SQLModel, col, select

from cms.content.catalogs import ENGLISH
from cms.liquid.drops.application_rows import ApplicationRows
from cms.liquid.drops.login_ways import LoginWay, SSOLogin, login_way_of
from cms.liquid.language import Language, language_of
from server.actions.accounts.authentication_providers import logins_query, published_query
from server.actions.plans.catalogue import (
    list_choosable_plans_by_service,
    offered_account_plans,
    offered_api_docs,
    offered_service_plans,
    open_environments,
)
from server.actions.plans.changes import has_card
from server.actions.plans.features import INCLUDES
from server.actions.portal.api_docs import API_DOCS
from server.actions.portal.legal import is_said
from server.actions.provider.field_definitions import list_definitions
from server.domain.accounts.accounts import Account, ServiceContract
from server.domain.accounts.users import User
from server.domain.actors import Actor
from server.domain.applications.applications import Application
from server.domain.installation import Installation
from server.domain.messages.alerts import Alert
from server.domain.messages.messages import Folder, Message, MessageCopy
from server.domain.plans.changes import OF_CARDS, permission_with_card
from server.domain.plans.features import Feature
from server.domain.plans.limits import UsageLimit
from server.domain.plans.plans import AccountPlan, ApplicationPlan, Plan, ServicePlan
from server.domain.plans.pricing_rules import PricingRule
from server.domain.portal.api_docs import ApiDocs
from server.domain.portal.forum import ForumCategory, ForumPost, ForumTopic
from server.domain.portal.legal import TermsKind
from server.domain.provider.field_definitions import FieldDefinition, FieldTarget
from server.domain.provider.field_values import shown_to_developers
from server.domain.provider.providers import Provider
from server.domain.provider.settings import Setting
from server.domain.services.backend_apis import BackendUsage
from server.domain.services.metrics import Metric
from server.domain.services.proxies import Proxy
from server.domain.services.services import Service

Row = TypeVar("Row", bound=SQLModel)
PlanRow = TypeVar("PlanRow", AccountPlan, ApplicationPlan, ServicePlan)
MOST_ROWS = 100  # of one list on one page
LATEST = 20  # messages, where a few of them are shown
OF_APPLICATIONS: Mapping[type[SQLModel], str] = {
    ApplicationPlan: "plan_id",
    Service: "service_id",
}
# What most pages ask for, built once.
LEGAL = (TermsKind.SIGNUP, TermsKind.PRIVACY, TermsKind.REFUNDS)  # texts with a page of their own
SETTINGS = select(Setting, *(is_said(kind, bindparam("provider_id")) for kind in LEGAL)).where(
    Setting.provider_id == bindparam("provider_id")
)
SERVICES = (
    select(Service)
    .where(Service.provider_id == bindparam("provider_id"), Service.state == "published")
    .order_by(col(Service.id))
    .limit(MOST_ROWS)
)
APPLICATIONS = (
    select(Application, ApplicationPlan, Service)
    .join(ApplicationPlan, col(ApplicationPlan.id) == Application.plan_id)
    .join(Service, col(Service.id) == Application.service_id)
    .where(Application.provider_id == bindparam("provider_id"))
    .where(Application.account_id == bindparam("account_id"))
    .order_by(col(Application.id))
    .limit(MOST_ROWS)
)
PROXIES = select(Proxy).where(Proxy.provider_id == bindparam("provider_id"))
LATEST_MESSAGES = (
    select(MessageCopy, Message)
    .join(Message, col(Message.id) == MessageCopy.message_id)
    .where(MessageCopy.provider_id == bindparam("provider_id"))
    .where(MessageCopy.account_id == bindparam("account_id"))
    .where(MessageCopy.folder == Folder.INBOX)
    .order_by(col(MessageCopy.id).desc())
    .limit(LATEST)
)


@dataclass
class RenderData:
    """The rows of one render. Whole tables of the catalogue are read at once, when asked for."""

    db: Session
    installation: Installation
    provider: Provider
    account_id: int | None = None  # whose private rows may be seen
    chosen_plans: frozenset[int] = field(default_factory=frozenset)
    noted: tuple[Application, ...] = ()  # of the page's list
    locale: str = ENGLISH  # in which drops say what this program says
    user_id: int | None = None  # who looks
    role: str = ""  # his role in the account; empty for nobody
    return_to: str = ""  # the page after a login
    _kept: dict[tuple[type, int], object] = field(default_factory=dict)
    _environments: Mapping[int, str] = field(default_factory=dict)
    _choosable: Mapping[int, Sequence[ApplicationPlan]] = field(default_factory=dict)
    _features: dict[type[Plan], dict[int, list[Any]]] = field(default_factory=dict)

    def __getstate__(self) -> dict[str, object]:
        """Tell only whose rows these are; another process reads them itself."""
        told = ("provider", "account_id", "chosen_plans", "noted", "locale", "user_id", "role")
        return {name: getattr(self, name) for name in (*told, "return_to")}

    def attach(self, db: Session, installation: Installation) -> None:
        """Read from here from now on, after it was pickled."""
        self.db, self.installation = db, installation
        self._kept, self._environments, self._choosable, self._features = {}, {}, {}, {}

    def row(self, model: type[Row], row_id: int) -> Row:
        """Read a row by its id; the session alone would forget it when no drop holds it."""
        key = (model, row_id)
        if key not in self._kept and model in OF_APPLICATIONS:
            self._read_of_noted(model, row_id)
        if key not in self._kept:
            self._kept[key] = self.db.get_one(model, row_id)
        found = self._kept[key]
        if not isinstance(found, model):
            raise TypeError(f"{found!r} is no {model.__name__}")
        return found

    def _read_of_noted(self, model: Any, row_id: int) -> None:
        """Read the plans or the services of all applications of the page's list, at once."""
        ids = {getattr(each, OF_APPLICATIONS[model]) for each in self.noted}
        if row_id in ids and len(ids) > 1:
            for row in self.db.exec(select(model).where(col(model.id).in_(ids))):
                self._kept[model, row.id] = row

    @property
    def language(self) -> Language:
        """The language of who looks."""
        return language_of(self.locale)

    @property
    def now(self) -> datetime:
        return self.installation.clock.now()

    @cached_property
    def settings(self) -> Setting:
        """The provider's switches."""
        settings: Setting = self._settings[0]
        return settings

    @cached_property
    def has_card(self) -> bool:
        """Whether the card of the account is on file."""
        return self.account_id is not None and has_card(self.db, self.account_id)

    def plan_change(self, permission: str) -> str:
        """Tell how plans change for the account that looks, by what the provider says."""
        asks = permission in OF_CARDS
        return permission_with_card(permission, has_card=asks and self.has_card)

    @cached_property
    def field_definitions(self) -> Mapping[FieldTarget, list[FieldDefinition]]:
        """The fields that developers see, in their order."""
        rows = shown_to_developers(list_definitions(self.db, self.provider.id))
        return {target: [row for row in rows if row.target == target] for target in FieldTarget}

    @cached_property
    def services(self) -> Sequence[Service]:
        """The published services."""
        return self.db.exec(SERVICES, params={"provider_id": self.provider.id}).all()

    @cached_property
    def legal_kinds(self) -> frozenset[str]:
        """The kinds of legal texts that there are today."""
        said = zip(LEGAL, self._settings[1:], strict=True)
        return frozenset(kind for kind, is_there in said if is_there)

    @cached_property
    def _settings(self) -> Any:
        """The switches, and which legal texts there are, read at once."""
        return self.db.exec(SETTINGS, params={"provider_id": self.provider.id}).one()

    @cached_property
    def login_ways(self) -> Sequence[LoginWay]:
        """The providers of identity that one may log in by, without what is secret of them."""
        rows = self.db.exec(published_query(self.provider.id).limit(MOST_ROWS))
        base = self.installation.addresses.portal(self.provider)
        return [login_way_of(row, base, self.return_to) for row in rows]

    @cached_property
    def sso_logins(self) -> Mapping[int, list[SSOLogin]]:
        """The logins that users of the account are connected with, by user."""
        query = logins_query(self.provider.id).where(User.account_id == self.account_id)
        found: dict[int, list[SSOLogin]] = defaultdict(list)
        for own, row in self.db.exec(query.limit(MOST_ROWS)):
            found[own.user_id].append(SSOLogin(row.system_name, row.name))
        return found

    @cached_property
    def api_docs(self) -> Sequence[ApiDocs]:
        """The specifications that developers may read, without their texts."""
        query = offered_api_docs(Actor.anonymous(self.provider.id))
        query = query.options(*map(defer, API_DOCS.listing.left_out))
        return self.db.exec(query.order_by(col(ApiDocs.id)).limit(MOST_ROWS)).all()

    @cached_property
    def plans(self) -> Sequence[ApplicationPlan]:
        """The published application plans of all services, in their order."""
        return self._published(ApplicationPlan)

    def _published(self, kind: type[PlanRow]) -> Sequence[PlanRow]:
        query = select(kind).where(kind.provider_id == self.provider.id, kind.state == "published")
        return self.db.exec(query.order_by(col(kind.position), col(kind.id))).all()

    def is_bought(self, plan: Plan) -> bool:
        """Tell whether the account that looks is on a plan, or has something on it."""
        if self.account is None:
            return False
        if isinstance(plan, AccountPlan):
            return self.account.account_plan_id == plan.id
        if isinstance(plan, ServicePlan):
            return plan.id in self.subscribed_plans
        return any(application.plan_id == plan.id for application in self.applications)

    @cached_property
    def subscribed_plans(self) -> frozenset[int]:
        """The service plans that the account is subscribed on."""
        query = select(ServiceContract.service_plan_id)
        return frozenset(self.db.exec(query.where(ServiceContract.account_id == self.account_id)))

    @cached_property
    def service_plans(self) -> Sequence[ServicePlan]:
        """The published service plans of all services, where the provider shows them."""
        query = offered_service_plans(Actor.anonymous(self.provider.id))
        return self.db.exec(query.order_by(col(ServicePlan.position), col(ServicePlan.id))).all()

    @cached_property
    def account_plans(self) -> Sequence[AccountPlan]:
        """The published account plans, where the provider shows them."""
        query = offered_account_plans(Actor.anonymous(self.provider.id))
        return self.db.exec(query.order_by(col(AccountPlan.position), col(AccountPlan.id))).all()

    @cached_property
    def contracts(self) -> dict[int, ServiceContract]:
        """The account's subscriptions, by service; their plans are read with them."""
        query = (
            select(ServiceContract, ServicePlan, Service)
            .join(ServicePlan, col(ServicePlan.id) == ServiceContract.service_plan_id)
            .join(Service, col(Service.id) == ServiceContract.service_id)
            .where(ServiceContract.account_id == self.account_id)
        )
        found = {}
        for contract, plan, service in self.db.exec(query):
            self._kept[ServicePlan, plan.id] = plan
            self._kept[Service, service.id] = service
            found[contract.service_id] = contract
        return found

    def environment_of(self, service: Service) -> str:
        """Tell which gateway of a service developers may call; empty for none yet."""
        if service.id not in self._environments:
            ids = {service.id, *(row.id for row in self.services)}
            self._environments = {**dict.fromkeys(ids, ""), **open_environments(self.db, ids)}
        return self._environments[service.id]

    def choosable_plans(self, service: Service) -> Sequence[ApplicationPlan]:
        """Read the plans that new applications may be on, of all services at once."""
        if service.id not in self._choosable:
            services = {row.id: row for row in (*self.services, service)}.values()
            self._choosable = list_choosable_plans_by_service(self.db, services)
        return self._choosable[service.id]

    @cached_property
    def limits(self) -> dict[int, list[UsageLimit]]:
        """The usage limits of all plans, by plan."""
        query = select(UsageLimit).where(UsageLimit.provider_id == self.provider.id)
        rows = self.db.exec(query.order_by(col(UsageLimit.plan_id), col(UsageLimit.id)))
        return {key: list(group) for key, group in groupby(rows, lambda row: row.plan_id)}

    @cached_property
    def prices(self) -> dict[int, list[PricingRule]]:
        """What units cost on all plans, by plan."""
        query = select(PricingRule).where(PricingRule.provider_id == self.provider.id)
        order = (PricingRule.plan_id, PricingRule.metric_id, PricingRule.min)
        rows = self.db.exec(query.order_by(*map(col, order)))
        return {key: list(group) for key, group in groupby(rows, lambda row: row.plan_id)}

    @cached_property
    def metrics(self) -> dict[int, Metric]:
        """The metrics of all services, by id."""
        query = select(Metric).where(Metric.provider_id == self.provider.id)
        return {row.id: row for row in self.db.exec(query.order_by(col(Metric.id)))}

    @cached_property
    def mounts(self) -> Mapping[int, Mapping[int, str]]:
        """Where backend APIs are mounted: by service and backend API."""
        query = select(BackendUsage).where(BackendUsage.provider_id == self.provider.id)
        found: dict[int, dict[int, str]] = defaultdict(dict)
        for row in self.db.exec(query.order_by(col(BackendUsage.path))):
            found[row.service_id][row.backend_api_id] = row.path
        return found

    @property
    def features(self) -> dict[int, list[Feature]]:
        """The features that application plans include, by plan."""
        return self.features_of(ApplicationPlan)

    def features_of(self, kind: type[Plan]) -> dict[int, list[Any]]:
        """Read the features that plans of a kind include, by plan, all at once."""
        if kind not in self._features:
            includes = INCLUDES[kind]
            model, link = includes.features.model, includes.link
            query: Any = (
                select(link.plan_id, model)
                .where(link.feature_id == model.id)
                .where(model.provider_id == self.provider.id)
            )
            rows = self.db.exec(query.order_by(link.plan_id, model.id))
            self._features[kind] = {
                key: [feature for _, feature in group]
                for key, group in groupby(rows, lambda row: row[0])
            }
        return self._features[kind]

    @cached_property
    def proxies(self) -> dict[int, Proxy]:
        """The proxies of all services, by service."""
        rows = self.db.exec(PROXIES, params={"provider_id": self.provider.id})
        return {row.service_id: row for row in rows}

    @cached_property
    def account(self) -> Account | None:
        """The account whose private rows may be seen."""
        return self.db.get(Account, self.account_id) if self.account_id else None

    @cached_property
    def application_rows(self) -> ApplicationRows:
        """What hangs on the applications of the page."""
        return ApplicationRows(self.db, lambda: self.now, self._known_applications)

    def _known_applications(self) -> Sequence[Application]:
        """Name those that the page was made with, and those that were read anyhow."""
        return [*self.noted, *(self.__dict__.get("applications") or ())]

    @cached_property
    def applications(self) -> Sequence[Application]:
        """The account's applications; their plans and services are read with them."""
        params = {"provider_id": self.provider.id, "account_id": self.account_id}
        found = self.db.exec(APPLICATIONS, params=params).all()
        for _, plan, service in found:
            self._kept[ApplicationPlan, plan.id] = plan
            self._kept[Service, service.id] = service
        return [application for application, _, _ in found]

    @cached_property
    def latest_messages(self) -> Sequence[tuple[MessageCopy, Message]]:
        """What the provider wrote to the account, newest first."""
        params = {"provider_id": self.provider.id, "account_id": self.account_id}
        return self.db.exec(LATEST_MESSAGES, params=params).all()

    @cached_property
    def latest_posts(self) -> Sequence[tuple[ForumPost, ForumTopic, User | None]]:
        """What was written last in the forum, newest first."""
        query = (
            select(ForumPost, ForumTopic, User)
            .join(ForumTopic, col(ForumTopic.id) == ForumPost.topic_id)
            .join(User, col(User.id) == ForumPost.user_id, isouter=True)
            .where(ForumPost.provider_id == self.provider.id)
            .where(col(ForumPost.is_hidden).is_(False), col(ForumTopic.is_hidden).is_(False))
        )
        return self.db.exec(query.order_by(col(ForumPost.id).desc()).limit(LATEST)).all()

    @cached_property
    def forum_categories(self) -> Sequence[ForumCategory]:
        """The categories of the forum, in their order."""
        query = select(ForumCategory).where(ForumCategory.provider_id == self.provider.id)
        query = query.order_by(col(ForumCategory.position), col(ForumCategory.id))
        return self.db.exec(query.limit(MOST_ROWS)).all()

    @cached_property
    def alerts(self) -> dict[int, list[Alert]]:
        """The alerts of the account's applications, newest first."""
        query = select(Alert).where(Alert.account_id == self.account_id, Alert.state != "deleted")
        found: dict[int, list[Alert]] = defaultdict(list)
        for row in self.db.exec(query.order_by(col(Alert.id).desc()).limit(MOST_ROWS)):
            found[row.application_id].append(row)
        return found
