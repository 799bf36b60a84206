"""What happens that people are told of by mail."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlmodel import Session, select

from server.actions.accounts.accounts import (
    approve_account,
    change_account_plan,
    make_account_pending,
)
from server.actions.accounts.factors import add_passkey
from server.actions.accounts.invitations import invite_user
from server.actions.accounts.signup import NewSignup, sign_up
from server.actions.accounts.subscriptions import (
    change_contract_plan,
    subscribe,
)
from server.actions.accounts.users import (
    change_password,
    update_user,
)
from server.actions.applications.applications import (
    accept_application,
    change_application_plan,
    refuse_plan_request,
    reject_application,
)
from server.actions.applications.keys import add_key, delete_key
from server.actions.applications.trials import note_trial
from server.actions.messages.limits_reached import Reached, note_reached
from server.actions.messages.messages import send_message
from server.actions.messages.preferences import update_preferences
from server.actions.plans.plans import ACCOUNT_PLANS, SERVICE_PLANS, create_plan
from server.actions.portal import gallery
from server.actions.portal.forum import reply_to_topic, start_topic
from server.actions.provider.domains import DOMAINS, note_check
from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.actions.provider.webhook_deliveries import note_answer
from server.actions.provider.webhooks import ENDPOINTS
from server.actions.services.metrics import list_metrics
from server.actions.services.services import create_service, update_service
from server.auth.actors import actor_of_user
from server.auth.dependencies import Dependencies
from server.domain.accounts.accounts import ServiceContract
from server.domain.accounts.factors import NewPasskey
from server.domain.accounts.users import User
from server.domain.actors import Actor
from server.domain.applications.applications import Application
from server.domain.plans.plans import ApplicationPlan, ServicePlan
from server.domain.portal.forum import ForumTopic
from server.domain.provider.domains import FAILURES, GRACE, Domain, Proof, ProvedBy
from server.domain.provider.webhooks import HookAnswer, HookCall, WebhookDelivery
from server.domain.services.services import Service
from tests.kit.make import staff
from tests.kit.work import by, proof_of
from tests.kit.world import other_plan


def signed_up(db: Session, deps: Dependencies, acme: NewProvider) -> User:
    draft = NewSignup(
        org_name="Initech",
        username="peter",
        email="peter@initech.example",
        password="correct horse battery",
    )
    actor = Actor.anonymous(acme.provider.id)
    return sign_up(by(db, actor, deps.installation), draft, "portal").user


def john(db: Session, acme: NewProvider) -> Actor:
    return actor_of_user(db.get_one(User, acme.sample.user.id))


Deed = Callable[[Session, Dependencies, NewProvider], object]


def pending_again(db: Session, acme: NewProvider) -> None:
    make_account_pending(by(db, staff(acme)), acme.sample.application.account_id)


def approved(db: Session, _deps: Dependencies, acme: NewProvider) -> None:
    pending_again(db, acme)
    approve_account(by(db, staff(acme)), acme.sample.application.account_id)


def accepted(db: Session, _deps: Dependencies, acme: NewProvider) -> None:
    db.get_one(Application, acme.sample.application.id).state = "pending"
    accept_application(by(db, staff(acme)), acme.sample.application.id)


def asked(db: Session, _deps: Dependencies, acme: NewProvider) -> None:
    service = db.get_one(Service, acme.sample.service.id)
    service.buyer_plan_change_permission = "request"
    application_id = acme.sample.application.id
    change_application_plan(by(db, john(db, acme)), application_id, other_plan(db, acme))


def refused(db: Session, _deps: Dependencies, acme: NewProvider) -> None:
    application = db.get_one(Application, acme.sample.application.id)
    application.wanted_plan_id = other_plan(db, acme)
    refuse_plan_request(by(db, staff(acme)), application.id)


def rejected(db: Session, _deps: Dependencies, acme: NewProvider) -> None:
    application = db.get_one(Application, acme.sample.application.id)
    application.state = "pending"
    reject_application(by(db, staff(acme)), application.id)


def make_older(db: Session, acme: NewProvider) -> None:
    db.get_one(Application, acme.sample.application.id).created_at -= timedelta(days=1)


def key_made(db: Session, deps: Dependencies, acme: NewProvider) -> int:
    make_older(db, acme)
    key, _ = add_key(by(db, staff(acme), deps.installation), acme.sample.application.id)
    return key.id


def key_gone(db: Session, deps: Dependencies, acme: NewProvider) -> None:
    delete_key(by(db, staff(acme)), acme.sample.application.id, key_made(db, deps, acme))


def mail_changed(db: Session, _deps: Dependencies, acme: NewProvider) -> None:
    update_user(by(db, staff(acme)), acme.sample.user.id, {"email": "thief@evil.example"})


def password_changed(db: Session, _deps: Dependencies, acme: NewProvider) -> None:
    user = db.get_one(User, acme.sample.user.id)
    change_password(by(db, actor_of_user(user)), proof_of(user), "another horse battery")


def factor_added(db: Session, _deps: Dependencies, acme: NewProvider) -> None:
    made = NewPasskey("credential", b"key", 0, "localhost")
    add_passkey(by(db, john(db, acme)), "My phone", made)


def invited(db: Session, _deps: Dependencies, acme: NewProvider) -> None:
    account_id = acme.sample.application.account_id
    invite_user(by(db, staff(acme)), account_id, {"email": "milton@x.example"})


def shows_plans(db: Session, acme: NewProvider) -> None:
    shown = {"service_plans_ui_visible": True, "account_plans_ui_visible": True}
    update_settings(by(db, staff(acme)), shown)


def account_plan_asked(db: Session, _deps: Dependencies, acme: NewProvider) -> None:
    shows_plans(db, acme)
    silver = create_plan(by(db, staff(acme)), ACCOUNT_PLANS, {"name": "S"}, published=True)
    account_id = acme.sample.application.account_id
    change_account_plan(by(db, john(db, acme)), account_id, silver.id)


def subscribed(
    db: Session, acme: NewProvider, actor: Actor, state: str = "live"
) -> ServiceContract:
    """Subscribe the sample account to a further API."""
    shows_plans(db, acme)
    work = by(db, staff(acme))
    service = create_service(work, {"name": "Tides"})
    values = {"name": "Low", "approval_required": state == "pending"}
    plan = create_plan(work, SERVICE_PLANS, values, service.id, published=True)
    return subscribe(by(db, actor), acme.sample.application.account_id, plan.id)


def contract_plan_asked(db: Session, _deps: Dependencies, acme: NewProvider) -> None:
    contract = subscribed(db, acme, staff(acme))
    values = {"name": "High"}
    work = by(db, staff(acme))
    high = create_plan(work, SERVICE_PLANS, values, contract.service_id, published=True)
    change_contract_plan(by(db, john(db, acme)), contract.id, high.id)


def domain_failing(db: Session, _deps: Dependencies, acme: NewProvider) -> Domain:
    work = by(db, staff(acme))
    domain = DOMAINS.create(work, {"name": "dev.acme.example", "serves": "portal"})
    note_check(work, domain.id, Proof(ProvedBy.DNS))
    for _ in range(FAILURES):
        note_check(work, domain.id, Proof(problem="It is gone."))
    return domain


def webhook_paused(db: Session, deps: Dependencies, acme: NewProvider) -> None:
    work = by(db, staff(acme), deps.installation)
    values = {"name": "CRM", "url": "https://crm.example/hooks", "event_types": ["*"]}
    endpoint = ENDPOINTS.create(work, values)
    delivery = WebhookDelivery(
        provider_id=acme.provider.id,
        endpoint_id=endpoint.id,
        event_id=1,
        event_type="account.created",
        body_sealed=deps.installation.vault.seal("{}"),
    )
    db.add(delivery)
    db.flush()
    call = HookCall(acme.provider.id, delivery.id, endpoint.url, {}, b"")
    note_answer(work, call, HookAnswer(status=410, error="The endpoint answered 410."))


def domain_lost(db: Session, deps: Dependencies, acme: NewProvider) -> None:
    domain = domain_failing(db, deps, acme)
    domain.failing_since = deps.installation.clock.now() - GRACE
    note_check(by(db, staff(acme)), domain.id, Proof(problem="It is gone."))


def limit_reached(db: Session, deps: Dependencies, acme: NewProvider) -> None:
    application = acme.sample.application
    metric = list_metrics(db, application.service_id)[0]
    update_service(by(db, staff(acme)), application.service_id, {"email_buyer_levels": "100"})
    one = Reached(
        acme.provider.id,
        application.account_id,
        application.id,
        application.service_id,
        metric.id,
        "Hits",
        "day",
        deps.installation.clock.now(),
        5,
        5,
    )
    assert len(note_reached(by(db, Actor.system(acme.provider.id)), [one, one])) == 1


def written_to(db: Session, deps: Dependencies, acme: NewProvider) -> None:
    work = by(db, staff(acme), deps.installation)
    send_message(work, {"body": "Rain"}, acme.sample.application.account_id)


def topic_started(db: Session, deps: Dependencies, acme: NewProvider) -> None:
    update_settings(by(db, staff(acme)), {"forum_enabled": True})
    admin = actor_of_user(acme.admin)
    update_preferences(by(db, admin, deps.installation), {"post_created": True})
    work = by(db, john(db, acme), deps.installation)
    start_topic(work, {"title": "Rain", "body": "When?"})


def topic_answered(db: Session, deps: Dependencies, acme: NewProvider) -> None:
    topic_started(db, deps, acme)
    topic = db.exec(select(ForumTopic)).one()
    reply_to_topic(by(db, staff(acme), deps.installation), topic.id, "Soon.")


def gallery_asked(db: Session, acme: NewProvider) -> int:
    update_settings(by(db, staff(acme)), {"app_gallery_enabled": True})
    said = {"title": "Radar", "description": "It shows rain."}
    work = by(db, john(db, acme))
    return gallery.ask_for_gallery(work, acme.sample.application.id, said).id


def gallery_approved(db: Session, _deps: Dependencies, acme: NewProvider) -> None:
    gallery.approve_entry(by(db, staff(acme)), gallery_asked(db, acme))


def gallery_refused(db: Session, _deps: Dependencies, acme: NewProvider) -> None:
    gallery.refuse_entry(by(db, staff(acme)), gallery_asked(db, acme), "No pictures.")


def trial_due(db: Session, deps: Dependencies, acme: NewProvider, table: Any, *, days: int) -> None:
    """Note a trial that ends in so many days, of the sample account."""
    row = db.exec(select(table).where(table.account_id == acme.sample.application.account_id)).one()
    is_contract = isinstance(row, ServiceContract)
    plan = (
        db.get_one(ServicePlan, row.service_plan_id)
        if is_contract
        else db.get_one(ApplicationPlan, row.plan_id)
    )
    plan.cost_per_month = Decimal(5)
    row.trial_due_at = deps.installation.clock.now()
    row.trial_ends_at = row.trial_due_at + timedelta(days=days)
    note_trial(by(db, Actor.system(acme.provider.id)), table, row.id)


def trial_ending(db: Session, deps: Dependencies, acme: NewProvider) -> None:
    trial_due(db, deps, acme, Application, days=10)


def trial_over(db: Session, deps: Dependencies, acme: NewProvider) -> None:
    admin = actor_of_user(acme.admin)
    update_preferences(by(db, admin, deps.installation), {"cinstance_expired_trial": True})
    trial_due(db, deps, acme, Application, days=0)


def contract_trial_ending(db: Session, deps: Dependencies, acme: NewProvider) -> None:
    trial_due(db, deps, acme, ServiceContract, days=10)
