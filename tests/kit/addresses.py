"""Where in the admin portal resources are made and changed."""

from collections.abc import Mapping

from sqlmodel import select

from server.actions.accounts.authentication_providers import AUTHENTICATION_PROVIDERS
from server.actions.plans.pricing_rules import PRICING_RULES
from server.actions.portal.files import add_file
from server.actions.portal.forum import CATEGORIES
from server.actions.portal.groups import GROUPS
from server.actions.portal.pages import TEMPLATES
from server.actions.portal.redirects import REDIRECTS
from server.actions.portal.sections import SECTIONS
from server.actions.provider.domains import DOMAINS
from server.actions.provider.providers import NewProvider
from server.actions.provider.webhooks import ENDPOINTS
from server.actions.services.backend_apis import BACKEND_APIS
from server.actions.services.registry_policies import REGISTRY_POLICIES
from server.auth.dependencies import Dependencies
from server.domain.plans.plans import AccountPlan, ServicePlan
from server.domain.portal.api_docs import ApiDocs
from server.domain.provider.field_definitions import FieldDefinition
from server.domain.services.mapping_rules import MappingRule
from server.domain.services.metrics import Metric
from tests.kit.backend_apis import make_mounted
from tests.kit.make import staff
from tests.kit.resources import SAMPLES
from tests.kit.work import by


def addresses_of_content(deps: Dependencies, acme: NewProvider) -> Mapping[str, str]:
    """Make one of each content of the portal, and tell where it is made and changed."""
    with deps.database.write() as db:
        work = by(db, staff(acme), deps.installation)
        template = TEMPLATES.create(work, {"kind": "page", "name": "/new", "draft": "New"}).id
        section = SECTIONS.create(work, {"title": "Guides"}).id
        file = add_file(work, {"path": "/logo.png"}, b"png").id
        redirect = REDIRECTS.create(work, {"source": "/old", "target": "/new"}).id
        group = GROUPS.create(work, {"name": "Partners"}).id
        sample = SAMPLES["authentication_provider"](db, acme).values
        login = AUTHENTICATION_PROVIDERS.create(work, sample).id
        category = CATEGORIES.create(work, {"name": "Questions"}).id
        domain = DOMAINS.create(work, {"name": "api.acme.example", "serves": "portal"}).id
        own = REGISTRY_POLICIES.create(work, SAMPLES["registry_policy"](db, acme).values).id
        hook = ENDPOINTS.create(work, SAMPLES["webhook_endpoint"](db, acme).values).id
    logins = "/authentication_providers"
    return {
        "admin create forum_category": "/forum/categories#forum_category",
        "admin update forum_category": f"/forum/categories/{category}#forum_category",
        "admin create template": "/portal/templates/new#new-template",
        "admin update template": f"/portal/templates/{template}#template",
        "admin create section": "/portal/sections/new#section",
        "admin update section": f"/portal/sections/{section}#section",
        "admin create portal_file": "/portal/files/new#file",
        "admin update portal_file": f"/portal/files/{file}#file",
        "admin create redirect": "/portal/redirects#redirect",
        "admin update redirect": f"/portal/redirects/{redirect}#redirect",
        "admin create authentication_provider": f"{logins}/new#authentication_provider",
        "admin update authentication_provider": f"{logins}/{login}#authentication_provider",
        "admin create registry_policy": "/registry_policies/new#new-policy",
        "admin update registry_policy": f"/registry_policies/{own}#policy",
        "admin create webhook_endpoint": "/webhooks/new#webhook_endpoint",
        "admin update webhook_endpoint": f"/webhooks/{hook}#webhook_endpoint",
        "admin create domain": "/domains#domain",
        "admin update domain": f"/domains/{domain}#domain",
        "admin create group": "/portal/groups#group",
        "admin update group": f"/portal/groups/{group}#group",
    }


def addresses_of_services(deps: Dependencies, acme: NewProvider) -> Mapping[str, str]:
    """Tell the page and the form of what belongs to APIs, plans and accounts."""
    service, plan = acme.sample.service.id, acme.sample.application.plan_id
    with deps.database.read() as db:
        metric = db.exec(select(Metric.id)).one()
        rule = db.exec(select(MappingRule.id)).one()
        docs = db.exec(select(ApiDocs.id)).one()
        named = select(FieldDefinition.id).where(FieldDefinition.name == "last_name")
        field = db.exec(named).one()
        account_plan = db.exec(select(AccountPlan.id)).one()
        service_plan = db.exec(select(ServicePlan.id)).one()
    with deps.database.write() as db:
        work = by(db, staff(acme))
        price = {"metric_id": metric, "cost_per_unit": "0.01"}
        rule_of_price = PRICING_RULES.create(work, price, plan).id
        mounted = make_mounted(work, service)
        other = {**SAMPLES["backend_api"](db, acme).values, "name": "To be mounted"}
        BACKEND_APIS.create(work, other)
    account, home = acme.sample.application.account_id, f"/services/{service}"
    return {
        "admin update account": f"/accounts/{account}/edit#account",
        "admin create user": f"/accounts/{account}/users/new#user",
        "admin update user": f"/accounts/{account}/users/{acme.sample.user.id}#user",
        "admin create application": f"/accounts/{account}/applications/new#application",
        "admin update application": f"/applications/{acme.sample.application.id}/edit#application",
        "admin create service": "/services/new#service",
        "admin update service": f"{home}/settings#service",
        "admin update proxy": f"{home}/integration#proxy",
        "admin create mapping_rule": f"{home}/integration#new-rule",
        "admin update mapping_rule": f"{home}/mapping_rules/{rule}#rule",
        **_of_backends(home, mounted),
        "admin create metric": f"{home}/metrics#new-metric",
        "admin update metric": f"{home}/metrics/{metric}#metric",
        "admin create limit": f"{home}/plans/{plan}#new-limit-{metric}",
        "admin create pricing_rule": f"{home}/plans/{plan}#new-price-{metric}",
        "admin update pricing_rule": f"{home}/plans/{plan}#price-{rule_of_price}",
        "admin create feature": f"{home}/plans#feature",
        "admin create account_feature": "/account_plans#feature",
        "admin create account_plan": "/account_plans/new#plan",
        "admin update account_plan": f"/account_plans/{account_plan}#plan",
        "admin create service_plan": f"{home}/service_plans/new#plan",
        "admin update service_plan": f"{home}/service_plans/{service_plan}#plan",
        "admin create application_plan": f"{home}/plans/new#plan",
        "admin update application_plan": f"{home}/plans/{plan}#plan",
        "admin create field_definition": "/field_definitions/new#field",
        "admin update field_definition": f"/field_definitions/{field}#field",
        "admin create api_docs": "/api_docs/new#api-docs",
        "admin update api_docs": f"/api_docs/{docs}/edit#api-docs",
        "admin create access_token": "/tokens#token",
    }


def _of_backends(home: str, mounted: Mapping[str, int]) -> Mapping[str, str]:
    return {
        "admin create backend_api": "/backend_apis/new#new-backend",
        "admin update backend_api": f"/backend_apis/{mounted['backend_api_id']}#backend",
        "admin create backend_usage": f"{home}/backends#new-usage",
        "admin update backend_usage": f"{home}/backends/{mounted['usage_id']}#usage",
    }
