"""Applications: who may create and change them, and on which plans."""

import pytest
from sqlmodel import Session

from server.actions.accounts import suspend_account
from server.actions.applications import (
    NewApplication,
    application_of,
    change_application_plan,
    create_application,
    delete_application,
    resume_application,
    suspend_application,
    update_application,
)
from server.actions.plans import NewPlan, create_application_plan, delete_plan
from server.actions.providers import NewProvider
from server.actions.services import NewService, create_service, update_service
from server.actions.signup import NewSignup, sign_up
from server.auth.actors import actor_of_user
from server.auth.site import Site
from server.domain.errors import (
    Forbidden,
    InUse,
    NotFound,
    PlanMismatch,
    StateConflict,
    Taken,
)
from server.domain.plans import ApplicationPlan
from tests.kit.make import make_provider, staff


def new_application(provider: NewProvider, **over: object) -> NewApplication:
    """Make a draft of a further application of the sample developer."""
    values: dict[str, object] = {
        "account_id": provider.sample.application.account_id,
        "plan_id": provider.sample.application.plan_id,
        "name": "Second",
    }
    return NewApplication(**(values | over))  # type: ignore[arg-type]  # built from a table of cases


def test_a_developer_creates_one_for_himself(site: Site, acme: NewProvider, db: Session) -> None:
    john = actor_of_user(acme.sample.user)

    application = create_application(db, john, site.installation, new_application(acme))

    assert application.state == "live"
    assert application_of(db, john, application.id) is application


def test_a_developer_cannot_reach_another_account(
    site: Site, acme: NewProvider, db: Session
) -> None:
    draft = NewSignup(
        org_name="Initech", username="peter", email="p@i.example", password="staplers are red"
    )
    peter = sign_up(db, staff(acme), site.installation, draft, "api")
    actor = actor_of_user(peter.user)

    for action in (application_of, delete_application):
        with pytest.raises(NotFound):
            action(db, actor, acme.sample.application.id)
    with pytest.raises(NotFound):
        create_application(db, actor, site.installation, new_application(acme))
    with pytest.raises(NotFound):
        suspend_application(db, actor, acme.sample.application.id)


def test_another_provider_reaches_nothing(site: Site, acme: NewProvider) -> None:
    other = make_provider(site, "Globex")
    with site.database.write() as db:
        for action in (application_of, suspend_application, delete_application):
            with pytest.raises(NotFound):
                action(db, staff(other), acme.sample.application.id)
        with pytest.raises(NotFound):
            create_application(db, staff(other), site.installation, new_application(acme))


def test_a_plan_that_wants_approval_makes_it_pending(
    site: Site, acme: NewProvider, db: Session
) -> None:
    draft = NewPlan(name="Gold", published=True, approval_required=True)
    plan = create_application_plan(db, staff(acme), acme.sample.service.id, draft)

    application = create_application(
        db, staff(acme), site.installation, new_application(acme, plan_id=plan.id)
    )

    assert application.state == "pending"


def test_suspend_and_resume_know_their_states(acme: NewProvider, db: Session) -> None:
    number = acme.sample.application.id
    assert suspend_application(db, staff(acme), number).state == "suspended"

    with pytest.raises(StateConflict) as raised:
        suspend_application(db, staff(acme), number)

    assert (raised.value.state, raised.value.event) == ("suspended", "suspend")
    assert resume_application(db, staff(acme), number).state == "live"


def test_a_developers_plan_change_follows_the_services_rule(acme: NewProvider, db: Session) -> None:
    actor, number = actor_of_user(acme.sample.user), acme.sample.application.id
    draft = NewPlan(name="Gold", published=True)
    plan = create_application_plan(db, staff(acme), acme.sample.service.id, draft)
    before = acme.sample.application.plan_id

    def allow(rule: str) -> None:
        changes = {"buyer_plan_change_permission": rule}
        update_service(db, staff(acme), acme.sample.service.id, changes)

    allow("none")
    with pytest.raises(Forbidden):
        change_application_plan(db, actor, number, plan.id)
    allow("request")
    assert change_application_plan(db, actor, number, plan.id).plan_id == before
    allow("direct")
    assert change_application_plan(db, actor, number, plan.id).plan_id == plan.id


def test_a_plan_of_another_service_is_refused(site: Site, acme: NewProvider, db: Session) -> None:
    service = create_service(db, staff(acme), site.installation, NewService(name="Weather"))
    plan = create_application_plan(db, staff(acme), service.id, NewPlan(name="Gold"))

    with pytest.raises(PlanMismatch):
        change_application_plan(db, staff(acme), acme.sample.application.id, plan.id)


def test_a_plan_in_use_stays(acme: NewProvider, db: Session) -> None:
    with pytest.raises(InUse):
        delete_plan(db, staff(acme), ApplicationPlan, acme.sample.application.plan_id)


def test_a_taken_credential_is_told_at_its_field(
    site: Site, acme: NewProvider, db: Session
) -> None:
    taken = acme.sample.application.application_id

    with pytest.raises(Taken) as raised:
        create_application(
            db, staff(acme), site.installation, new_application(acme, application_id=taken)
        )

    assert raised.value.field == "application_id"


def test_a_developer_of_a_suspended_account_changes_nothing(acme: NewProvider, db: Session) -> None:
    suspend_account(db, staff(acme), acme.sample.application.account_id)

    with pytest.raises(Forbidden):
        update_application(
            db, actor_of_user(acme.sample.user), acme.sample.application.id, {"name": "New"}
        )


def test_where_the_provider_manages_applications_developers_do_not(
    site: Site, acme: NewProvider, db: Session
) -> None:
    update_service(db, staff(acme), acme.sample.service.id, {"buyers_manage_apps": False})

    with pytest.raises(Forbidden):
        create_application(
            db, actor_of_user(acme.sample.user), site.installation, new_application(acme)
        )
