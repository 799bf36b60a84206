"""`{% flash %}`: what the page before has done, told once.

Example: <div>{% flash %}</div>
"""

from collections.abc import Mapping
from typing import TextIO

from liquid import Node, RenderContext, Tag, Token, TokenStream
from markupsafe import Markup

BOX = Markup('<p class="flash flash-{type}" role="{role}">{text}</p>')


class FlashNode(Node):
    """Writes the messages of the variable `flash`."""

    def __init__(self, token: Token) -> None:
        super().__init__(token)
        self.blank = False

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write them; only a failure interrupts who listens."""
        flash = context.resolve("flash", default={})
        messages = flash.get("messages", ()) if isinstance(flash, Mapping) else ()
        written = 0
        for message in messages:
            role = "alert" if message["type"] == "danger" else "status"
            text = BOX.format(type=message["type"], role=role, text=message["text"])
            written += buffer.write(text)
        return written


class FlashTag(Tag):
    name = "flash"
    block = False

    def parse(self, stream: TokenStream) -> Node:
        return FlashNode(stream.current)
