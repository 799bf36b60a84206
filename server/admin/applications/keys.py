"""The credentials of an application: replaced, added, deleted."""

from starlette.responses import Response

from server.actions.applications.keys import add_key, delete_key, replace_user_key
from server.admin.context import AdminContext


def replace(ctx: AdminContext) -> Response:
    application_id = ctx.path_id("application_id")
    key = ctx.text("user_key") or None
    replace_user_key(ctx, application_id, key)
    notice = "The user key is replaced. The old one is dead: tell the developer."
    return ctx.go(f"/applications/{application_id}", notice)


def create(ctx: AdminContext) -> Response:
    application_id = ctx.path_id("application_id")
    key = ctx.text("key") or None
    add_key(ctx, application_id, key)
    return ctx.go(f"/applications/{application_id}", "The key is added.")


def delete(ctx: AdminContext) -> Response:
    application_id = ctx.path_id("application_id")
    delete_key(ctx, application_id, ctx.path_id("key_id"))
    return ctx.go(f"/applications/{application_id}", "The key is deleted; it opens nothing now.")
