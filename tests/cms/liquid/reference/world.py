"""The variables that the examples of the reference see: a developer's, with real rows."""

from sqlmodel import Session

from cms.content.library import Library
from cms.content.theme import Source, default_theme
from cms.liquid.drops.accounts import AccountDrop, CurrentUserDrop
from cms.liquid.drops.applications import ApplicationDrop, ReferrerFilterDrop
from cms.liquid.drops.content import PageDrop, PortletDrop
from cms.liquid.drops.countries import countries_of
from cms.liquid.drops.forum import ForumDrop
from cms.liquid.drops.languages import I18nDrop
from cms.liquid.drops.machines import AboutPage, MachinesDrop, Step
from cms.liquid.drops.metrics import MetricDrop
from cms.liquid.drops.pages import (
    Asked,
    Filled,
    FlashDrop,
    FlashMessage,
    FormDrop,
    Pages,
    PaginationDrop,
    Refusal,
    RequestDrop,
    UrlsDrop,
)
from cms.liquid.drops.providers import ProviderDrop
from cms.liquid.drops.render_data import RenderData
from cms.liquid.drops.services import ApplicationPlanDrop, ServiceDrop
from cms.liquid.drops.signup import NewSignupDrop
from cms.liquid.drops.site import (
    MenuDrop,
    SiteDrop,
    TodayDrop,
)
from cms.liquid.drops.themes import ThemeDrop
from cms.liquid.drops.usage import ChartDrop, Drawn, RefusalsDrop, Refused, RowDrop, SpanDrop
from server.actions.analytics.spans import DAYS, SPANS
from server.actions.analytics.views import view_of_application
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.accounts.accounts import Account
from server.domain.applications.applications import Application
from server.domain.applications.referrer_filters import ReferrerFilter
from server.domain.plans.plans import ApplicationPlan
from server.domain.portal.pages import Portlet, Template
from server.domain.services.services import Service
from tests.cms.liquid.reference.documents import pages_of_documents, pages_of_people
from tests.cms.reference.rows import add_rows
from tests.kit.make import staff
from tests.kit.work import by


def furnish(deps: Dependencies, acme: NewProvider) -> None:
    """Give the sample the rows that examples need beyond it."""
    with deps.database.write() as db:
        application = db.get_one(Application, acme.sample.application.id)
        account = db.get_one(Account, application.account_id)
        add_rows(db, account, application, deps.installation.clock.now())


def world_of(deps: Dependencies, db: Session, acme: NewProvider) -> dict[str, object]:
    """Give every variable that any page has; a page has some of them."""
    application = acme.sample.application
    account = db.get_one(Account, application.account_id)
    user = acme.sample.user
    data = RenderData(
        db, deps.installation, acme.provider, account.id, user_id=user.id, role=user.role
    )
    service = db.get_one(Service, application.service_id)
    form = Filled({"org_name": "Ann & Co"}, Refusal({"org_name": "is taken"}))
    message = FlashMessage("success", "Saved.")
    provider = ProviderDrop(acme.provider, data)
    return {
        "account": AccountDrop(account, data),
        "application": ApplicationDrop(application, data),
        "content_of": {},
        "countries": countries_of(data),
        "forum": ForumDrop(acme.provider, data),
        "i18n": I18nDrop("/plans", data),
        "machines": MachinesDrop(AboutPage("/plans", "Plans", (Step("Home", "/"),)), data),
        "menu": MenuDrop("/plans", data),
        "model": NewSignupDrop(acme.provider, data),
        "page_title": "Plans",
        "current_account": AccountDrop(account, data),
        "current_user": CurrentUserDrop(acme.sample.user, data),
        "flash": FlashDrop((message,), data),
        "form": FormDrop(form, data),
        "page": PageDrop(default_theme().find("page", "/docs") or Source("", "", str), data),
        "portlet": _portlet(db, acme, data),
        "pagination": PaginationDrop(Pages(next="/admin/applications?after=1"), data),
        "plan": ApplicationPlanDrop(db.get_one(ApplicationPlan, application.plan_id), data),
        "provider": provider,
        "request": RequestDrop(Asked("/plans", "/plans", "acme.example"), data),
        "referrer_filter": ReferrerFilterDrop(
            ReferrerFilter(provider_id=acme.provider.id, application_id=application.id, value=""),
            data,
        ),
        "service": ServiceDrop(service, data),
        "site": SiteDrop(acme.provider, data),
        "theme": ThemeDrop(acme.provider, data),
        "today": TodayDrop(data.now.date(), data),
        "site_account": provider,
        "urls": UrlsDrop("/plans", data),
        **_usage(deps, db, acme, data),
        **pages_of_documents(db, data),
        **pages_of_people(db, data, account),
    }


def _portlet(db: Session, acme: NewProvider, data: RenderData) -> PortletDrop:
    return PortletDrop(
        Template(
            provider_id=acme.provider.id,
            kind="partial",
            name="news",
            portlet=Portlet.TABLE_OF_CONTENTS,
        ),
        Library(db, default_theme(), acme.provider.id),
        data,
    )


def _usage(
    deps: Dependencies, db: Session, acme: NewProvider, data: RenderData
) -> dict[str, object]:
    metric = next(iter(data.metrics.values()))
    view = view_of_application(by(db, staff(acme)), acme.sample.application, metric, DAYS)
    return {
        "chart": ChartDrop(Drawn(view.chart, metric), data),
        "metrics": [MetricDrop(metric, data)],
        "refusals": RefusalsDrop(Refused(view.refusals, view.refused), data),
        "rows": [RowDrop(row, data) for row in view.rows],
        "span": SpanDrop(DAYS, data),
        "spans": [SpanDrop(each, data) for each in SPANS],
    }
