"""Services: what a new one comes with, which names it may have, which one may go."""

from itertools import product

import pytest
from sqlmodel import Session, select

from server.actions.accounts.signup import NewSignup, sign_up
from server.actions.applications.applications import create_application, delete_application
from server.actions.plans.plans import APPLICATION_PLANS, create_plan
from server.actions.provider.providers import NewProvider
from server.actions.secrets import unsealed
from server.actions.services.configs import find_current_config, has_undeployed_changes
from server.actions.services.documents import build_document, document_of
from server.actions.services.lookup import get_proxy, get_service
from server.actions.services.mapping_rules import MAPPING_RULES, list_rules
from server.actions.services.metrics import list_metrics
from server.actions.services.proxies import update_proxy
from server.actions.services.services import (
    SERVICES,
    create_service,
    delete_service,
    make_default_service,
    update_service,
)
from server.auth.actors import actor_of_user
from server.auth.dependencies import Dependencies
from server.domain.accounts.accounts import ServiceContract
from server.domain.errors import (
    Blank,
    Conflict,
    DomainError,
    Forbidden,
    InUse,
    Invalid,
    NotFound,
    Taken,
    TooLong,
)
from server.domain.events import EventKind
from server.domain.permissions import Permission
from server.domain.plans.plans import ServicePlan
from server.domain.services.services import Service
from tests.kit.make import staff
from tests.kit.work import by
from tests.server.actions.conftest import NOWHERE, event_is, guarded, kinds, refused, without


def the_service(db: Session, acme: NewProvider) -> Service:
    """Find the sample service."""
    return db.get_one(Service, acme.sample.service.id)


