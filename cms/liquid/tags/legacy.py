"""Tags of old templates: nothing is written, but the template goes on.

What they wrote is a matter of the theme now, or of something that is not offered here.
"""

from typing import TextIO

from liquid import Node, RenderContext, Tag, TokenStream
from liquid.token import TOKEN_EXPRESSION

NAMES = (
    "authorize_net_form",
    "braintree_customer_form",
    "container",
    "credit_card_missing",
    "internal_error",
    "ogone_form",
    "oldfooter",
    "page_section",
    "page_sub_section",
    "payment_express_form",
    "stripe_form",
)


class LegacyNode(Node):
    """Writes nothing."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write nothing."""
        return 0


class LegacyTag(Tag):
    block = False

    def parse(self, stream: TokenStream) -> Node:
        """Take whatever stands there."""
        token = stream.current
        if stream.peek.kind == TOKEN_EXPRESSION:
            next(stream)
        return LegacyNode(token)


LEGACY_TAGS: tuple[type[Tag], ...] = tuple(
    type(f"{name.title().replace('_', '')}Tag", (LegacyTag,), {"name": name}) for name in NAMES
)
