"""Looking at the portal as it will be: staff come by a signed link and stay for a day."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import HTMLResponse, Response

from cms.content.theme import default_theme
from cms.liquid.errors import TemplateError
from cms.portal.return_paths import own_page
from server.actions.portal.previews import (
    LIFETIME,
    LOOKS,
    OPENS,
    PATH,
    is_past,
    signature_holds,
    signature_of,
)
from server.domain.errors import BadToken
from server.web.cookies import Cookie
from server.web.notices import go_to
from server.web.pages import PageRequest

if TYPE_CHECKING:
    from cms.portal.context import PortalContext

ENTRY = PATH
COOKIE = Cookie("portal_preview", int(LIFETIME.total_seconds()))
DRAFT, PUBLISHED, OFF = "draft", "published", "off"
MODES = (DRAFT, PUBLISHED)
BAD_LINK = "This link is used up. Open the portal from the admin portal again."


@dataclass(frozen=True, slots=True)
class Preview:
    """How the portal is shown to staff; without a mode like to everybody."""

    mode: str = ""
    expires_at: str = ""

    @property
    def drafts(self) -> bool:
        """Return whether drafts are shown where there are some."""
        return self.mode == DRAFT


def find_preview(ctx: PortalContext) -> Preview:
    """Read what the browser's cookie allows, and which of both its address asks for."""
    mode, _, rest = COOKIE.read(ctx.request, ctx.deps).partition(".")
    expires_at, _, signature = rest.partition(".")
    text = f"{mode} {expires_at}"
    is_ours = signature_holds(ctx.installation, LOOKS, ctx.provider.id, text, signature)
    if mode not in MODES or not is_ours or is_past(expires_at, ctx.now):
        return Preview()
    asked = ctx.request.query_params.get("cms", "")
    return Preview(asked if asked in MODES else mode, expires_at)


def enter(page_request: PageRequest[PortalContext]) -> Response:
    """Open or change the preview and go to the page. Raises: BadToken, NotFound."""
    with page_request.open(write=False) as ctx:
        query = ctx.request.query_params
        response = go_to(own_page(query.get("return_to", "") or "/"))
        mode = query.get("cms", "")
        if mode == OFF:
            COOKIE.drop(response, ctx.deps)
            return response
        expires_at, signature = query.get("expires_at", ""), query.get("signature", "")
        known = find_preview(ctx)
        if known.mode:
            until = known.expires_at
        elif is_past(expires_at, ctx.now) or not signature_holds(
            ctx.installation, OPENS, ctx.provider.id, expires_at, signature
        ):
            raise BadToken(BAD_LINK)
        else:
            until = str(int((ctx.now + LIFETIME).timestamp()))
        chosen = mode if mode in MODES else DRAFT
        signed = signature_of(ctx.installation, LOOKS, ctx.provider.id, f"{chosen} {until}")
        COOKIE.put(response, ctx.deps, f"{chosen}.{until}.{signed}")
        return response


def with_toolbar(preview: Preview, html: str, path: str = "") -> str:
    """Put a bar above the end of a page that tells what is shown, and leads to the other."""
    if not preview.mode:
        return html
    other = PUBLISHED if preview.drafts else DRAFT
    told = "You see drafts" if preview.drafts else "You see what is published"
    where = quote(path or "/", safe="/")
    sheet = default_theme().address_of("/css/preview.css")
    bar = (
        f'<link rel="stylesheet" href="{sheet}">'
        f'<aside class="cms-preview" aria-label="Preview"><strong>{told}</strong> '
        f'<a href="{PATH}?cms={other}&amp;return_to={where}">Show '
        f"{'what is published' if preview.drafts else 'drafts'}</a> "
        f'<a href="{PATH}?cms={OFF}&amp;return_to={where}">End the preview</a></aside>'
    )
    end = html.lower().rfind("</body>")
    return f"{html[:end]}{bar}{html[end:]}" if end >= 0 else html + bar


def broken_draft(error: TemplateError) -> Response:
    """Show staff what is wrong with a draft, and where."""
    caret = error.place.caret() if error.place else ""
    return HTMLResponse(
        "<!doctype html><html lang='en'><title>This draft fails</title><body><main>"
        f"<h1>This draft fails</h1><p>{escape(str(error))}</p><pre>{escape(caret)}</pre>"
        f"<p><a href='{PATH}?cms={PUBLISHED}'>Show what is published</a></p></main></body></html>",
        500,
    )
