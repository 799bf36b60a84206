"""What a developer sees first."""

from starlette.responses import Response

from cms.liquid.drops.accounts import AccountDrop
from cms.liquid.drops.applications import ApplicationDrop
from cms.portal.render import render_page
from cms.portal.visit import PortalVisit


def show(visit: PortalVisit) -> Response:
    """Show the account with its applications, the first one with its key and usage."""
    desk = visit.desk
    first = next(iter(desk.applications), None)
    variables = {
        "account": AccountDrop(desk.account, desk) if desk.account else None,
        "application": ApplicationDrop(first, desk) if first else None,
    }
    return render_page(visit, "dashboards/show", variables)
