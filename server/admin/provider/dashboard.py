"""The first page: how far the provider is, who waits, who signed up, how much is used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import col
from starlette.responses import Response

from server.actions.accounts.accounts import accounts_query
from server.actions.analytics.charts import Chart
from server.actions.analytics.refusals import RefusalUsage
from server.actions.analytics.spans import WEEK
from server.actions.analytics.views import chart_of_metric, refusals_of_service
from server.actions.messages.alerts import list_unread_alerts
from server.actions.messages.messages import list_latest
from server.actions.portal.faults import list_template_faults
from server.actions.services.metrics import METRICS
from server.actions.services.services import SERVICES
from server.admin.context import HOME, AdminContext
from server.admin.messages.alerts import names_of
from server.admin.provider.checklist import Step, list_steps
from server.admin.provider.waiting import Queue, list_queues
from server.admin.render import render
from server.domain.accounts.accounts import Account
from server.domain.messages.alerts import Alert
from server.domain.messages.messages import Message, MessageCopy
from server.domain.permissions import Permission
from server.domain.portal.pages import Template
from server.domain.services.metrics import HITS, Metric
from server.domain.services.services import Service

LATEST_SIGNUPS = 5
LATEST_MESSAGES = 5
LATEST_ALERTS = 5


@dataclass(frozen=True, slots=True)
class DashboardPage:
    """What the dashboard shows; no service, no checklist and chart."""

    service: Service | None
    steps: Sequence[Step]  # none once all are done
    queues: Sequence[Queue]
    accounts: Sequence[Account]
    chart: Chart | None
    refusals: RefusalUsage | None
    portal_url: str
    faults: Sequence[Template]  # of the portal, that fail as they are
    messages: Sequence[tuple[MessageCopy, Message]]  # the latest that developers wrote
    alerts: Sequence[Alert]  # that nobody has read
    names: Mapping[int, str]  # of their applications

    @property
    def done_count(self) -> int:
        """How many steps are done."""
        return sum(step.is_done for step in self.steps)


def show(ctx: AdminContext) -> Response:
    actor = ctx.actor
    service = _first_service(ctx)
    may_count = actor.may(Permission.USAGE_READ)
    alerts = list_unread_alerts(ctx, LATEST_ALERTS) if may_count else []
    counted = service if may_count else None
    page = DashboardPage(
        service,
        list_steps(ctx, service, HOME) if service else [],
        list_queues(ctx),
        _newest(ctx),
        _chart(ctx, counted) if counted else None,
        refusals_of_service(ctx, counted.id, WEEK) if counted else None,
        ctx.installation.addresses.portal(ctx.provider),
        list_template_faults(ctx) if actor.may(Permission.PORTAL_READ) else [],
        list_latest(ctx, LATEST_MESSAGES) if actor.may(Permission.MESSAGES_READ) else [],
        alerts,
        names_of(ctx, alerts),
    )
    return render(ctx, "dashboard/show.html.j2", page)


def _first_service(ctx: AdminContext) -> Service | None:
    """Find the service that the page is about, for who may see one."""
    if not ctx.actor.may(Permission.SERVICES_READ):
        return None
    services = SERVICES.query(ctx.actor).order_by(col(Service.is_default).desc(), col(Service.id))
    return ctx.db.exec(services.limit(1)).first()


def _newest(ctx: AdminContext) -> Sequence[Account]:
    if not ctx.actor.may(Permission.ACCOUNTS_READ):
        return []
    newest = accounts_query(ctx.actor).order_by(col(Account.id).desc())
    return ctx.db.exec(newest.limit(LATEST_SIGNUPS)).all()


def _chart(ctx: AdminContext, service: Service) -> Chart:
    hits = METRICS.query(ctx.actor).where(
        Metric.service_id == service.id, Metric.system_name == HITS
    )
    return chart_of_metric(ctx, ctx.db.exec(hits).one(), WEEK)
