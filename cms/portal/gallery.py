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
from server.domain.portal.gallery import GalleryEntry
from server.web.headers import KEPT_AN_HOUR, picture_answer

FIELDS = ("title", "description", "link", "picture_alt")
PICTURES = f"{GALLERY}/pictures/{{id}}"
MOST_FORM_BYTES = 1_200_000  # with a picture in it


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
    initial = {"title": application.name, "description": application.description}
    initial |= {"link": "", "picture_alt": ""}
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
    chosen = values.pop("picture", "")
    picture = chosen.encode("utf-8", "surrogateescape") if chosen else None
    if picture is None and ctx.text("gallery[no_picture]"):
        picture = b""
    entry = actions.ask_for_gallery(ctx, number, values, picture)
    # That it waits is said by the page itself.
    text = "" if entry.state == "pending" else "Nothing was changed."
    return ctx.go(_page(number), text, "info")


def show_picture(ctx: PortalContext) -> Response:
    """Give a picture that is shown to all, or that is one's own. Raises: NotFound."""
    entry_id = ctx.path_id("id")
    query = actions.shown_query(ctx.provider.id).where(GalleryEntry.id == entry_id)
    entry = ctx.db.exec(query).first()
    is_shown = entry is not None
    if entry is None and ctx.visitor is not None:
        entry = actions.get_entry(ctx, entry_id)
    content = actions.find_picture(ctx, entry) if entry is not None else None
    if entry is None or content is None:
        raise NotFound("There is no picture.")
    response = picture_answer(content, entry.picture_type)
    if is_shown and not ctx.data.settings.site_access_code:
        response.headers.update(KEPT_AN_HOUR)
    return response


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
