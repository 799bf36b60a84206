"""What an application has used of its limits, as it was told."""

from starlette.responses import Response

from cms.liquid.drops.applications import ApplicationDrop
from cms.liquid.drops.messages import AlertDrop
from cms.portal.context import PortalContext
from cms.portal.lists import page_of
from cms.portal.render import render_page
from server.actions.applications.applications import get_application
from server.actions.messages import alerts as actions
from server.domain.errors import NotFound


def index(ctx: PortalContext) -> Response:
    """List the alerts of an application, newest first."""
    application = get_application(ctx, ctx.path_id("id"))
    drop = ApplicationDrop(application, ctx.data)
    query = actions.alerts_query(ctx.actor, application_id=application.id)
    rows, pagination = page_of(ctx, actions.LISTING, query, drop.alerts_url)
    variables = {
        "alerts": [AlertDrop(row, ctx.data) for row in rows],
        "application": drop,
        "pagination": pagination,
    }
    return render_page(ctx, "applications/alerts/index", variables)


def read(ctx: PortalContext) -> Response:
    actions.read_alert(ctx, _alert_id(ctx))
    return _back(ctx, "The alert is read.")


def delete(ctx: PortalContext) -> Response:
    actions.delete_alert(ctx, _alert_id(ctx))
    return _back(ctx, "The alert is deleted.")


def read_all(ctx: PortalContext) -> Response:
    actions.read_alerts(ctx, ctx.path_id("id"))
    return _back(ctx, "All alerts are read.")


def purge(ctx: PortalContext) -> Response:
    number = actions.purge_alerts(ctx, ctx.path_id("id"))
    return _back(ctx, f"Deleted: {number}.")


def _alert_id(ctx: PortalContext) -> int:
    """Find the alert that the path names, below its application. Raises: NotFound."""
    alert = actions.get_alert(ctx, ctx.path_id("alert_id"))
    if alert.application_id != ctx.path_id("id"):
        raise NotFound("There is no such alert.")
    return alert.id


def _back(ctx: PortalContext, text: str) -> Response:
    return ctx.go(f"/admin/applications/{ctx.path_id('id')}/alerts", text)
