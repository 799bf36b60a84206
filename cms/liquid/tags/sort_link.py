"""`{% sort_link column: 'name' label: 'Name' %}`: a link that sorts the list of the page.

Followed again it sorts the other way round.

Example: {% sort_link column: 'name' label: 'Name' %}
"""

from collections.abc import Mapping
from typing import TextIO
from urllib.parse import parse_qsl, urlencode

from liquid import RenderContext
from markupsafe import Markup

from cms.liquid.tags.part import PartNode, PartTag
from cms.liquid.words import words_of

COLUMN, DIRECTION = "sort", "direction"
ARROWS = {"asc": " ▲", "desc": " ▼"}
PLACES = ("after", "before", "page")  # of the list in its old order


class SortLinkNode(PartNode):
    """Writes the link."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Keep what else the address says."""
        given = self.given(context)
        column = words_of(given.get("column"))
        label = words_of(given.get("label")) or column
        request = context.resolve("request", default={})
        uri = words_of(request.get("request_uri")) if isinstance(request, Mapping) else ""
        path, _, query = uri.partition("?")
        params = dict(parse_qsl(query, max_num_fields=50)) if query.count("&") < 50 else {}
        is_sorted = params.get(COLUMN) == column
        now = params.get(DIRECTION, "asc") if is_sorted else ""
        params[COLUMN], params[DIRECTION] = column, "desc" if now == "asc" else "asc"
        kept = {name: text for name, text in params.items() if name not in PLACES}
        link = Markup('<a href="{}"{}>{}{}</a>').format(
            f"{path}?{urlencode(kept)}",
            Markup(' aria-current="true"') if is_sorted else "",
            label,
            Markup('<span aria-hidden="true">{}</span>').format(ARROWS[now])
            if now in ARROWS
            else "",
        )
        return buffer.write(link)


class SortLinkTag(PartTag):
    name = "sort_link"
    node = SortLinkNode
