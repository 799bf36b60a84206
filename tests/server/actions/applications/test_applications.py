"""Applications: who may create and change them, and on which plans."""

from collections.abc import Mapping
from itertools import product

import pytest
from sqlmodel import Session, select

from server.actions.accounts.accounts import suspend_account
from server.actions.accounts.credit_cards import put_card
from server.actions.accounts.signup import NewSignup, sign_up
from server.actions.applications.applications import (
    accept_application,
    change_application_plan,
    create_application,
    delete_application,
    get_application,
    resume_application,
    suspend_application,
    update_application,
)
from server.actions.applications.keys import add_key, list_keys
from server.actions.plans.plans import APPLICATION_PLANS, SERVICE_PLANS, create_plan
from server.actions.plans.pricing_rules import PRICING_RULES
from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.actions.services.metrics import list_metrics
from server.actions.services.services import create_service, update_service
from server.auth.actors import actor_of_user
from server.auth.dependencies import Dependencies
from server.domain.errors import (
    Conflict,
    Forbidden,
    InUse,
    Invalid,
    NotFound,
    PlanMismatch,
    StateConflict,
    Taken,
)
from server.domain.events import EventKind
from server.domain.permissions import Permission
from server.domain.plans.plans import ServicePlan
from tests.kit.cases.cards import CARD
from tests.kit.make import make_provider, staff
from tests.kit.work import by
from tests.server.actions.conftest import NOWHERE, event_is, guarded, refused, told


def new_application(
    provider: NewProvider, values: Mapping[str, object] | None = None, *, plan_id: int = 0
) -> tuple[int, int, dict[str, object]]:
    """Tell what makes a further application of the sample developer."""
    sample = provider.sample.application
    return sample.account_id, plan_id or sample.plan_id, {"name": "Second", **(values or {})}


