"""The rows and the variables that the cases of the reference are rendered with."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from sqlmodel import Session, select

from cms.content.search import Result, Results
from cms.content.theme import Source
from cms.liquid.drops.accounts import AccountDrop, CurrentUserDrop, UserDrop
from cms.liquid.drops.applications import ApplicationDrop, ReferrerFilterDrop
from cms.liquid.drops.content import PageDrop
from cms.liquid.drops.countries import countries_of
from cms.liquid.drops.errors import Filled, Refusal
from cms.liquid.drops.forum import ForumDrop
from cms.liquid.drops.invitations import InvitationDrop, Joining, JoiningDrop
from cms.liquid.drops.languages import I18nDrop
from cms.liquid.drops.pages import Asked, FlashDrop, FlashMessage, FormDrop, RequestDrop, UrlsDrop
from cms.liquid.drops.pagination import Pages, PaginationDrop
from cms.liquid.drops.providers import ProviderDrop
from cms.liquid.drops.render_data import RenderData
from cms.liquid.drops.search import SearchDrop
from cms.liquid.drops.signup import NewSignupDrop
from cms.liquid.drops.site import (
    MenuDrop,
    SiteDrop,
    TodayDrop,
)
from server.actions.applications.keys import add_key
from server.actions.applications.referrer_filters import add_filter
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.accounts.accounts import Account
from server.domain.accounts.invitations import Invitation
from server.domain.applications.applications import Application
from server.domain.applications.referrer_filters import ReferrerFilter
from server.domain.plans.features import Feature
from server.domain.plans.limits import UsageLimit
from server.domain.plans.plans import AccountPlan, ApplicationPlan, ServicePlan
from server.domain.plans.pricing_rules import PricingRule
from server.domain.portal.api_docs import ApiDocs
from server.domain.provider.providers import Provider
from server.domain.provider.settings import Setting
from server.domain.services.metrics import Metric
from server.domain.services.services import Service
from tests.cms.reference.rows import add_rows
from tests.kit.make import staff
from tests.kit.work import by

BEGAN = datetime(2026, 3, 1, 12, tzinfo=UTC)
FOUND = Result("Plans", "page", "/plans", "What it costs.")


def furnish(deps: Dependencies, acme: NewProvider) -> None:
    """Give the sample what makes every field say something."""
    with deps.database.write() as db:
        work = by(db, staff(acme), deps.installation)
        application = db.get_one(Application, acme.sample.application.id)
        application.application_id, application.redirect_url = "app12345", "https://a.example/back"
        application.created_at = datetime.now(UTC)
        service = db.get_one(Service, application.service_id)
        service.backend_version, service.referrer_filters_required = "2", True
        service.description, service.support_email = "The weather.", "api@acme.example"
        plan = db.get_one(ApplicationPlan, application.plan_id)
        plan.cost_per_month, plan.setup_fee = Decimal("9.90"), Decimal(5)
        plan.trial_period_days = 30
        application.trial_ends_at = datetime.now(UTC) + timedelta(days=30)
        for each in (*db.exec(select(AccountPlan)), *db.exec(select(ServicePlan))):
            each.state = "published"
        for spec in db.exec(select(ApiDocs)):
            spec.service_id = service.id
        provider = db.get_one(Provider, acme.provider.id)
        provider.timezone, provider.support_email = "Asia/Kolkata", "help@acme.example"
        settings = db.exec(select(Setting)).one()
        settings.account_plans_ui_visible = settings.service_plans_ui_visible = True
        hits = db.exec(select(Metric)).one()
        db.add(
            Metric(
                provider_id=provider.id,
                service_id=service.id,
                parent_id=hits.id,
                friendly_name="Forecasts",
                system_name="forecasts",
                unit="hit",
                description="Looks ahead.",
            )
        )
        _add_terms(db, plan, hits)
        for feature in db.exec(select(Feature)):
            feature.description = "You like it."
        account = db.get_one(Account, application.account_id)
        account.created_at = BEGAN
        add_rows(db, account, application, BEGAN)
        add_key(work, application.id, "abcde12345")
        add_filter(work, application.id, "www.example.com")


def _add_terms(db: Session, plan: ApplicationPlan, hits: Metric) -> None:
    """Let a plan limit a metric, which costs something by use."""
    db.add(
        UsageLimit(
            provider_id=plan.provider_id,
            plan_id=plan.id,
            metric_id=hits.id,
            period="day",
            value=100,
        )
    )
    price = Decimal("0.0125")
    rule = PricingRule(
        provider_id=plan.provider_id,
        plan_id=plan.id,
        metric_id=hits.id,
        min=1,
        max=1000,
        cost_per_unit=price,
    )
    db.add(rule)


def variables_of(deps: Dependencies, db: Session, acme: NewProvider) -> Mapping[str, object]:
    """Make the variables of all pages at once, as a developer sees them."""
    application = db.get_one(Application, acme.sample.application.id)
    account = db.get_one(Account, application.account_id)
    provider = db.get_one(Provider, acme.provider.id)
    chosen = frozenset({application.plan_id})
    user = acme.sample.user
    data = RenderData(
        db,
        deps.installation,
        provider,
        account.id,
        chosen,
        user_id=user.id,
        role=user.role,
    )
    typed = Filled({"name": "", "org_name": "Typed"}, Refusal({"name": "can't be blank."}))
    wanted = ReferrerFilter(provider_id=provider.id, application_id=application.id, value="")
    uri = "/admin/applications?page=2"
    return {
        "account": AccountDrop(account, data),
        "application": ApplicationDrop(application, data),
        "content_of": {"side": "Kept"},
        "countries": countries_of(data),
        "current_account": AccountDrop(account, data),
        "current_user": CurrentUserDrop(acme.sample.user, data),
        "flash": FlashDrop((FlashMessage("info", "Saved."),), data),
        "form": FormDrop(typed, data),
        "forum": ForumDrop(provider, data),
        "i18n": I18nDrop("/plans", data),
        "invitation": InvitationDrop(db.exec(select(Invitation)).one(), data),
        "joining": JoiningDrop(Joining("t0ken", "ann@developer.example", account), data),
        "menu": MenuDrop("/admin/account/personal_details", data),
        "model": NewSignupDrop(provider, data),
        "page": PageDrop(Source("/plans", "/plans", lambda: "", title="Plans"), data),
        "page_title": "Plans",
        "pagination": PaginationDrop(Pages.numbered(uri, 2, 20, 90), data),
        "provider": ProviderDrop(provider, data),
        "referrer_filter": ReferrerFilterDrop(wanted, data, None, application),
        "refused": ApplicationDrop(application, data, typed),
        "request": RequestDrop(
            Asked("/plans", "/plans?a=1", "acme.example", "acme.example:8000"), data
        ),
        "search": SearchDrop(Results("plans", 1, (FOUND,)), data),
        "site": SiteDrop(provider, data),
        "today": TodayDrop(BEGAN.date(), data),
        "urls": UrlsDrop("/admin/applications/1", data),
        "user": UserDrop(acme.sample.user, data),
    }
