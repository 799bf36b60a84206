"""What a provider offers to everybody: published services and plans, and their details."""

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from server.domain.metrics import Metric
from server.domain.plans import ApplicationPlan, Feature, UsageLimit
from server.domain.services import Service


def offered_services(provider_id: int) -> SelectOfScalar[Service]:
    """Select the published services."""
    return select(Service).where(Service.provider_id == provider_id, Service.state == "published")


def offered_plans(provider_id: int) -> SelectOfScalar[ApplicationPlan]:
    """Select the published application plans of published services."""
    services = offered_services(provider_id).with_only_columns(col(Service.id))
    return select(ApplicationPlan).where(
        ApplicationPlan.provider_id == provider_id,
        ApplicationPlan.state == "published",
        col(ApplicationPlan.service_id).in_(services),
    )


def offered_metrics(provider_id: int) -> SelectOfScalar[Metric]:
    """Select the metrics of published services."""
    services = offered_services(provider_id).with_only_columns(col(Service.id))
    return select(Metric).where(col(Metric.service_id).in_(services))


def limits_of_plans(provider_id: int, plan_ids: list[int]) -> SelectOfScalar[UsageLimit]:
    """Select the limits of plans that the caller may see."""
    of_plans = col(UsageLimit.plan_id).in_(plan_ids)
    query = select(UsageLimit).where(UsageLimit.provider_id == provider_id, of_plans)
    return query.order_by(col(UsageLimit.id))


def features_of_services(provider_id: int) -> SelectOfScalar[Feature]:
    """Select the features of the provider's services."""
    return select(Feature).where(Feature.provider_id == provider_id)
