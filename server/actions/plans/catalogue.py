"""What a developer or visitor may know of a provider's APIs: what is published, and what is his."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, and_, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.plans.features import INCLUDES
from server.domain.accounts.accounts import Account, ServiceContract
from server.domain.actors import Actor
from server.domain.applications.applications import Application
from server.domain.plans.limits import UsageLimit
from server.domain.plans.plans import AccountPlan, ApplicationPlan, Plan, ServicePlan
from server.domain.portal.api_docs import ApiDocs
from server.domain.provider.settings import Setting
from server.domain.services.configs import ProxyConfig
from server.domain.services.metrics import Metric
from server.domain.services.services import Service
from server.kit.paging import Listing

SERVICES = Listing("offered_services", Service)
PLANS = Listing("offered_plans", ApplicationPlan)
SERVICE_PLANS = Listing("offered_service_plans", ServicePlan)
ACCOUNT_PLANS = Listing("offered_account_plans", AccountPlan)
# What many pages ask, built once.
CHOOSABLE = (
    select(ApplicationPlan)
    .where(
        col(ApplicationPlan.service_id).in_(bindparam("service_ids", expanding=True)),
        or_(ApplicationPlan.state == "published", col(ApplicationPlan.is_default)),
    )
    .order_by(col(ApplicationPlan.position), col(ApplicationPlan.id))
)
ENVIRONMENTS = select(
    Service.id,
    Service.staging_offered,
    select(ProxyConfig.id)
    .where(ProxyConfig.service_id == Service.id, ProxyConfig.environment == "production")
    .exists(),
).where(col(Service.id).in_(bindparam("service_ids", expanding=True)))


def offered_services(actor: Actor) -> SelectOfScalar[Service]:
    """Select the published services."""
    return select(Service).where(
        Service.provider_id == actor.provider_id, Service.state == "published"
    )


def offered_plans(actor: Actor) -> SelectOfScalar[ApplicationPlan]:
    """Select the published application plans of published services."""
    services = offered_services(actor).with_only_columns(col(Service.id))
    return select(ApplicationPlan).where(
        ApplicationPlan.provider_id == actor.provider_id,
        ApplicationPlan.state == "published",
        col(ApplicationPlan.service_id).in_(services),
    )


def offered_service_plans(actor: Actor) -> SelectOfScalar[ServicePlan]:
    """Select the published service plans of published services, where the provider shows them."""
    services = offered_services(actor).with_only_columns(col(Service.id))
    return select(ServicePlan).where(
        ServicePlan.provider_id == actor.provider_id,
        ServicePlan.state == "published",
        col(ServicePlan.service_id).in_(services),
        _shows(actor, col(Setting.service_plans_ui_visible)),
    )


def offered_account_plans(actor: Actor) -> SelectOfScalar[AccountPlan]:
    """Select the published account plans, where the provider shows them."""
    return select(AccountPlan).where(
        AccountPlan.provider_id == actor.provider_id,
        AccountPlan.state == "published",
        _shows(actor, col(Setting.account_plans_ui_visible)),
    )


def _shows(actor: Actor, switch: Any) -> Any:
    """Make the condition that a switch of the provider's is on."""
    return (
        select(Setting.provider_id).where(Setting.provider_id == actor.provider_id, switch).exists()
    )


def visible_service_plans(actor: Actor) -> SelectOfScalar[ServicePlan]:
    """Select the offered service plans and those that the actor's account is on or asked for."""
    offered = offered_service_plans(actor).with_only_columns(col(ServicePlan.id))
    mine = ServiceContract.account_id == actor.account_id
    used = select(ServiceContract.service_plan_id).where(mine)
    return select(ServicePlan).where(
        ServicePlan.provider_id == actor.provider_id,
        or_(col(ServicePlan.id).in_(offered), col(ServicePlan.id).in_(used)),
    )


def visible_account_plans(actor: Actor) -> SelectOfScalar[AccountPlan]:
    """Select the offered account plans and the one that the actor's account is on."""
    offered = offered_account_plans(actor).with_only_columns(col(AccountPlan.id))
    used = select(Account.account_plan_id).where(Account.id == actor.account_id)
    return select(AccountPlan).where(
        AccountPlan.provider_id == actor.provider_id,
        or_(col(AccountPlan.id).in_(offered), col(AccountPlan.id).in_(used)),
    )


