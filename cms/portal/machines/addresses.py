"""Where programs look by themselves. What a provider puts at such an address comes before ours."""

import re
from collections.abc import Callable, Mapping

from starlette.responses import Response

from cms.portal.context import PortalContext
from cms.portal.machines import catalogue, llms, robots, sitemap
from cms.portal.machines.twins import CATALOGUE

Shown = Callable[[PortalContext], Response]
SHIPPED: Mapping[str, Shown] = {
    "/llms.txt": llms.show,
    "/llms-full.txt": llms.show_full,
    "/robots.txt": robots.show,
    "/sitemap.xml": sitemap.show,
    CATALOGUE: catalogue.show,
}
PART_OF_SITEMAP = re.compile(r"/sitemap-([1-9][0-9]{0,3})\.xml")


def find_shipped(path: str) -> Shown | None:
    """Find what answers at an address of ours."""
    match = PART_OF_SITEMAP.fullmatch(path)
    if match is None:
        return SHIPPED.get(path)
    number = int(match[1])
    return lambda ctx: sitemap.show_part(ctx, number)
