"""Account plans, and service plans of an API: list, create, change, publish, delete."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select
from starlette.responses import Response

from server.actions.plans.features import INCLUDES, include_feature, list_features
from server.actions.plans.lists import PlanFilter, narrowed_plans
from server.actions.plans.plans import (
    ACCOUNT_PLANS,
    SERVICE_PLANS,
    create_plan,
)
from server.actions.resources import Resource
from server.admin.context import AdminContext
from server.admin.lists import Filter, is_narrowed
from server.admin.plans.plans import MOVES, state_filter
from server.admin.render import render
from server.admin.services.services import get_service_in_path
from server.domain.accounts.accounts import Account, ServiceContract
from server.domain.errors import NotFound
from server.domain.permissions import Permission
from server.domain.plans.plans import AccountPlan, Plan, ServicePlan
from server.domain.services.services import Service

Page = Callable[[AdminContext], Response]


@dataclass(frozen=True, slots=True)
class Kind:
    """What differs between the two kinds."""

    resource: Resource[Any]
    model: type[Plan]
    used_by: Any  # the column that names a plan
    title: str
    lead: str
    waits: str  # what approval means
    path: str  # of the list, below home; of the API for service plans


OF_ACCOUNTS = Kind(
    ACCOUNT_PLANS,
    AccountPlan,
    col(Account.account_plan_id),
    "Account plans",
    "What a developer account as a whole is on.",
    "New accounts wait for your approval",
    "/account_plans",
)
OF_SERVICES = Kind(
    SERVICE_PLANS,
    ServicePlan,
    col(ServiceContract.service_plan_id),
    "Service plans",
    "How an account is subscribed to this API.",
    "Subscriptions wait for your approval",
    "/services/{}/service_plans",
)


@dataclass(frozen=True, slots=True)
class PlansPage:
    """The plans of a kind, and what they may include."""

    kind: Kind
    path: str
    service: Service | None
    plans: Sequence[Plan]
    counts: Mapping[int, int]
    features: Sequence[Any]
    search: str
    filters: Sequence[Filter]
    is_filtered: bool


@dataclass(frozen=True, slots=True)
class PlanPage:
    """One plan, or the form of a new one."""

    kind: Kind
    path: str
    service: Service | None
    plan: Any
    count: int
    features: Sequence[Any] = ()
    included: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of one kind, for the table of addresses."""

    kind: Kind

    def index(self, ctx: AdminContext) -> Response:
        """List the plans, in their order."""
        service = self._service(ctx)
        model, search, state = self.kind.model, ctx.query("search"), state_filter(ctx)
        wanted = PlanFilter(
            state=state.value, search=search, service_id=service.id if service else None
        )
        query = narrowed_plans(ctx.actor, model, wanted)
        plans = ctx.db.exec(query.order_by(col(model.position), col(model.id))).all()
        features = self._features(ctx, service)
        path, counts = self._path(service), self._counts(ctx)
        is_filtered = is_narrowed(search, [state])
        page = PlansPage(
            self.kind, path, service, plans, counts, features, search, [state], is_filtered
        )
        return render(ctx, "other_plans/index.html.j2", page)

    def new(self, ctx: AdminContext) -> Response:
        """Show the form of a new plan."""
        ctx.actor.require(Permission.PLANS_EDIT)
        service = self._service(ctx)
        page = PlanPage(self.kind, self._path(service), service, None, 0)
        return render(ctx, "other_plans/new.html.j2", page)

    def create(self, ctx: AdminContext) -> Response:
        """Make a plan, hidden."""
        service = self._service(ctx)
        home = service.id if service else None
        plan = create_plan(ctx, self.kind.resource, ctx.sent(self.kind.resource), home)
        return ctx.go(f"{self._path(service)}/{plan.id}", f"{plan.name} is created, hidden.")

    def show(self, ctx: AdminContext) -> Response:
        """Show a plan with its form."""
        service = self._service(ctx)
        plan = self._plan(ctx, service)
        count = self._counts(ctx).get(plan.id, 0)
        included = frozenset(row.id for row in list_features(ctx.db, plan.id, self.kind.model))
        features = self._features(ctx, service)
        path = self._path(service)
        page = PlanPage(self.kind, path, service, plan, count, features, included)
        return render(ctx, "other_plans/show.html.j2", page)

    def update(self, ctx: AdminContext) -> Response:
        """Change a plan's texts and prices."""
        service = self._service(ctx)
        plan = self._plan(ctx, service)
        self.kind.resource.update(ctx, plan.id, ctx.sent(self.kind.resource))
        return ctx.go(f"{self._path(service)}/{plan.id}", "The plan is saved.")

    def move(self, ctx: AdminContext) -> Response:
        """Publish or hide a plan, or make it the default."""
        ctx.actor.require(Permission.PLANS_EDIT)
        act, done = ctx.verb(MOVES)
        service = self._service(ctx)
        plan = act(ctx, self.kind.model, self._plan(ctx, service).id)
        return ctx.go(f"{self._path(service)}/{plan.id}", f"{plan.name} {done}")

    def delete(self, ctx: AdminContext) -> Response:
        """Delete a plan that nobody is on."""
        service = self._service(ctx)
        plan = self.kind.resource.delete(ctx, self._plan(ctx, service).id)
        return ctx.go(self._path(service), f"{plan.name} is deleted.")

    def create_feature(self, ctx: AdminContext) -> Response:
        """Add a feature that plans of this kind may include."""
        service, features = self._service(ctx), INCLUDES[self.kind.model].features
        feature = features.create(ctx, ctx.sent(features), service.id if service else None)
        return ctx.go(self._path(service), f"{feature.name} is added.")

    def delete_feature(self, ctx: AdminContext) -> Response:
        """Delete a feature, from all plans as well."""
        service = self._service(ctx)
        feature_id = ctx.path_id("feature_id")
        if all(row.id != feature_id for row in self._features(ctx, service)):
            raise NotFound("There is no such feature.")
        feature = INCLUDES[self.kind.model].features.delete(ctx, feature_id)
        return ctx.go(self._path(service), f"{feature.name} is deleted.")

    def include(self, ctx: AdminContext) -> Response:
        """Put a feature into a plan, or take it out."""
        service = self._service(ctx)
        plan, included = self._plan(ctx, service), ctx.text("included") == "yes"
        feature_id, kind = ctx.path_id("feature_id"), self.kind.model
        include_feature(ctx, plan.id, feature_id, included=included, kind=kind)
        notice = "The plan includes it now." if included else "The plan leaves it out now."
        return ctx.go(f"{self._path(service)}/{plan.id}", notice)

    def _features(self, ctx: AdminContext, service: Service | None) -> Sequence[Any]:
        """List what plans of this kind may include."""
        includes = INCLUDES[self.kind.model]
        model, query = includes.features.model, includes.features.query(ctx.actor)
        if service is not None:
            query = query.where(model.service_id == service.id, model.scope == includes.scope)
        return ctx.db.exec(query.order_by(model.id)).all()

    def _service(self, ctx: AdminContext) -> Service | None:
        return get_service_in_path(ctx) if self.kind.resource.parent else None

    def _path(self, service: Service | None) -> str:
        return self.kind.path.format(service.id if service else "")

    def _query(self, ctx: AdminContext, service: Service | None) -> Any:
        query = self.kind.resource.query(ctx.actor)
        return query.where(ServicePlan.service_id == service.id) if service else query

    def _plan(self, ctx: AdminContext, service: Service | None) -> Any:
        model = self.kind.model
        query = self._query(ctx, service).where(model.id == ctx.path_id("plan_id"))
        plan = ctx.db.exec(query).first()
        if plan is None:
            raise NotFound("There is no such plan.")
        return plan

    def _counts(self, ctx: AdminContext) -> dict[int, int]:
        """Count the accounts on each plan. Cost: one statement."""
        column = self.kind.used_by
        query = select(column, func.count()).where(column.class_.provider_id == ctx.provider.id)
        return {int(plan_id): int(count) for plan_id, count in ctx.db.exec(query.group_by(column))}


ACCOUNT = Pages(OF_ACCOUNTS)
SERVICE = Pages(OF_SERVICES)
