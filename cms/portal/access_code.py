"""The access code of a portal that is not open yet. Source: reference-portal 2.6, 4.1."""

from hmac import compare_digest

from starlette.responses import Response

from cms.liquid.drops.pages import FormDrop
from cms.portal import forms
from cms.portal.captcha import check_captcha
from cms.portal.context import PortalContext
from cms.portal.page_face import CODE_PAGE, PortalRequest, has_access
from cms.portal.render import render_page
from cms.portal.return_paths import own_page
from server.domain.errors import Invalid
from server.web.access import access_mark
from server.web.cookies import ACCESS
from server.web.notices import go_to


def show(ctx: PortalContext) -> Response:
    """Ask for the code; who has given it, or where none is needed, goes on."""
    if has_access(ctx):
        return go_to(_next(ctx.param("return_to")))
    form = FormDrop(forms.filled(forms.ACCESS_CODE, {}, ctx.error), ctx.data)
    return render_page(ctx, "access_code/show", {"form": form})


def create(page_request: PortalRequest) -> Response:
    """Check the code, so many times for an address, and let the browser in."""
    code = page_request.form.get("access_code", "").strip()
    check_captcha(page_request)
    with page_request.open(write=False) as ctx:
        page_request.deps.gates.access_codes.enter(ctx.provider.id, "", page_request.address)
        right = ctx.data.settings.site_access_code
        if not compare_digest(code.encode(), right.encode()):
            raise Invalid("is not the right one.", field="access_code")
        response = go_to(_next(ctx.param("return_to")))
        ACCESS.put(response, ctx.deps, access_mark(ctx.installation.vault, ctx.provider.id, right))
        return response


def _next(text: str) -> str:
    path = own_page(text) if text else "/"
    return "/" if path.startswith(CODE_PAGE) else path
