"""The catalogue: visitors see what is published; who uses something sees that too."""

from sqlmodel import Session, select

from server.actions.applications.applications import create_application
from server.actions.plans.catalogue import (
    features_by_plan,
    limits_by_plan,
    offered_plans,
    offered_services,
    visible_metrics,
    visible_plans,
    visible_services,
)
from server.actions.plans.features import FEATURES, include_feature, list_features
from server.actions.plans.limits import set_limit
from server.actions.plans.plans import APPLICATION_PLANS, create_plan, hide_plan
from server.actions.provider.providers import NewProvider
from server.actions.services.metrics import list_metrics
from server.actions.services.services import create_service
from server.auth.actors import actor_of_user
from server.auth.dependencies import Dependencies
from server.domain.actors import Actor
from server.domain.plans.plans import ApplicationPlan
from server.domain.services.metrics import Metric
from server.domain.services.services import Service
from tests.kit.make import staff
from tests.kit.work import by


def names(db: Session, query: object) -> set[str]:
    """Run a query of the catalogue; list the system names of its rows."""
    return {row.system_name for row in db.exec(query)}  # type: ignore[call-overload]  # any table's query


def test_a_visitor_sees_published_plans_of_published_services_of_this_provider(
    deps: Dependencies, acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    visitor, actor = Actor.anonymous(acme.provider.id), staff(acme)
    globex_service = db.get_one(Service, globex.sample.service.id)
    globex_service.system_name = "foreign"
    hidden = create_service(by(db, actor, deps.installation), {"name": "Hidden"})
    hidden.state = "hidden"
    create_plan(by(db, actor), APPLICATION_PLANS, {"name": "Of hidden"}, hidden.id, published=True)
    create_plan(by(db, actor), APPLICATION_PLANS, {"name": "Draft"}, acme.sample.service.id)

    assert names(db, offered_services(visitor)) == {"api"}
    assert names(db, offered_plans(visitor)) == {"basic", "unlimited"}
    assert names(db, visible_services(visitor)) == {"api"}
    assert names(db, visible_plans(visitor)) == {"basic", "unlimited"}
    metrics = db.exec(visible_metrics(visitor)).all()
    assert {metric.service_id for metric in metrics} == {acme.sample.service.id}


def test_a_developer_sees_what_he_uses_even_when_it_is_hidden(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    john, actor = actor_of_user(acme.sample.user), staff(acme)
    service = create_service(by(db, actor, deps.installation), {"name": "Weather"})
    plan = create_plan(by(db, actor), APPLICATION_PLANS, {"name": "Special"}, service.id)
    work = by(db, actor, deps.installation)
    create_application(work, john.account_id or 0, plan.id, {"name": "Mine"})
    service.state = "hidden"
    hide_plan(by(db, actor), ApplicationPlan, acme.sample.application.plan_id)

    assert names(db, visible_services(john)) == {"api", "weather"}
    assert names(db, visible_plans(john)) == {"basic", "unlimited", "special"}
    assert names(db, offered_services(john)) == {"api"}
    assert names(db, offered_plans(john)) == {"unlimited"}
    visitor = Actor.anonymous(acme.provider.id)
    assert names(db, visible_plans(visitor)) == {"unlimited"}

    service.state = "deleted"
    assert names(db, visible_services(john)) == {"api"}
    seen = {metric.service_id for metric in db.exec(visible_metrics(john))}
    assert seen == {acme.sample.service.id}


def test_limits_and_features_come_for_many_plans_at_once(acme: NewProvider, db: Session) -> None:
    actor, service_id = staff(acme), acme.sample.service.id
    plans = db.exec(select(ApplicationPlan).where(ApplicationPlan.service_id == service_id)).all()
    hits: Metric = list_metrics(db, service_id)[0]
    limits = [
        set_limit(by(db, actor), {"metric_id": hits.id, "period": period, "value": 1}, plan.id)
        for plan in plans
        for period in ("day", "hour")
    ]
    lone = create_plan(by(db, actor), APPLICATION_PLANS, {"name": "Lone"}, service_id)
    feature = FEATURES.create(by(db, actor), {"name": "Sun"}, service_id)
    include_feature(by(db, actor), plans[0].id, feature.id, included=True)
    db.flush()

    ids = [plan.id for plan in plans]
    assert limits_by_plan(db, [*ids, lone.id]) == {ids[0]: limits[:2], ids[1]: limits[2:]}
    assert features_by_plan(db, [*ids, lone.id]) == {each: list_features(db, each) for each in ids}
    assert feature in features_by_plan(db, ids[:1])[ids[0]]
    assert limits_by_plan(db, []) == {}
    assert features_by_plan(db, []) == {}
