"""The first page: how far the provider is, who signed up, how much is used."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select
from starlette.responses import Response

from server.actions.accounts.accounts import accounts_query
from server.actions.applications.applications import applications_query
from server.actions.plans.limits import limits_query
from server.actions.services.metrics import metrics_query
from server.actions.services.proxies import current_config
from server.actions.services.services import proxy_of, services_query
from server.admin.analytics.usage import metric_chart
from server.admin.charts import Chart
from server.admin.render import render
from server.admin.screen import Screen
from server.domain.accounts.accounts import Account
from server.domain.applications.applications import Application
from server.domain.plans.plans import ApplicationPlan, UsageLimit
from server.domain.services.metrics import HITS, Metric
from server.domain.services.services import Service

LATEST_SIGNUPS = 5
DAYS = 7


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do; `path` is where."""

    title: str
    hint: str
    path: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class DashboardPage:
    """What the dashboard shows; no service, no checklist and chart."""

    service: Service | None
    integration: Sequence[Step]
    next_steps: Sequence[Step]
    accounts: Sequence[Account]
    pending_count: int
    chart: Chart | None
    portal_url: str

    @property
    def done_count(self) -> int:
        """How many steps of the integration are done."""
        return sum(step.is_done for step in self.integration)


def show(screen: Screen) -> Response:
    """Show the dashboard."""
    db, actor = screen.db, screen.actor
    services = services_query(actor).order_by(col(Service.is_default).desc(), col(Service.id))
    service = db.exec(services.limit(1)).first()
    chart = _chart(screen, service) if service else None
    newest = accounts_query(actor).order_by(col(Account.id).desc())
    pending = accounts_query(actor, state="pending").limit(100)
    page = DashboardPage(
        service,
        _integration(screen, service, chart) if service and chart else [],
        _next_steps(screen, service) if service else [],
        db.exec(newest.limit(LATEST_SIGNUPS)).all(),
        len(db.exec(pending).all()),
        chart,
        screen.installation.addresses.portal(screen.provider),
    )
    return render(screen, "dashboard/show.html.j2", page)


def _chart(screen: Screen, service: Service) -> Chart:
    hits = metrics_query(screen.actor).where(
        Metric.service_id == service.id, Metric.system_name == HITS
    )
    return metric_chart(screen, screen.db.exec(hits).one(), "days", days=DAYS)


def _integration(screen: Screen, service: Service, chart: Chart) -> list[Step]:
    db, home = screen.db, f"/services/{service.id}"
    proxy = proxy_of(db, service)
    staging = current_config(db, service.id, "staging")
    production = current_config(db, service.id, "production")
    called = applications_query(screen.actor).where(
        Application.service_id == service.id, col(Application.first_traffic_at).is_not(None)
    )
    has_calls = chart.total > 0 or db.exec(called.limit(1)).first() is not None
    is_deployed = bool(staging and production and staging.version == production.version)
    return [
        Step(
            "Tell the gateway where your API is, and test it",
            "Save the private base URL and have the gateway call it once.",
            f"{home}/integration",
            proxy.api_test_success is True,
        ),
        Step(
            "Make a call with a key",
            "Copy the command from the integration page and run it; it is counted in a second.",
            f"{home}/integration#call",
            has_calls,
        ),
        Step(
            "Deploy to production",
            "Promote what staging runs, as soon as you like it.",
            f"{home}/integration#production",
            is_deployed and proxy.api_test_success is True,
        ),
    ]


def _next_steps(screen: Screen, service: Service) -> list[Step]:
    db, home = screen.db, f"/services/{service.id}"
    plans = select(ApplicationPlan.id).where(ApplicationPlan.service_id == service.id)
    limits = limits_query(screen.actor).where(col(UsageLimit.plan_id).in_(plans))
    accounts = accounts_query(screen.actor).limit(2)
    return [
        Step(
            "Limit what a plan allows",
            "Say how many calls an hour the plan Basic lets in, then try to make more.",
            f"{home}/plans",
            db.exec(limits.limit(1)).first() is not None,
        ),
        Step(
            "Sign up as a developer",
            "Open your developer portal in another browser and get a key there.",
            "/accounts",
            len(db.exec(accounts).all()) > 1,
        ),
    ]