def list_choosable_plans(db: Session, service: Service) -> list[ApplicationPlan]:
    """List the plans that a developer may take for a new application of a service, in order."""
    return list_choosable_plans_by_service(db, [service])[service.id]


def list_choosable_plans_by_service(
    db: Session, services: Iterable[Service]
) -> dict[int, list[ApplicationPlan]]:
    """List the plans that a developer may take for new applications, in order, by service.

    Where developers don't choose it is one: the default plan, else the only published one.
    Cost: one query.
    """
    by_id = {service.id: service for service in services}
    found: dict[int, list[ApplicationPlan]] = {number: [] for number in by_id}
    for plan in db.exec(CHOOSABLE, params={"service_ids": list(by_id)}):
        found[plan.service_id].append(plan)
    for number, plans in found.items():
        if not by_id[number].buyer_can_select_plan:
            defaults = [plan for plan in plans if plan.is_default] or plans
            found[number] = defaults if len(defaults) == 1 else []
    return found


def open_environments(db: Session, service_ids: Iterable[int]) -> dict[int, str]:
    """Tell which gateway developers may call, by service; one that has none yet is left out.

    Until an API is promoted it is the staging gateway, where the provider offers that.
    Cost: one query.
    """
    found = {}
    asked = {"service_ids": list(service_ids)}
    for service_id, is_offered, promoted in db.exec(ENVIRONMENTS, params=asked):
        if promoted or is_offered:
            found[service_id] = "production" if promoted else "staging"
    return found


def offered_api_docs(actor: Actor) -> SelectOfScalar[ApiDocs]:
    """Select the published specifications of published services, and of none in particular."""
    services = offered_services(actor).with_only_columns(col(Service.id))
    service_id = col(ApiDocs.service_id)
    return select(ApiDocs).where(
        ApiDocs.provider_id == actor.provider_id,
        col(ApiDocs.published),
        or_(service_id.is_(None), service_id.in_(services)),
    )


def visible_services(actor: Actor) -> SelectOfScalar[Service]:
    """Select the published services and those that the actor's applications use."""
    used = select(Application.service_id).where(Application.account_id == actor.account_id)
    is_live = and_(col(Service.id).in_(used), col(Service.state) != "deleted")
    return select(Service).where(
        Service.provider_id == actor.provider_id,
        or_(col(Service.state) == "published", is_live),
    )


def visible_plans(actor: Actor) -> SelectOfScalar[ApplicationPlan]:
    """Select the offered plans and those that the actor's applications are on."""
    used = select(Application.plan_id).where(Application.account_id == actor.account_id)
    offered = offered_plans(actor).with_only_columns(col(ApplicationPlan.id))
    return select(ApplicationPlan).where(
        ApplicationPlan.provider_id == actor.provider_id,
        or_(col(ApplicationPlan.id).in_(offered), col(ApplicationPlan.id).in_(used)),
    )


def visible_metrics(actor: Actor) -> SelectOfScalar[Metric]:
    """Select the metrics of the services that the actor may see."""
    services = visible_services(actor).with_only_columns(col(Service.id))
    return select(Metric).where(col(Metric.service_id).in_(services))


def limits_by_plan(db: Session, plan_ids: Sequence[int]) -> dict[int, list[UsageLimit]]:
    """Read the limits of plans that the caller may see. Cost: one query."""
    query = select(UsageLimit).where(col(UsageLimit.plan_id).in_(plan_ids))
    found: dict[int, list[UsageLimit]] = {}
    for limit in db.exec(query.order_by(col(UsageLimit.id))):
        found.setdefault(limit.plan_id, []).append(limit)
    return found


def features_by_plan(
    db: Session, plan_ids: Sequence[int], kind: type[Plan] = ApplicationPlan
) -> dict[int, list[Any]]:
    """Read the features of plans of a kind that the caller may see. Cost: one query."""
    includes = INCLUDES[kind]
    model, link = includes.features.model, includes.link
    query: Any = select(link.plan_id, model).join(model, link.feature_id == model.id)
    found: dict[int, list[Any]] = {}
    for plan_id, feature in db.exec(query.where(link.plan_id.in_(plan_ids)).order_by(model.id)):
        found.setdefault(plan_id, []).append(feature)
    return found
