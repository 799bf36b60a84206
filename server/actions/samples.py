"""What a new provider finds: a service, two plans, a developer with an application. Mission A1."""

from dataclasses import dataclass

from sqlmodel import Session

from server.actions.features import create_feature, include_feature
from server.actions.plans import NewPlan, create_application_plan, make_default_plan
from server.actions.proxies import deploy_to_staging, promote
from server.actions.services import NewService, create_service
from server.actions.signup import NewSignup, sign_up
from server.domain.actors import Actor
from server.domain.applications import Application
from server.domain.installation import Installation
from server.domain.plans import ApplicationPlan
from server.domain.services import Service
from server.domain.users import User
from server.kit.ids import random_hex


@dataclass(frozen=True, slots=True)
class Sample:
    """The sample service and the sample developer, with his password."""

    service: Service
    user: User
    password: str
    application: Application


def add_samples(db: Session, actor: Actor, installation: Installation, admin_email: str) -> Sample:
    """Add the sample data of a new provider, deployed to staging and production."""
    draft = NewService(name="API", system_name="api", description="Your first API.")
    service = create_service(db, actor, installation, draft)
    _add_plans(db, actor, service)
    password = random_hex(10)
    name, _, host = admin_email.partition("@")
    signup = sign_up(
        db,
        actor,
        installation,
        NewSignup(
            org_name="Developer",
            username="john",
            email=f"{name}+test@{host}",
            password=password,
            first_name="John",
            last_name="Doe",
            application_name="Developer's App",
        ),
        "api",
    )
    deploy_to_staging(db, actor, installation, service.id)
    promote(db, actor, service.id)
    return Sample(service, signup.user, password, signup.applications[0])


def _add_plans(db: Session, actor: Actor, service: Service) -> None:
    greetings = create_feature(db, actor, service.id, "Unlimited Greetings")
    support = create_feature(db, actor, service.id, "24/7 support")
    calls = create_feature(db, actor, service.id, "Unlimited calls")
    basic = _plan(db, actor, service, "Basic")
    unlimited = _plan(db, actor, service, "Unlimited")
    make_default_plan(db, actor, ApplicationPlan, basic.id)
    include_feature(db, actor, basic.id, greetings.id, included=True)
    for feature in (greetings, support, calls):
        include_feature(db, actor, unlimited.id, feature.id, included=True)


def _plan(db: Session, actor: Actor, service: Service, name: str) -> ApplicationPlan:
    return create_application_plan(db, actor, service.id, NewPlan(name=name, published=True))
