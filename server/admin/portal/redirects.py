"""Paths of the portal that lead elsewhere."""

from dataclasses import dataclass

from starlette.responses import Response

from server.actions.portal.redirects import REDIRECTS
from server.admin.context import AdminContext
from server.admin.lists import Pager, page_through
from server.admin.render import render
from server.domain.permissions import Permission
from server.domain.portal.redirects import Redirect


@dataclass(frozen=True, slots=True)
class RedirectsPage:
    redirects: Pager[Redirect]


@dataclass(frozen=True, slots=True)
class RedirectPage:
    redirect: Redirect


def index(ctx: AdminContext) -> Response:
    redirects = page_through(ctx, REDIRECTS.listing, REDIRECTS.query(ctx.actor))
    return render(ctx, "redirects/index.html.j2", RedirectsPage(redirects))


def create(ctx: AdminContext) -> Response:
    redirect = REDIRECTS.create(ctx, ctx.sent(REDIRECTS))
    return ctx.go("/portal/redirects", f"{redirect.source} leads to {redirect.target} now.")


def edit(ctx: AdminContext) -> Response:
    ctx.actor.require(Permission.PORTAL_EDIT)
    redirect = REDIRECTS.get(ctx, ctx.path_id("redirect_id"))
    return render(ctx, "redirects/edit.html.j2", RedirectPage(redirect))


def update(ctx: AdminContext) -> Response:
    redirect = REDIRECTS.update(ctx, ctx.path_id("redirect_id"), ctx.sent(REDIRECTS))
    return ctx.go("/portal/redirects", f"{redirect.source} leads to {redirect.target} now.")


def delete(ctx: AdminContext) -> Response:
    redirect = REDIRECTS.delete(ctx, ctx.path_id("redirect_id"))
    return ctx.go("/portal/redirects", f"{redirect.source} leads nowhere else any more.")