def test_a_new_service_has_all_that_a_service_has(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    service = create_service(by(db, staff(acme), deps.installation), {"name": "Weather Now"})

    event_is(db, EventKind.SERVICE_CREATED, service.id, {})
    assert (service.system_name, service.state, service.is_default) == (
        "weather-now",
        "published",
        False,
    )
    assert [metric.system_name for metric in list_metrics(db, service.id)] == ["hits"]
    assert [(rule.http_method, rule.pattern) for rule in list_rules(db, service.id)] == [
        ("GET", "/")
    ]
    plan = db.exec(select(ServicePlan).where(ServicePlan.service_id == service.id)).one()
    assert (plan.is_default, plan.state) == (True, "published")
    proxy = get_proxy(db, service)
    assert proxy.api_backend == deps.installation.addresses.echo
    proxies = proxy, get_proxy(db, acme.sample.service)
    tokens = {unsealed(deps.installation.vault, each, "secret_token_sealed") for each in proxies}
    assert len(tokens) == 2
    assert service.service_token_sealed != acme.sample.service.service_token_sealed


def test_services_have_their_permission_and_their_provider(
    deps: Dependencies, acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    number = acme.sample.service.id
    acts = (delete_service, make_default_service)

    guarded(
        db,
        (acme, globex),
        Permission.SERVICES_EDIT,
        *((act, number) for act in acts),
        (update_service, number, {"name": "New"}),
    )
    lesser, draft = without(acme, Permission.SERVICES_EDIT), {"name": "Weather"}
    refused(by(db, lesser, deps.installation), Forbidden, create_service, draft)
    john = actor_of_user(acme.sample.user)
    refused(by(db, john, deps.installation), NotFound, create_service, draft)
    for act, nowhere in product((*acts, get_service), NOWHERE):
        refused(by(db, staff(acme)), NotFound, act, nowhere, field="id")
    assert list(db.exec(SERVICES.query(staff(globex)))) == [globex.sample.service]


def test_bad_input_names_its_field(deps: Dependencies, acme: NewProvider, db: Session) -> None:
    cases: tuple[tuple[str, str, type[DomainError]], ...] = (
        ("name", " ", Blank),
        ("name", "x" * 256, TooLong),
        ("name", "a\x00b", Invalid),
        ("system_name", "-dash", Invalid),
        ("system_name", "sp ace", Invalid),
        ("system_name", "ümlaut", Invalid),
        ("system_name", "x" * 256, TooLong),
        ("system_name", "api", Taken),
        ("description", "x" * 65_536, TooLong),
        ("backend_version", "3", Invalid),
        ("api_backend", "ftp://x.example", Invalid),
        ("api_backend", "http://jo@x.example", Invalid),
        ("api_backend", "http://x.example/#a", Invalid),
        ("api_backend", "http://x.example:99999", Invalid),
        ("api_backend", "http://x.example:0", Invalid),
        ("api_backend", "http://", Invalid),
        ("api_backend", "http://localhost:8000/", Invalid),
        ("api_backend", "http://2130706433:8000/gateway/staging/api", Invalid),
        ("api_backend", "http://x .example", Invalid),
    )
    for field, value, error in cases:
        draft = {"name": "Weather", field: value}
        refused(by(db, staff(acme), deps.installation), error, create_service, draft, field=field)


def test_settings_change_one_by_one_and_only_those(acme: NewProvider, db: Session) -> None:
    service, actor = the_service(db, acme), staff(acme)

    for flag in (each.name for each in SERVICES.attributes if each.type is bool):
        before = getattr(service, flag)
        update_service(by(db, actor), service.id, {flag: not before})
        event_is(db, EventKind.SERVICE_UPDATED, service.id, {flag: [before, not before]})
        refused(by(db, actor), Invalid, update_service, service.id, {flag: None}, field=flag)
    update_service(by(db, actor), service.id, {"support_email": "Help@Acme.example"})
    assert service.support_email == "help@acme.example"
    said = len(kinds(db))
    update_service(by(db, actor), service.id, {"name": service.name})
    assert len(kinds(db)) == said

    for field, value in (
        ("support_email", "nobody"),
        ("backend_version", "3"),
        ("buyer_plan_change_permission", "free"),
        ("name", ""),
        ("state", "hidden"),
        ("system_name", "other"),
        ("service_token_digest", b"x"),
        ("provider_id", 1),
    ):
        refused(by(db, actor), Invalid, update_service, service.id, {field: value}, field=field)


def test_the_default_goes_only_after_another_took_its_place(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    actor, first = staff(acme), the_service(db, acme)
    second = create_service(by(db, actor, deps.installation), {"name": "Weather"})
    refused(by(db, actor), InUse, delete_service, first.id)

    make_default_service(by(db, actor), second.id)
    event_is(db, EventKind.SERVICE_UPDATED, second.id, {"is_default": [False, True]})
    defaults = select(Service).where(Service.provider_id == acme.provider.id, Service.is_default)
    assert db.exec(defaults).all() == [second]
    delete_application(by(db, actor), acme.sample.application.id)
    delete_service(by(db, actor), first.id)

    event_is(db, EventKind.SERVICE_UPDATED, first.id, {"state": ["published", "deleted"]})
    refused(by(db, actor), NotFound, get_service, first.id)
    refused(by(db, actor), NotFound, update_service, first.id, {"name": "x"})
    again = create_service(by(db, actor, deps.installation), {"name": "API", "system_name": "api"})
    assert again.system_name == "api", "its name is free again"


def test_a_service_with_applications_stays_and_says_how_many(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    work, (service, plan_id) = by(db, staff(acme), deps.installation), a_second_api(db, deps, acme)
    account_id = acme.sample.application.account_id
    made = [create_application(work, account_id, plan_id, {"name": f"A {n}"}) for n in range(2)]

    with pytest.raises(InUse, match=r"^2 applications are on its plans\."):
        delete_service(work, service.id)

    for application in made:
        delete_application(work, application.id)
    delete_service(work, service.id)
    assert service.state == "deleted"
    of_it = select(ServiceContract).where(ServiceContract.service_id == service.id)
    assert db.exec(of_it).all() == [], "nobody is subscribed to what is gone"


def test_nobody_comes_onto_the_plans_of_a_service_that_is_gone(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    work, (service, plan_id) = by(db, staff(acme), deps.installation), a_second_api(db, deps, acme)
    delete_service(work, service.id)
    signup = NewSignup(
        org_name="Zoo", username="zoe", email="z@x.example", application_plan_id=plan_id
    )

    values = {"name": "A"}
    account_id = acme.sample.application.account_id
    refused(work, NotFound, create_application, account_id, plan_id, values)
    assert sign_up(work, signup, "provider").applications == []


def a_second_api(db: Session, deps: Dependencies, acme: NewProvider) -> tuple[Service, int]:
    """Make an API that may be deleted, with a plan."""
    work = by(db, staff(acme), deps.installation)
    service = create_service(work, {"name": "Weather"})
    plan = create_plan(work, APPLICATION_PLANS, {"name": "Sun"}, service.id, published=True)
    return service, plan.id


def test_the_last_service_stays(acme: NewProvider, db: Session) -> None:
    the_service(db, acme).is_default = False

    refused(by(db, staff(acme)), Conflict, delete_service, acme.sample.service.id)


def test_a_service_is_in_staging_from_the_start_and_after_each_change_of_it(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    work = by(db, staff(acme), deps.installation)

    service = create_service(work, {"name": "Weather"})
    first = find_current_config(db, service.id, "staging")
    update_service(work, service.id, {"mandatory_app_key": "no"})
    second = find_current_config(db, service.id, "staging")
    update_service(work, service.id, {"mandatory_app_key": "no"})

    assert first is not None
    assert second is not None
    assert (first.version, second.version) == (1, 2)
    assert document_of(deps.installation, second) == build_document(db, deps.installation, service)
    assert find_current_config(db, service.id, "staging") is second, "nothing changed"
    assert find_current_config(db, service.id, "production") is None


def test_rules_are_put_together_before_they_are_deployed(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    work = by(db, staff(acme), deps.installation)
    service = create_service(work, {"name": "Weather"})

    MAPPING_RULES.update(work, list_rules(db, service.id)[0].id, {"pattern": "/rain"})

    assert has_undeployed_changes(db, deps.installation, service)
    update_proxy(work, service.id, {})
    assert not has_undeployed_changes(db, deps.installation, service)
