"""The gallery of applications, and the page on which a developer asks to be in it. E11."""

from starlette.responses import Response

from cms.liquid.drops.applications import ApplicationDrop
from cms.liquid.drops.forum import GALLERY, GalleryEntryDrop
from cms.liquid.drops.pages import FormDrop
from cms.portal import forms
from cms.portal.context import PortalContext
from cms.portal.lists import page_of
from cms.portal.render import render_page
from server.actions.applications.applications import get_application
from server.actions.portal import gallery as actions
from server.domain.errors import NotFound

FIELDS = ("title", "description", "link")


def index(ctx: PortalContext) -> Response:
    """Show the gallery. Raises: NotFound where there is none."""
    _require_on(ctx)
    query = actions.shown_query(ctx.provider.id)
    rows, pagination = page_of(ctx, actions.LISTING, query, GALLERY)
    entries = [GalleryEntryDrop(row, ctx.data) for row in rows]
    return render_page(ctx, "gallery/index", {"entries": entries, "pagination": pagination})


def edit(ctx: PortalContext) -> Response:
    """Show what is said of an application, and what became of it."""
    _require_on(ctx)
    application = get_application(ctx, ctx.path_id("id"))
    entry = actions.find_entry(ctx, application.id)
    initial = {"title": application.name, "description": application.description, "link": ""}
    if entry is not None:
        initial = {name: getattr(entry, name) for name in FIELDS}
    filled = forms.filled(forms.GALLERY, ctx.values, ctx.error, initial)
    variables = {
        "application": ApplicationDrop(application, ctx.data),
        "entry": GalleryEntryDrop(entry, ctx.data) if entry else None,
        "form": FormDrop(filled, ctx.data),
    }
    return render_page(ctx, "gallery/edit", variables)


def ask(ctx: PortalContext) -> Response:
    _require_on(ctx)
    number = ctx.path_id("id")
    values = forms.values_of(forms.GALLERY, ctx.values)
    entry = actions.ask_for_gallery(ctx, number, values)
    waits = entry.state == "pending"
    text = "The provider looks at it before it is shown." if waits else "Nothing was changed."
    return ctx.go(_page(number), text, "info")


def withdraw(ctx: PortalContext) -> Response:
    number = ctx.path_id("id")
    actions.withdraw_from_gallery(ctx, number)
    path = _page(number) if ctx.data.settings.app_gallery_enabled else "/admin/applications"
    return ctx.go(path, "Your application is not in the gallery any more.")


def _page(number: int) -> str:
    return f"/admin/applications/{number}/gallery"


def _require_on(ctx: PortalContext) -> None:
    if not ctx.data.settings.app_gallery_enabled:
        raise NotFound("There is no such page.")
