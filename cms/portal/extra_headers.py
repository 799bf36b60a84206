"""The headers that a provider adds to all that his portal answers."""

from starlette.requests import Request
from starlette.responses import Response

from cms.portal.context import PortalContext
from server.domain.provider.headers import HEADERS
from server.web.pages import Endpoint, Handlers, PageServer

EXTRA = "gatehouse.extra_headers"


def note_headers(ctx: PortalContext) -> None:
    """Note what the answer to this request is sent with."""
    settings = ctx.data.settings
    ctx.request.scope[EXTRA] = [
        (header, value) for name, header in HEADERS.items() if (value := getattr(settings, name))
    ]


class PortalServer(PageServer[PortalContext]):
    """Makes endpoints that send a provider's headers beside ours, never in their place.

    Of two policies of contents a browser keeps both, so his can only tighten ours.
    """

    def endpoint(self, handlers: Handlers[PortalContext]) -> Endpoint:
        """Serve an address as every portal does, with his headers."""
        serve = super().endpoint(handlers)

        async def serve_with_headers(request: Request) -> Response:
            response = await serve(request)
            for name, value in request.scope.get(EXTRA, ()):
                response.headers.append(name, value)
            return response

        return serve_with_headers
