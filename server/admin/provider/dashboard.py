"""The first page: how far the provider is, who signed up, how much is used."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select
from starlette.responses import Response

from server.actions.accounts.accounts import accounts_query
from server.actions.applications.applications import applications_query
from server.actions.plans.limits import LIMITS
from server.actions.portal.faults import list_template_faults
from server.actions.services.configs import find_current_config
from server.actions.services.lookup import get_proxy
from server.actions.services.metrics import METRICS
from server.actions.services.services import SERVICES
from server.admin.analytics.usage import metric_chart
from server.admin.charts import Chart
from server.admin.context import AdminContext
from server.admin.render import render
from server.domain.accounts.accounts import Account
from server.domain.applications.applications import Application
from server.domain.permissions import Permission
from server.domain.plans.limits import UsageLimit
from server.domain.plans.plans import ApplicationPlan
from server.domain.portal.pages import Template
from server.domain.services.metrics import HITS, Metric
from server.domain.services.services import Service

LATEST_SIGNUPS = 5
DAYS = 7


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One thing to do; `path` is where."""

    title: str
    hint: str
    path: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class DashboardPage:
    """What the dashboard shows; no service, no checklist and chart."""

    service: Service | None
    integration: Sequence[ChecklistItem]
    next_steps: Sequence[ChecklistItem]
    accounts: Sequence[Account]
    pending_count: int
    chart: Chart | None
    portal_url: str
    faults: Sequence[Template]  # of the portal, that fail as they are

    @property
    def done_count(self) -> int:
        """How many steps of the integration are done."""
        return sum(step.is_done for step in self.integration)


def show(ctx: AdminContext) -> Response:
    db, actor = ctx.db, ctx.actor
    services = SERVICES.query(actor).order_by(col(Service.is_default).desc(), col(Service.id))
    service = db.exec(services.limit(1)).first()
    chart = _chart(ctx, service) if service else None
    newest = accounts_query(actor).order_by(col(Account.id).desc())
    pending = accounts_query(actor, state="pending").limit(100)
    page = DashboardPage(
        service,
        _integration(ctx, service, chart) if service and chart else [],
        _next_steps(ctx, service) if service else [],
        db.exec(newest.limit(LATEST_SIGNUPS)).all(),
        len(db.exec(pending).all()),
        chart,
        ctx.installation.addresses.portal(ctx.provider),
        list_template_faults(ctx) if actor.may(Permission.PORTAL_READ) else [],
    )
    return render(ctx, "dashboard/show.html.j2", page)


def _chart(ctx: AdminContext, service: Service) -> Chart:
    hits = METRICS.query(ctx.actor).where(
        Metric.service_id == service.id, Metric.system_name == HITS
    )
    return metric_chart(ctx, ctx.db.exec(hits).one(), "days", days=DAYS)


def _integration(ctx: AdminContext, service: Service, chart: Chart) -> list[ChecklistItem]:
    db, home = ctx.db, f"/services/{service.id}"
    proxy = get_proxy(db, service)
    staging = find_current_config(db, service.id, "staging")
    production = find_current_config(db, service.id, "production")
    called = applications_query(ctx.actor).where(
        Application.service_id == service.id, col(Application.first_traffic_at).is_not(None)
    )
    has_calls = chart.total > 0 or db.exec(called.limit(1)).first() is not None
    is_deployed = bool(staging and production and staging.version == production.version)
    return [
        ChecklistItem(
            "Tell the gateway where your API is, and test it",
            "Save the private base URL and have the gateway call it once.",
            f"{home}/integration",
            proxy.api_test_success is True,
        ),
        ChecklistItem(
            "Make a call with a key",
            "Copy the command from the integration page and run it; it is counted in a second.",
            f"{home}/integration#call",
            has_calls,
        ),
        ChecklistItem(
            "Deploy to production",
            "Promote what staging runs, as soon as you like it.",
            f"{home}/integration#production",
            is_deployed and proxy.api_test_success is True,
        ),
    ]


def _next_steps(ctx: AdminContext, service: Service) -> list[ChecklistItem]:
    db, home = ctx.db, f"/services/{service.id}"
    plans = select(ApplicationPlan.id).where(ApplicationPlan.service_id == service.id)
    limits = LIMITS.query(ctx.actor).where(col(UsageLimit.plan_id).in_(plans))
    accounts = accounts_query(ctx.actor).limit(2)
    return [
        ChecklistItem(
            "Limit what a plan allows",
            "Say how many calls an hour the plan Basic lets in, then try to make more.",
            f"{home}/plans",
            db.exec(limits.limit(1)).first() is not None,
        ),
        ChecklistItem(
            "Sign up as a developer",
            "Open your developer portal in another browser and get a key there.",
            "/accounts",
            len(db.exec(accounts).all()) > 1,
        ),
    ]
