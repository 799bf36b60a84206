"""What crawlers may fetch, and where the list of pages is. Source: RFC 9309."""

from starlette.responses import PlainTextResponse, Response

from cms.portal.context import PortalContext
from server.domain.installation import LOCAL_DOMAIN

CLOSED = "User-agent: *\nDisallow: /\n"
# What is for one visitor alone, or changes something.
OF_ONE = (
    "/admin", "/buyer/", "/login", "/logout", "/session", "/signup", "/activate", "/leave_mail/",
    "/search", "/access_code", "/cms/", "/graphql", "/mcp",
)  # fmt: skip
OF_OTHERS = ("/p/admin", "/api/", "/stats/", "/master/", "/gateway/", "/echo", "/transactions")


def show(ctx: PortalContext) -> Response:
    """Tell crawlers; those of a portal that is not open are to fetch nothing."""
    if ctx.data.settings.site_access_code:
        return PlainTextResponse(CLOSED)
    portal = ctx.installation.addresses.portal(ctx.provider)
    is_by_path = ctx.provider.is_first and ctx.installation.addresses.domain == LOCAL_DOMAIN
    paths = [*OF_ONE, *(OF_OTHERS if is_by_path else ())]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in paths),
        "",
        f"Sitemap: {portal}/sitemap.xml",
    ]
    return PlainTextResponse("\n".join(lines) + "\n")
