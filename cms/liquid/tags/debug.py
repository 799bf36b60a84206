"""`{% debug:help %}`: the variables that this page has, with their kinds, in a comment.

Example: {% debug:help %}
"""

from collections.abc import Iterable, Mapping
from typing import TextIO

from liquid import Node, RenderContext, Tag, Token, TokenStream
from liquid.exceptions import LiquidSyntaxError
from liquid.token import TOKEN_EXPRESSION
from markupsafe import Markup

from cms.liquid.limits import Rendering

MOST = 200  # variables


class DebugNode(Node):
    """Writes the comment; values are nowhere in it."""

    def __init__(self, token: Token) -> None:
        super().__init__(token)
        self.blank = False

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """List the variables by name."""
        if not isinstance(context, Rendering):
            return 0
        named = {name: context.scope.get(name) for name in _names(context)}
        lines = [f"  {name}: {_kind(named[name])}" for name in sorted(named)[:MOST]]
        told = "\n".join(["Variables of this page:", *lines]).replace("--", "- -")
        return buffer.write(Markup("<!-- {}\n-->").format(told))


def _names(context: Rendering) -> Iterable[str]:
    return {*map(str, context.globals), *map(str, context.locals)}


def _kind(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return "boolean"
        case str():
            return "text"
        case int() | float():
            return "number"
        case list() | tuple():
            kinds = sorted({_kind(item) for item in value})
            return f"list of {', '.join(kinds)}" if kinds else "empty list"
        case Mapping():
            kind = type(value).__name__
            return kind.removesuffix("Drop") if kind.endswith("Drop") else "names with values"
    return type(value).__name__.lower()


class DebugTag(Tag):
    name = "debug"
    block = False

    def parse(self, stream: TokenStream) -> Node:
        """Take nothing but `:help`."""
        token = stream.current
        if stream.peek.kind != TOKEN_EXPRESSION or stream.peek.value.strip() != ":help":
            raise LiquidSyntaxError("write it as {% debug:help %}", token=token)
        next(stream)
        return DebugNode(token)
