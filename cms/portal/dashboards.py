"""What a developer sees first."""

from starlette.responses import Response

from cms.liquid.drops.accounts import AccountDrop
from cms.liquid.drops.applications import ApplicationDrop
from cms.portal.context import PortalContext
from cms.portal.render import render_page


def show(ctx: PortalContext) -> Response:
    """Show the account with its applications, the first one with its key and usage."""
    data = ctx.data
    first = next(iter(data.applications), None)
    variables = {
        "account": AccountDrop(data.account, data) if data.account else None,
        "application": ApplicationDrop(first, data) if first else None,
    }
    return render_page(ctx, "dashboards/show", variables)
