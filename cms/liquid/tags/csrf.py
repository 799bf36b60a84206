"""`{% csrf %}`: the hidden field that proves a form is ours.

Example: <form method="post" action="/session">{% csrf %}</form>
"""

from typing import TextIO

from liquid import Node, RenderContext, Tag, Token, TokenStream
from markupsafe import Markup

from cms.liquid.limits import Rendering

FIELD = "authenticity_token"


def hidden(name: str, value: str) -> Markup:
    """Make a hidden field."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(name, value)


class CsrfNode(Node):
    """Writes the field."""

    def __init__(self, token: Token) -> None:
        super().__init__(token)
        self.blank = False

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        token = context.render_scope.csrf_token if isinstance(context, Rendering) else ""
        return buffer.write(hidden(FIELD, token))


class CsrfTag(Tag):
    name = "csrf"
    block = False

    def parse(self, stream: TokenStream) -> Node:
        return CsrfNode(stream.current)
