"""Cases of plans, limits and features."""

from server.actions.applications import custom_plans
from server.actions.plans import features, limits, plans
from server.domain.events import EventKind as Kind
from server.domain.plans.plans import ApplicationPlan
from tests.kit.cases.case import case, has, hits, keeps

PLANS = (
    case(
        plans.create_plan,
        lambda work, w: plans.create_plan(
            work, plans.APPLICATION_PLANS, {"name": "New"}, w.service_id, published=True
        ),
        Kind.PLAN_CREATED,
    ),
    case(
        plans.APPLICATION_PLANS.update,
        lambda work, w: plans.APPLICATION_PLANS.update(work, w.plan_id, {"name": "New"}),
        Kind.PLAN_UPDATED,
        note="somebody is on",
    ),
    case(
        plans.publish_plan,
        lambda work, w: plans.publish_plan(work, ApplicationPlan, w.plan_id),
        Kind.PLAN_UPDATED,
        before=has(ApplicationPlan, lambda w: w.plan_id, state="hidden"),
    ),
    case(
        plans.hide_plan,
        lambda work, w: plans.hide_plan(work, ApplicationPlan, w.plan_id),
        Kind.PLAN_UPDATED,
    ),
    case(
        plans.make_default_plan,
        lambda work, w: plans.make_default_plan(work, ApplicationPlan, w.known.gold_id),
        Kind.PLAN_UPDATED,
    ),
    case(
        plans.clear_default_plan,
        lambda work, w: plans.clear_default_plan(work, ApplicationPlan, w.plan_id),
        Kind.PLAN_UPDATED,
    ),
    case(
        plans.copy_application_plan,
        lambda work, w: plans.copy_application_plan(work, w.plan_id),
        Kind.PLAN_CREATED,
    ),
    case(
        features.include_feature,
        lambda work, w: features.include_feature(
            work, w.plan_id, w.kept["feature"].id, included=True
        ),
        Kind.PLAN_UPDATED,
        before=keeps(
            "feature",
            lambda work, w: features.FEATURES.create(work, {"name": "Sun"}, w.service_id),
        ),
    ),
    case(
        custom_plans.customize_plan,
        lambda work, w: custom_plans.customize_plan(work, w.application_id),
        Kind.PLAN_CREATED,
        Kind.PLAN_CUSTOMIZED,
    ),
    case(
        custom_plans.decustomize_plan,
        lambda work, w: custom_plans.decustomize_plan(work, w.application_id),
        Kind.PLAN_DECUSTOMIZED,
        Kind.PLAN_DELETED,
        before=lambda work, w: custom_plans.customize_plan(work, w.application_id),
    ),
    case(
        limits.set_limit,
        lambda work, w: limits.set_limit(
            work, {"metric_id": hits(work, w), "period": "day", "value": 5}, w.plan_id
        ),
        Kind.LIMIT_SET,
    ),
    case(
        limits.disable_metric,
        lambda work, w: limits.disable_metric(work, w.plan_id, hits(work, w)),
        Kind.LIMIT_SET,
    ),
    case(
        limits.enable_metric,
        lambda work, w: limits.enable_metric(work, w.plan_id, hits(work, w)),
        Kind.LIMIT_DELETED,
        before=lambda work, w: limits.disable_metric(work, w.plan_id, hits(work, w)),
    ),
)
