"""`{% csrf %}`: what proves a form is ours: a hidden field, in the head of a page a `<meta>`.

Example: {% csrf %}
"""

from io import StringIO
from typing import TextIO

from liquid import Node, RenderContext, Tag, Token, TokenStream
from markupsafe import Markup

from cms.liquid.limits import Rendering

FIELD = "authenticity_token"
META = Markup('<meta name="csrf-param" content="{}">\n<meta name="csrf-token" content="{}">')


def hidden(name: str, value: str) -> Markup:
    """Make a hidden field."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(name, value)


def meta(token: str) -> Markup:
    """Tell scripts the token."""
    return META.format(FIELD, token)


class CsrfNode(Node):
    """Writes the field."""

    def __init__(self, token: Token) -> None:
        super().__init__(token)
        self.blank = False

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write what may stand there: a field would end the head of a page."""
        token = context.render_scope.csrf_token if isinstance(context, Rendering) else ""
        return buffer.write(meta(token) if _is_in_head(buffer) else hidden(FIELD, token))


def _is_in_head(buffer: TextIO) -> bool:
    text = buffer.getvalue().lower() if isinstance(buffer, StringIO) else ""
    return "<head" in text.replace("<header", "") and "</head" not in text and "<body" not in text


class CsrfTag(Tag):
    name = "csrf"
    block = False

    def parse(self, stream: TokenStream) -> Node:
        return CsrfNode(stream.current)
