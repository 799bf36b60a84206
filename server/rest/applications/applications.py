"""Applications as the REST API shows them. Source: reference-portal 1.3."""

from server.actions.applications.keys import list_keys, user_key_of
from server.domain.applications.applications import Application
from server.domain.plans.plans import ApplicationPlan
from server.domain.services.services import Service
from server.kit.xml import Element
from server.rest.context import RestContext
from server.rest.formats import elements, extra_element, filled
from server.rest.plans.plans import plan_element


def application_element(ctx: RestContext, application: Application) -> Element:
    """Write an application with its credentials as XML. Cost: 3 queries."""
    service = ctx.db.get_one(Service, application.service_id)
    plan = ctx.db.get_one(ApplicationPlan, application.plan_id)
    head = elements(
        {
            "id": application.id,
            "created_at": application.created_at,
            "updated_at": application.updated_at,
            "state": application.state,
            "user_account_id": application.account_id,
            "first_traffic_at": application.first_traffic_at,
            "first_daily_traffic_at": None,
            "service_id": application.service_id,
        }
    )
    texts = elements(filled({"name": application.name, "description": application.description}))
    credentials = _credentials(ctx, application, service)
    extra = extra_element(application.extra_fields)
    return Element("application", [*head, *credentials, plan_element(plan), *texts, extra])


def _credentials(ctx: RestContext, application: Application, service: Service) -> list[Element]:
    vault = ctx.installation.vault
    if service.backend_version == "1":
        return [Element("user_key", user_key_of(vault, application))]
    keys = [vault.unseal(key.sealed) for key in list_keys(ctx.db, application.id)]
    return [
        Element("application_id", application.application_id),
        Element("keys", [Element("key", key) for key in keys]),
    ]
