"""Cases of applications and their keys."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlmodel import select

from server.actions.applications import applications, keys, referrer_filters, trials, usage
from server.actions.work import Work
from server.domain.accounts.accounts import ServiceContract
from server.domain.applications.applications import Application
from server.domain.events import EventKind as Kind
from server.domain.plans.plans import ApplicationPlan, ServicePlan
from server.kit.clock import utc_now
from tests.kit.cases.case import Run, application_is, case, keeps, service_is
from tests.kit.world import FRESH, World


def _wishes_for_gold(work: Work, world: World) -> None:
    application_is(wanted_plan_id=world.known.gold_id)(work, world)


def _old_key_is_asked(work: Work, world: World) -> None:
    """Have a key that gateways ask for hold on beside its successor."""
    keys.replace_user_key(work, world.application_id, FRESH)
    keys.replace_user_key(work, world.application_id, overlap_hours=1)


def _on_trial(row: Any, plan: Any, *, days: int) -> None:
    """Have a trial be due that ends in so many days."""
    plan.cost_per_month = Decimal(5)
    row.trial_ends_at = utc_now() + timedelta(days=days)
    row.trial_due_at = utc_now() - timedelta(hours=1)


def _application_on_trial(days: int) -> Run:
    def prepare(work: Work, world: World) -> None:
        plan = work.db.get_one(ApplicationPlan, world.plan_id)
        _on_trial(work.db.get_one(Application, world.application_id), plan, days=days)

    return prepare


def _contract_on_trial(days: int) -> Run:
    def prepare(work: Work, world: World) -> None:
        account_is = ServiceContract.account_id == world.account_id
        contract = work.db.exec(select(ServiceContract).where(account_is)).all()[0]
        plan = work.db.get_one(ServicePlan, contract.service_plan_id)
        world.kept["contract"] = contract.id
        _on_trial(contract, plan, days=days)

    return prepare


TRIALS = (
    *(
        case(
            trials.note_trial,
            lambda work, w: trials.note_trial(work, Application, w.application_id),
            kind,
            before=_application_on_trial(days),
            note=f"of an application, {days} days left",
        )
        for days, kind in ((5, Kind.APPLICATION_TRIAL_ENDING), (-1, Kind.APPLICATION_TRIAL_ENDED))
    ),
    *(
        case(
            trials.note_trial,
            lambda work, w: trials.note_trial(work, ServiceContract, w.kept["contract"]),
            kind,
            before=_contract_on_trial(days),
            note=f"of a subscription, {days} days left",
        )
        for days, kind in ((5, Kind.CONTRACT_TRIAL_ENDING), (-1, Kind.CONTRACT_TRIAL_ENDED))
    ),
)
APPLICATIONS = (
    *TRIALS,
    case(
        usage.note_usage_taken_over,
        lambda work, w: usage.note_usage_taken_over(work, w.application_id, 2),
        Kind.USAGE_TAKEN_OVER,
    ),
    case(
        applications.create_application,
        lambda work, w: applications.create_application(
            work,
            w.account_id,
            w.plan_id,
            {"name": "Radar", "user_key": FRESH, "application_id": "fresh-id"},
        ),
        Kind.APPLICATION_CREATED,
    ),
    case(
        applications.update_application,
        lambda work, w: applications.update_application(
            work, w.application_id, {"redirect_url": "https://x.example"}
        ),
        Kind.APPLICATION_UPDATED,
    ),
    case(
        applications.note_first_calls,
        lambda work, w: applications.note_first_calls(
            work, w.application_id, {"first_traffic_at": "2030-01-31T12:00:00Z"}
        ),
        Kind.APPLICATION_UPDATED,
    ),
    case(
        applications.accept_application,
        lambda work, w: applications.accept_application(work, w.application_id),
        Kind.APPLICATION_ACCEPTED,
        before=application_is(state="pending"),
    ),
    case(
        applications.suspend_application,
        lambda work, w: applications.suspend_application(work, w.application_id),
        Kind.APPLICATION_SUSPENDED,
    ),
    case(
        applications.resume_application,
        lambda work, w: applications.resume_application(work, w.application_id),
        Kind.APPLICATION_RESUMED,
        before=application_is(state="suspended"),
    ),
    case(
        applications.change_application_plan,
        lambda work, w: applications.change_application_plan(
            work, w.application_id, w.known.gold_id
        ),
        Kind.PLAN_CHANGED,
    ),
    case(
        applications.change_application_plan,
        lambda work, w: applications.change_application_plan(
            w.developer(work.db), w.application_id, w.known.gold_id
        ),
        Kind.PLAN_CHANGE_ASKED,
        before=service_is(buyer_plan_change_permission="request"),
        note="as a wish",
    ),
    case(
        applications.reject_application,
        lambda work, w: applications.reject_application(work, w.application_id),
        Kind.APPLICATION_REJECTED,
        Kind.APPLICATION_DELETED,
        before=application_is(state="pending"),
    ),
    case(
        applications.accept_plan_request,
        lambda work, w: applications.accept_plan_request(work, w.application_id),
        Kind.PLAN_CHANGED,
        before=_wishes_for_gold,
    ),
    case(
        applications.refuse_plan_request,
        lambda work, w: applications.refuse_plan_request(work, w.application_id),
        Kind.PLAN_CHANGE_REFUSED,
        before=_wishes_for_gold,
    ),
    case(
        applications.delete_application,
        lambda work, w: applications.delete_application(work, w.application_id),
        Kind.APPLICATION_DELETED,
    ),
    case(
        keys.replace_user_key,
        lambda work, w: keys.replace_user_key(work, w.application_id, FRESH),
        Kind.USER_KEY_CHANGED,
    ),
    case(
        keys.rotate_key,
        lambda work, w: keys.rotate_key(work, w.application_id, w.kept["key"].id, overlap_hours=1),
        Kind.KEY_ROTATED,
        Kind.KEY_CREATED,
        before=keeps("key", lambda work, w: keys.add_key(work, w.application_id, FRESH)[0]),
    ),
    case(
        keys.end_old_user_key,
        lambda work, w: keys.end_old_user_key(work, w.application_id),
        Kind.KEY_ROTATED,
        before=_old_key_is_asked,
    ),
    case(
        keys.add_key,
        lambda work, w: keys.add_key(work, w.application_id, FRESH),
        Kind.KEY_CREATED,
    ),
    case(
        keys.delete_key,
        lambda work, w: keys.delete_key(work, w.application_id, w.kept["key"].id),
        Kind.KEY_DELETED,
        before=keeps("key", lambda work, w: keys.add_key(work, w.application_id, FRESH)[0]),
    ),
    case(
        referrer_filters.add_filter,
        lambda work, w: referrer_filters.add_filter(work, w.application_id, "ok.example"),
        Kind.REFERRER_FILTER_CREATED,
    ),
    case(
        referrer_filters.delete_filter,
        lambda work, w: referrer_filters.delete_filter(work, w.application_id, w.kept["filter"].id),
        Kind.REFERRER_FILTER_DELETED,
        before=keeps(
            "filter",
            lambda work, w: referrer_filters.add_filter(work, w.application_id, "ok.example"),
        ),
    ),
)
