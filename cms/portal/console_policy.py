"""The policy of a page with a console: it may call the gateways that its visitor may call."""

from urllib.parse import urlsplit

from cms.portal.context import PortalContext
from server.web.headers import page_policy
from server.web.requests import host_of

SCRIPTS = "/javascripts/"
IMAGES = "img-src 'self' data:"  # the arrows of its style sheet


def console_policy(ctx: PortalContext) -> str:
    """Write it. Cost: at most two queries."""
    addresses, data = ctx.installation.addresses, ctx.data
    host = ctx.request.headers.get("host", "") or host_of(ctx.request)
    found = {
        urlsplit(addresses.gateway(ctx.provider, service, environment))
        for service in data.services
        if (environment := data.environment_of(service))
    }
    origins = sorted(f"{parts.scheme}://{parts.netloc}" for parts in found if parts.netloc != host)
    calls = " ".join(("connect-src 'self'", *origins))
    return f"{page_policy(host, SCRIPTS)}; {calls}; {IMAGES}"
