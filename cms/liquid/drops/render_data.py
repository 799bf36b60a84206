"""What drops read from: one provider's rows, and only one account's of those that are private."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import groupby
from typing import TypeVar

from sqlalchemy import bindparam
from sqlalchemy.orm import defer
from sqlmodel import Session, SQLModel, col, select

from server.actions.plans.catalogue import (
    list_choosable_plans,
    offered_api_docs,
    open_environments,
)
from server.actions.portal.api_docs import API_DOCS
from server.domain.accounts.accounts import Account
from server.domain.actors import Actor
from server.domain.applications.applications import Application
from server.domain.installation import Installation
from server.domain.messages.alerts import Alert
from server.domain.messages.messages import Folder, Message, MessageCopy
from server.domain.plans.features import Feature, PlanFeature
from server.domain.plans.limits import UsageLimit
from server.domain.plans.plans import ApplicationPlan
from server.domain.portal.api_docs import ApiDocs
from server.domain.provider.providers import Provider
from server.domain.provider.settings import Setting
from server.domain.services.metrics import Metric
from server.domain.services.proxies import Proxy
from server.domain.services.services import Service

Row = TypeVar("Row", bound=SQLModel)
MOST_ROWS = 100  # of one list on one page
LATEST = 20  # messages, where a few of them are shown
# What most pages ask for, built once.
SETTINGS = select(Setting).where(Setting.provider_id == bindparam("provider_id"))
APPLICATIONS = (
    select(Application, ApplicationPlan, Service)
    .join(ApplicationPlan, col(ApplicationPlan.id) == Application.plan_id)
    .join(Service, col(Service.id) == Application.service_id)
    .where(Application.provider_id == bindparam("provider_id"))
    .where(Application.account_id == bindparam("account_id"))
    .order_by(col(Application.id))
    .limit(MOST_ROWS)
)


@dataclass
class RenderData:
    """The rows of one render. Whole tables of the catalogue are read at once, when asked for."""

    db: Session
    installation: Installation
    provider: Provider
    account_id: int | None = None  # whose private rows may be seen
    chosen_plans: frozenset[int] = field(default_factory=frozenset)
    _kept: dict[tuple[type, int], object] = field(default_factory=dict)
    _environments: Mapping[int, str] = field(default_factory=dict)
    _choosable: dict[int, Sequence[ApplicationPlan]] = field(default_factory=dict)

    def __getstate__(self) -> dict[str, object]:
        """Tell only whose rows these are; another process reads them itself."""
        told = ("provider", "account_id", "chosen_plans")
        return {name: getattr(self, name) for name in told}

    def attach(self, db: Session, installation: Installation) -> None:
        """Read from here from now on, after it was pickled."""
        self.db, self.installation = db, installation
        self._kept, self._environments, self._choosable = {}, {}, {}

    def row(self, model: type[Row], row_id: int) -> Row:
        """Read a row by its id; the session alone would forget it when no drop holds it."""
        key = (model, row_id)
        if key not in self._kept:
            self._kept[key] = self.db.get_one(model, row_id)
        found = self._kept[key]
        if not isinstance(found, model):
            raise TypeError(f"{found!r} is no {model.__name__}")
        return found

    @property
    def now(self) -> datetime:
        return self.installation.clock.now()

    @cached_property
    def settings(self) -> Setting:
        """The provider's switches."""
        return self.db.exec(SETTINGS, params={"provider_id": self.provider.id}).one()

    @cached_property
    def services(self) -> Sequence[Service]:
        """The published services."""
        query = select(Service).where(
            Service.provider_id == self.provider.id, Service.state == "published"
        )
        return self.db.exec(query.order_by(col(Service.id)).limit(MOST_ROWS)).all()

    @cached_property
    def api_docs(self) -> Sequence[ApiDocs]:
        """The specifications that developers may read, without their texts."""
        query = offered_api_docs(Actor.anonymous(self.provider.id))
        query = query.options(*map(defer, API_DOCS.listing.left_out))
        return self.db.exec(query.order_by(col(ApiDocs.id)).limit(MOST_ROWS)).all()

    @cached_property
    def plans(self) -> Sequence[ApplicationPlan]:
        """The published application plans of all services, in their order."""
        query = select(ApplicationPlan).where(
            ApplicationPlan.provider_id == self.provider.id, ApplicationPlan.state == "published"
        )
        return self.db.exec(
            query.order_by(col(ApplicationPlan.position), col(ApplicationPlan.id))
        ).all()

    def environment_of(self, service: Service) -> str:
        """Tell which gateway of a service developers may call; empty for none yet."""
        if service.id not in self._environments:
            ids = {service.id, *(row.id for row in self.services)}
            self._environments = {**dict.fromkeys(ids, ""), **open_environments(self.db, ids)}
        return self._environments[service.id]

    def choosable_plans(self, service: Service) -> Sequence[ApplicationPlan]:
        """Read the plans that a new application of a service may be on, once."""
        if service.id not in self._choosable:
            self._choosable[service.id] = list_choosable_plans(self.db, service)
        return self._choosable[service.id]

    @cached_property
    def limits(self) -> dict[int, list[UsageLimit]]:
        """The usage limits of all plans, by plan."""
        query = select(UsageLimit).where(UsageLimit.provider_id == self.provider.id)
        rows = self.db.exec(query.order_by(col(UsageLimit.plan_id), col(UsageLimit.id)))
        return {key: list(group) for key, group in groupby(rows, lambda row: row.plan_id)}

    @cached_property
    def metrics(self) -> dict[int, Metric]:
        """The metrics of all services, by id."""
        query = select(Metric).where(Metric.provider_id == self.provider.id)
        return {row.id: row for row in self.db.exec(query.order_by(col(Metric.id)))}

    @cached_property
    def features(self) -> dict[int, list[Feature]]:
        """The features that plans include, by plan."""
        query = (
            select(PlanFeature.plan_id, Feature)
            .where(PlanFeature.feature_id == Feature.id)
            .where(Feature.provider_id == self.provider.id)
        )
        rows = self.db.exec(query.order_by(col(PlanFeature.plan_id), col(Feature.id)))
        return {
            key: [feature for _, feature in group]
            for key, group in groupby(rows, lambda row: row[0])
        }

    @cached_property
    def proxies(self) -> dict[int, Proxy]:
        """The proxies of all services, by service."""
        query = select(Proxy).where(Proxy.provider_id == self.provider.id)
        return {row.service_id: row for row in self.db.exec(query)}

    @cached_property
    def account(self) -> Account | None:
        """The account whose private rows may be seen."""
        return self.db.get(Account, self.account_id) if self.account_id else None

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
        query = (
            select(MessageCopy, Message)
            .join(Message, col(Message.id) == MessageCopy.message_id)
            .where(MessageCopy.provider_id == self.provider.id)
            .where(MessageCopy.account_id == self.account_id, MessageCopy.folder == Folder.INBOX)
        )
        return self.db.exec(query.order_by(col(MessageCopy.id).desc()).limit(LATEST)).all()

    @cached_property
    def alerts(self) -> dict[int, list[Alert]]:
        """The alerts of the account's applications, newest first."""
        query = select(Alert).where(Alert.account_id == self.account_id, Alert.state != "deleted")
        found: dict[int, list[Alert]] = defaultdict(list)
        for row in self.db.exec(query.order_by(col(Alert.id).desc()).limit(MOST_ROWS)):
            found[row.application_id].append(row)
        return found