def test_a_developer_creates_one_for_himself(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    john = actor_of_user(acme.sample.user)

    application = create_application(by(db, john, deps.installation), *new_application(acme))

    assert application.state == "live"
    assert get_application(by(db, john), application.id) is application


def test_a_developer_cannot_reach_another_account(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    draft = NewSignup(
        org_name="Initech", username="peter", email="p@i.example", password="staplers are red"
    )
    peter = sign_up(by(db, staff(acme), deps.installation), draft, "api")
    actor = actor_of_user(peter.user)

    for action in (get_application, delete_application):
        with pytest.raises(NotFound):
            action(by(db, actor), acme.sample.application.id)
    with pytest.raises(NotFound):
        create_application(by(db, actor, deps.installation), *new_application(acme))
    with pytest.raises(NotFound):
        suspend_application(by(db, actor), acme.sample.application.id)


def test_another_provider_reaches_nothing(deps: Dependencies, acme: NewProvider) -> None:
    other = make_provider(deps, "Globex")
    with deps.database.write() as db:
        for action in (get_application, suspend_application, delete_application):
            with pytest.raises(NotFound):
                action(by(db, staff(other)), acme.sample.application.id)
        with pytest.raises(NotFound):
            create_application(by(db, staff(other), deps.installation), *new_application(acme))


def test_a_plan_that_wants_approval_makes_it_pending(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    values = {"name": "Gold", "approval_required": True}
    plan = create_plan(
        by(db, staff(acme)), APPLICATION_PLANS, values, acme.sample.service.id, published=True
    )

    application = create_application(
        by(db, staff(acme), deps.installation), *new_application(acme, plan_id=plan.id)
    )

    assert application.state == "pending"


def test_suspend_and_resume_know_their_states(acme: NewProvider, db: Session) -> None:
    number = acme.sample.application.id
    assert suspend_application(by(db, staff(acme)), number).state == "suspended"

    with pytest.raises(StateConflict) as raised:
        suspend_application(by(db, staff(acme)), number)

    assert (raised.value.state, raised.value.event) == ("suspended", "suspend")
    assert resume_application(by(db, staff(acme)), number).state == "live"


def test_a_developers_plan_change_follows_the_services_rule(acme: NewProvider, db: Session) -> None:
    actor, number = actor_of_user(acme.sample.user), acme.sample.application.id
    values = {"name": "Gold"}
    plan = create_plan(
        by(db, staff(acme)), APPLICATION_PLANS, values, acme.sample.service.id, published=True
    )
    before = acme.sample.application.plan_id

    def allow(rule: str) -> None:
        changes = {"buyer_plan_change_permission": rule}
        update_service(by(db, staff(acme)), acme.sample.service.id, changes)

    allow("none")
    with pytest.raises(Forbidden):
        change_application_plan(by(db, actor), number, plan.id)
    allow("request")
    assert change_application_plan(by(db, actor), number, plan.id).plan_id == before
    allow("credit_card")
    assert change_application_plan(by(db, actor), number, plan.id).plan_id == before
    allow("request_credit_card")
    assert change_application_plan(by(db, actor), number, plan.id).plan_id == plan.id, "it is free"
    hits = {"metric_id": list_metrics(db, plan.service_id)[0].id, "cost_per_unit": "0.1"}
    PRICING_RULES.create(by(db, staff(acme)), hits, before)
    with pytest.raises(Conflict, match="no card is on file"):
        change_application_plan(by(db, actor), number, before)
    put_card(by(db, staff(acme)), acme.sample.application.account_id, CARD)
    for rule, wanted in (
        ("request_credit_card", before),
        ("credit_card", plan.id),
        ("direct", before),
    ):
        allow(rule)
        assert change_application_plan(by(db, actor), number, wanted).plan_id == wanted


def test_a_plan_of_another_service_is_refused(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    service = create_service(by(db, staff(acme), deps.installation), {"name": "Weather"})
    plan = create_plan(by(db, staff(acme)), APPLICATION_PLANS, {"name": "Gold"}, service.id)

    with pytest.raises(PlanMismatch):
        change_application_plan(by(db, staff(acme)), acme.sample.application.id, plan.id)


def test_a_plan_in_use_stays(acme: NewProvider, db: Session) -> None:
    with pytest.raises(InUse):
        APPLICATION_PLANS.delete(by(db, staff(acme)), acme.sample.application.plan_id)


def test_a_taken_credential_is_told_at_its_field(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    taken = acme.sample.application.application_id

    with pytest.raises(Taken) as raised:
        create_application(
            by(db, staff(acme), deps.installation),
            *new_application(acme, {"application_id": taken}),
        )

    assert raised.value.field == "application_id"


def test_a_developer_of_a_suspended_account_changes_nothing(acme: NewProvider, db: Session) -> None:
    suspend_account(by(db, staff(acme)), acme.sample.application.account_id)

    with pytest.raises(Forbidden):
        update_application(
            by(db, actor_of_user(acme.sample.user)), acme.sample.application.id, {"name": "New"}
        )


def test_where_the_provider_manages_applications_developers_do_not(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    update_service(by(db, staff(acme)), acme.sample.service.id, {"buyers_manage_apps": False})

    with pytest.raises(Forbidden):
        create_application(
            by(db, actor_of_user(acme.sample.user), deps.installation), *new_application(acme)
        )


MOVES = {
    accept_application: ({"pending"}, "live", EventKind.APPLICATION_ACCEPTED),
    suspend_application: ({"pending", "live"}, "suspended", EventKind.APPLICATION_SUSPENDED),
    resume_application: ({"suspended"}, "live", EventKind.APPLICATION_RESUMED),
}


def test_each_state_knows_its_events_and_no_others(acme: NewProvider, db: Session) -> None:
    application = get_application(by(db, staff(acme)), acme.sample.application.id)

    for (act, (sources, target, kind)), state in product(
        MOVES.items(), ("pending", "live", "suspended", "deprecated")
    ):
        application.state = state
        if state in sources:
            assert act(by(db, staff(acme)), application.id).state == target
            event_is(db, kind, application.id, {"state": [state, target]})
        else:
            refused(by(db, staff(acme)), StateConflict, act, application.id)


def test_applications_have_their_permission_and_their_provider(
    deps: Dependencies, acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    number, plan_id = acme.sample.application.id, acme.sample.application.plan_id

    guarded(
        db,
        (acme, globex),
        Permission.APPLICATIONS_EDIT,
        *((act, number) for act in (*MOVES, delete_application)),
        (update_application, number, {"name": "New"}),
        (change_application_plan, number, plan_id),
        (create_application, *new_application(acme)),
    )
    guarded(db, (acme, globex), Permission.APPLICATIONS_READ, (get_application, number))
    for nowhere in NOWHERE:
        for act in (*MOVES, delete_application, get_application):
            refused(by(db, staff(acme)), NotFound, act, nowhere, field="id")
    foreign = globex.sample.application.plan_id
    refused(by(db, staff(acme)), NotFound, change_application_plan, number, foreign)
    draft = new_application(acme, plan_id=foreign)
    refused(by(db, staff(acme), deps.installation), NotFound, create_application, *draft)


def test_texts_and_chosen_ids_have_rules(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    actor, number = staff(acme), acme.sample.application.id
    for field, value in (
        ("name", " "),
        ("name", "x" * 256),
        ("description", "a\x00b"),
        ("application_id", "abc"),
        ("application_id", "with space"),
        ("application_id", "x" * 256),
        ("application_id", "a\x00bcd"),
        ("user_key", "with space"),
        ("redirect_url", "x" * 2049),
    ):
        draft = new_application(acme, {field: value})
        refused(by(db, actor, deps.installation), Invalid, create_application, *draft, field=field)
        refused(by(db, actor), Invalid, update_application, number, {field: value}, field=field)
    for field in ("state", "plan_id", "account_id", "provider_id", "origin"):
        refused(by(db, actor), Invalid, update_application, number, {field: "x"}, field=field)

    update_application(by(db, actor), number, {"name": "New", "redirect_url": "https://x.example/"})
    assert told(db)[2]["name"] == ["Developer's App", "New"]


def test_where_one_application_is_the_rule_a_developer_gets_no_second(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    update_settings(by(db, staff(acme)), {"multiple_applications": False})
    john, draft = actor_of_user(acme.sample.user), new_application(acme)

    refused(by(db, john, deps.installation), Conflict, create_application, *draft)

    made = create_application(by(db, staff(acme), deps.installation), *draft)
    event_is(db, EventKind.APPLICATION_CREATED, made.id, {})


def test_a_deleted_application_is_gone_with_its_keys(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    actor, number = staff(acme), acme.sample.application.id
    add_key(by(db, actor, deps.installation), number)

    delete_application(by(db, actor), number)

    event_is(db, EventKind.APPLICATION_DELETED, number, {})
    assert list_keys(db, number) == []
    refused(by(db, actor), NotFound, get_application, number)


def test_it_is_created_of_what_changes_it_and_of_its_credentials(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    work, keys = by(db, staff(acme), deps.installation), ["first-key", "second-key"]
    values = {"redirect_url": " https://x.example/ ", "description": None, "name": 42}

    made = create_application(work, *new_application(acme, {**values, "application_keys": keys}))

    assert (made.name, made.description) == ("42", "")
    assert made.redirect_url == "https://x.example/"
    vault = deps.installation.vault
    assert [vault.unseal(key.sealed) for key in list_keys(db, made.id)] == keys
    for field in ("state", "plan_id", "account_id", "provider_id", "origin"):
        draft = new_application(acme, {field: "x"})
        refused(work, Invalid, create_application, *draft, field=field)


def test_an_application_waits_with_its_subscription_and_is_accepted_with_it(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    root = by(db, staff(acme), deps.installation)
    service = create_service(root, {"name": "Weather"})
    gated = db.exec(select(ServicePlan).where(ServicePlan.service_id == service.id)).one()
    SERVICE_PLANS.update(root, gated.id, {"approval_required": True})
    plan = create_plan(root, APPLICATION_PLANS, {"name": "Free"}, service.id, published=True)
    john = by(db, actor_of_user(acme.sample.user), deps.installation)

    first = create_application(john, *new_application(acme, plan_id=plan.id))
    second = create_application(john, *new_application(acme, plan_id=plan.id))
    assert (first.state, second.state) == ("pending", "pending")
    accept_application(root, first.id)
    third = create_application(john, *new_application(acme, plan_id=plan.id))

    assert (first.state, second.state, third.state) == ("live", "pending", "live")
