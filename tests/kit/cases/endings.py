"""Races between what ends something and what is made below it at the same moment."""

from sqlmodel import select

from server.actions.accounts import signup, users
from server.actions.accounts.accounts import ACCOUNTS, delete_account
from server.actions.accounts.signup import NewSignup
from server.actions.applications import applications
from server.actions.plans import features, limits, plans
from server.actions.provider import settings
from server.actions.services import mapping_rules, metrics, services
from server.domain.applications.applications import Application
from server.domain.services.services import Service
from tests.kit.cases.case import keeps
from tests.kit.cases.race import Race, create_application, in_turns, log_in, second_key

PRICE = {"name": "Fine", "setup_fee": "1.50"}
WHILE_DELETED = (
    Race(
        name="applications on a plan",
        act=in_turns(
            create_application,
            lambda work, w, _: plans.APPLICATION_PLANS.delete(work, w.known.gold_id),
        ),
    ),
    Race(
        name="applications of a service",
        act=in_turns(
            lambda work, w, number: applications.create_application(
                work, w.account_id, w.kept["plan"].id, {"name": f"App {number}"}
            ),
            lambda work, w, _: services.delete_service(work, w.known.weather_id),
        ),
        before=keeps(
            "plan",
            lambda work, w: plans.APPLICATION_PLANS.create(
                work, {"name": "Rain"}, w.known.weather_id
            ),
        ),
        claim=lambda db, w: (
            db.get_one(Service, w.known.weather_id).state != "deleted"
            or not db.exec(
                select(Application).where(Application.service_id == w.known.weather_id)
            ).all()
        ),
    ),
    Race(
        name="applications of an account",
        act=in_turns(create_application, lambda work, w, _: delete_account(work, w.account_id)),
    ),
    Race(
        name="keys of an application",
        act=in_turns(
            second_key,
            lambda work, w, _: applications.delete_application(work, w.application_id),
        ),
    ),
    Race(
        name="users of an account, and logins",
        act=in_turns(
            lambda work, w, number: (
                users.create_user(
                    work,
                    w.account_id,
                    {"username": f"user{number}", "email": f"user{number}@x.example"},
                )
                if number % 4
                else log_in(work, w, number)
            ),
            lambda work, w, _: delete_account(work, w.account_id),
        ),
    ),
    Race(
        name="limits and rules of a metric",
        act=in_turns(
            lambda work, w, number: (
                limits.set_limit(
                    work,
                    {"metric_id": w.kept["metric"].id, "period": "day", "value": 1},
                    w.plan_id,
                )
                if number % 4
                else mapping_rules.MAPPING_RULES.create(
                    work,
                    {"http_method": "GET", "pattern": "/x", "metric_id": w.kept["metric"].id},
                    w.service_id,
                )
            ),
            lambda work, w, _: metrics.METRICS.delete(work, w.kept["metric"].id),
        ),
        before=keeps(
            "metric",
            lambda work, w: metrics.METRICS.create(work, {"friendly_name": "Size"}, w.service_id),
        ),
    ),
    Race(
        name="inclusions of a feature",
        act=in_turns(
            lambda work, w, _: features.include_feature(
                work, w.plan_id, w.kept["feature"].id, included=True
            ),
            lambda work, w, _: features.FEATURES.delete(work, w.kept["feature"].id),
        ),
        before=keeps(
            "feature",
            lambda work, w: features.FEATURES.create(work, {"name": "Sun"}, w.service_id),
        ),
        holds=("plan_features.plan_id,feature_id",),
    ),
    Race(
        name="accounts on an account plan",
        act=in_turns(
            lambda work, w, number: signup.sign_up(
                work,
                NewSignup(
                    org_name=f"O {number}",
                    username=f"user{number}",
                    email=f"user{number}@x.example",
                    account_plan_id=w.known.silver_id,
                ),
                "provider",
            ),
            lambda work, w, _: plans.ACCOUNT_PLANS.delete(work, w.known.silver_id),
        ),
    ),
    Race(
        name="a currency that can't pay a price that is set",
        act=in_turns(
            lambda work, w, number: plans.APPLICATION_PLANS.create(
                work, PRICE | {"system_name": f"fine{number}"}, w.service_id
            ),
            lambda work, _, __: settings.update_settings(work, {"currency": "JPY"}),
        ),
    ),
    Race(
        name="an account's details and its end",
        act=in_turns(
            lambda work, w, number: ACCOUNTS.update(
                work, w.account_id, {"org_name": f"Name {number}"}
            ),
            lambda work, w, _: delete_account(work, w.account_id),
        ),
    ),
)
