"""The credentials of an application: replaced, added, deleted."""

from starlette.responses import Response

from server.actions.applications.keys import (
    add_key,
    delete_key,
    end_old_user_key,
    replace_user_key,
    rotate_key,
)
from server.admin.context import AdminContext


def replace(ctx: AdminContext) -> Response:
    application_id = ctx.path_id("application_id")
    key, hours = ctx.text("user_key") or None, ctx.number_or_none("overlap_hours") or 0
    replace_user_key(ctx, application_id, key, overlap_hours=hours)
    old = f"holds for {hours} h more" if hours else "is dead"
    notice = f"The user key is replaced. The old one {old}: tell the developer."
    return ctx.go(f"/applications/{application_id}", notice)


def end_old(ctx: AdminContext) -> Response:
    """End the user key that still holds beside its successor."""
    application = end_old_user_key(ctx, ctx.path_id("application_id"))
    return ctx.go(f"/applications/{application.id}", "The old user key opens nothing now.")


def rotate(ctx: AdminContext) -> Response:
    """Put another key in the place of one, which holds on for a while."""
    application_id, hours = ctx.path_id("application_id"), ctx.number_or_none("overlap_hours") or 0
    rotate_key(ctx, application_id, ctx.path_id("key_id"), overlap_hours=hours)
    old = f"holds for {hours} h more" if hours else "is dead"
    return ctx.go(f"/applications/{application_id}", f"The key has a successor; it {old}.")


def create(ctx: AdminContext) -> Response:
    application_id = ctx.path_id("application_id")
    key = ctx.text("key") or None
    add_key(ctx, application_id, key)
    return ctx.go(f"/applications/{application_id}", "The key is added.")


def delete(ctx: AdminContext) -> Response:
    application_id = ctx.path_id("application_id")
    delete_key(ctx, application_id, ctx.path_id("key_id"))
    return ctx.go(f"/applications/{application_id}", "The key is deleted; it opens nothing now.")
