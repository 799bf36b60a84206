"""Legal texts: pages that show them, and boxes that accept them. Source: reference-portal 2.6."""

from collections.abc import Mapping

from starlette.responses import Response

from cms.liquid.drops.legal import TermsDrop
from cms.portal.context import PortalContext
from cms.portal.render import render_page
from server.actions.portal.legal import FIELD, accept_terms, find_terms, has_accepted
from server.domain.accounts.accounts import Account
from server.domain.portal.legal import TermsKind
from server.kit.ids import id_or_none
from server.web.notices import go_to


def accepted_in(form: Mapping[str, str]) -> int | None:
    """Read which version the box of a form accepts; None for none."""
    return id_or_none(form.get(FIELD, "").strip())


def terms_to_accept(ctx: PortalContext, kind: TermsKind) -> TermsDrop | None:
    """Find what has to be accepted on this page, if anything is left to accept."""
    terms = find_terms(ctx.db, ctx.provider.id, kind)
    account_id = ctx.visitor.actor.account_id if ctx.visitor else None
    if terms is None or (account_id and has_accepted(ctx.db, account_id, terms)):
        return None
    return TermsDrop(terms, ctx.data)


def accept_sent(ctx: PortalContext, kind: TermsKind) -> None:
    """Accept what the box of the form says, unless that was done before. Raises: Invalid."""
    if terms_to_accept(ctx, kind) is not None:
        account = ctx.db.get_one(Account, ctx.account_id)
        accept_terms(ctx, kind, account, accepted_in(ctx.values))


def show_terms(ctx: PortalContext) -> Response:
    return _shown(ctx, TermsKind.SIGNUP)


def show_privacy(ctx: PortalContext) -> Response:
    return _shown(ctx, TermsKind.PRIVACY)


def show_refunds(ctx: PortalContext) -> Response:
    return _shown(ctx, TermsKind.REFUNDS)


def _shown(ctx: PortalContext, kind: TermsKind) -> Response:
    """Show a text; where there is none, the home page."""
    terms = find_terms(ctx.db, ctx.provider.id, kind)
    if terms is None:
        return go_to("/")
    return render_page(ctx, "legal/show", {"terms": TermsDrop(terms, ctx.data)})
