"""Alerts of used limits: the list of all, read and put away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import col, select
from starlette.responses import Response

from server.actions.messages import alerts as actions
from server.actions.messages.lists import AlertFilter, narrowed_alerts
from server.admin.accounts.accounts import service_choices
from server.admin.context import AdminContext
from server.admin.lists import READ_OR_NOT, Filter, Pager, is_narrowed, page_through
from server.admin.render import render
from server.domain.applications.applications import Application
from server.domain.messages.alerts import Alert
from server.domain.permissions import Permission


@dataclass(frozen=True, slots=True)
class AlertsPage:
    """All alerts, newest first, with the names of their applications."""

    alerts: Pager[Alert]
    names: Mapping[int, str]
    search: str
    filters: Sequence[Filter]
    is_filtered: bool


def index(ctx: AdminContext) -> Response:
    """List the alerts, newest first."""
    search, state = ctx.query("search"), Filter.read(ctx, "state", "State", READ_OR_NOT)
    services = service_choices(ctx) if ctx.actor.may(Permission.SERVICES_READ) else []
    service = Filter.read(ctx, "service", "API", services)
    wanted = AlertFilter(state=state.value, search=search, service_id=service.number)
    alerts = page_through(ctx, actions.LISTING, narrowed_alerts(ctx.actor, wanted))
    filters = [state, *([service] if services else [])]
    names, is_filtered = names_of(ctx, alerts.rows), is_narrowed(search, filters)
    page = AlertsPage(alerts, names, search, filters, is_filtered)
    return render(ctx, "alerts/index.html.j2", page)


def read(ctx: AdminContext) -> Response:
    actions.read_alert(ctx, ctx.path_id("alert_id"))
    return ctx.go_back("/alerts", "The alert is read.")


def delete(ctx: AdminContext) -> Response:
    actions.delete_alert(ctx, ctx.path_id("alert_id"))
    return ctx.go_back("/alerts", "The alert is deleted.")


def read_all(ctx: AdminContext) -> Response:
    """Mark all alerts of an application as read."""
    application_id = ctx.path_id("application_id")
    actions.read_alerts(ctx, application_id)
    return ctx.go(f"/applications/{application_id}", "All its alerts are read.")


def purge(ctx: AdminContext) -> Response:
    """Put all alerts of an application away."""
    application_id = ctx.path_id("application_id")
    number = actions.purge_alerts(ctx, application_id)
    return ctx.go(f"/applications/{application_id}", f"Deleted alerts: {number}.")


def names_of(ctx: AdminContext, alerts: Sequence[Alert]) -> dict[int, str]:
    """Name the applications of alerts. Cost: one statement."""
    wanted = {alert.application_id for alert in alerts}
    query = select(Application.id, Application.name).where(col(Application.id).in_(wanted))
    return dict(ctx.db.exec(query).all()) if wanted else {}
