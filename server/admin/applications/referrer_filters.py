"""The referrer filters of an application: added, deleted."""

from starlette.responses import Response

from server.actions.applications.referrer_filters import add_filter, delete_filter
from server.admin.context import AdminContext


def create(ctx: AdminContext) -> Response:
    application_id = ctx.path_id("application_id")
    row = add_filter(ctx, application_id, ctx.text("referrer_filter"))
    return ctx.go(f"/applications/{application_id}", f"Calls from {row.value} are let in.")


def delete(ctx: AdminContext) -> Response:
    application_id = ctx.path_id("application_id")
    delete_filter(ctx, application_id, ctx.path_id("filter_id"))
    return ctx.go(f"/applications/{application_id}", "The referrer filter is deleted.")
