"""Forms for those who are not logged in, where the provider keeps robots off them."""

import json

from cms.portal.context import PortalContext
from server.auth.captcha import FIELD, new_puzzle, spend_solution
from server.domain.provider.spam import SpamProtection
from server.web.pages import PageRequest


def puzzle_of(ctx: PortalContext) -> str:
    """Write what the forms of a page ask its browser to solve; empty where nothing is asked."""
    if ctx.visitor is not None or not _is_asked(ctx):
        return ""
    return json.dumps(new_puzzle(ctx.installation, ctx.provider.id))


def check_captcha(page_request: PageRequest[PortalContext]) -> None:
    """Use up the solution of a form, whatever becomes of the form. Raises: CaptchaNeeded."""
    with page_request.open(write=False) as ctx:
        if not _is_asked(ctx):
            return
    with page_request.open(write=True) as ctx:
        answer = page_request.form.get(FIELD, "")
        spend_solution(ctx.db, ctx.installation, ctx.provider.id, answer)


def _is_asked(ctx: PortalContext) -> bool:
    return ctx.data.settings.spam_protection_level == SpamProtection.CAPTCHA
