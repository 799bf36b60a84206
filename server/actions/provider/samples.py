"""What a new provider finds: a service with its specification, plans, and a developer on it.

Source: mission A1.
"""

import json
from dataclasses import dataclass
from typing import Any

from server.actions.accounts.signup import NewSignup, sign_up
from server.actions.plans.features import FEATURES, include_feature
from server.actions.plans.plans import APPLICATION_PLANS, create_plan, make_default_plan
from server.actions.portal.api_docs import API_DOCS
from server.actions.services.configs import deploy_to_staging, promote
from server.actions.services.services import create_service
from server.actions.work import Work
from server.domain.accounts.users import User
from server.domain.applications.applications import Application
from server.domain.plans.plans import ApplicationPlan
from server.domain.provider.providers import Provider
from server.domain.services.services import Service
from server.kit.ids import random_hex


@dataclass(frozen=True, slots=True)
class Sample:
    """The sample service and the sample developer, with his password."""

    service: Service
    user: User
    password: str
    application: Application


def add_samples(work: Work, admin_email: str) -> Sample:
    """Add the sample data of a new provider, deployed to staging and production."""
    values = {"name": "API", "system_name": "api", "description": "Your first API."}
    service = create_service(work, values)
    _add_plans(work, service)
    _add_spec(work, service)
    password = random_hex(10)
    name, _, host = admin_email.partition("@")
    signup = sign_up(
        work,
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
    deploy_to_staging(work, service.id)
    promote(work, service.id)
    return Sample(service, signup.user, password, signup.applications[0])


def _add_plans(work: Work, service: Service) -> None:
    greetings = FEATURES.create(work, {"name": "Unlimited Greetings"}, service.id)
    support = FEATURES.create(work, {"name": "24/7 support"}, service.id)
    calls = FEATURES.create(work, {"name": "Unlimited calls"}, service.id)
    basic = _plan(work, service, "Basic")
    unlimited = _plan(work, service, "Unlimited")
    make_default_plan(work, ApplicationPlan, basic.id)
    include_feature(work, basic.id, greetings.id, included=True)
    for feature in (greetings, support, calls):
        include_feature(work, unlimited.id, feature.id, included=True)


def _plan(work: Work, service: Service, name: str) -> ApplicationPlan:
    return create_plan(work, APPLICATION_PLANS, {"name": name}, service.id, published=True)


def _add_spec(work: Work, service: Service) -> None:
    """Describe the Echo API behind the staging gateway.

    Where portal and gateways share an address, the server is told as a path: it stays right on
    another port.
    """
    provider, addresses = (
        work.db.get_one(Provider, work.actor.provider_id),
        work.installation.addresses,
    )
    staging = addresses.gateway(provider, service, "staging")
    spec = _echo_api(staging.removeprefix(addresses.portal(provider)))
    values = {
        "name": "Echo API",
        "description": "Answers what it received.",
        "body": json.dumps(spec, indent=2),
        "service_id": service.id,
        "published": True,
    }
    API_DOCS.create(work, values)


def _echo_api(server_url: str) -> dict[str, Any]:
    path = {"name": "path", "in": "path", "required": True, "schema": {"type": "string"}}
    responses = {
        "200": {
            "description": "What the API received: method, path, args, headers and body.",
            "content": {"application/json": {"schema": {"type": "object"}}},
        },
        "403": {"description": "The key is missing or wrong."},
        "429": {"description": "A limit of your plan is used up."},
    }
    root = {"operationId": "echo", "summary": "Echo a call", "responses": responses}
    any_path = {
        "operationId": "echoPath",
        "summary": "Echo a call to any path",
        "parameters": [path],
        "responses": responses,
    }
    return {
        "openapi": "3.0.3",
        "info": {
            "title": "Echo API",
            "description": "A sample API: it accepts any path and answers what it received.",
            "version": "1.0.0",
        },
        "servers": [{"url": server_url}],
        "security": [{"user_key": []}],
        "paths": {"/": {"get": root}, "/{path}": {"get": any_path}},
        "components": {
            "securitySchemes": {"user_key": {"type": "apiKey", "in": "query", "name": "user_key"}}
        },
    }
