"""A parsed template that knows where it comes from, so that its errors tell where they are."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, TextIO

from liquid import BoundTemplate, Node, RenderContext
from liquid.exceptions import LiquidError, LiquidInterrupt

from cms.content.theme import Source
from cms.liquid.compiled.writers import writers_of
from cms.liquid.errors import Place, TemplateError

# What a wrong template makes the library raise, beside its own errors.
RAW_ERRORS = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)
Writer = Callable[[Any, TextIO], object]


class PortalTemplate(BoundTemplate):
    """A template of a provider or the theme."""

    origin: Source | None = None  # set once it is parsed

    def render_with_context(
        self,
        context: RenderContext,
        buffer: TextIO,
        *args: Any,
        partial: bool = False,
        block_scope: bool = False,
        **kwargs: Any,
    ) -> None:
        """Render into a buffer, as the library does. Raises: TemplateError, always with a place."""
        namespace = self.make_partial_namespace(partial, dict(*args, **kwargs))
        node: Node | None = None
        try:
            with context.extend(namespace=namespace):
                for node, write in self._writers:  # noqa: B007 - errors are told of it
                    write(context, buffer)
        except LiquidInterrupt as error:
            if partial and not block_scope:
                raise
            raise TemplateError(f"unexpected '{error}'", self._place(node, None)) from error
        except TemplateError as error:
            if error.place is not None:
                raise
            raise TemplateError(error.message, self._place(node, None)) from error
        except (LiquidError, RecursionError, *RAW_ERRORS) as error:
            raise TemplateError(told(error), self._place(node, error)) from error

    @cached_property
    def _writers(self) -> Sequence[tuple[Node, Writer]]:
        """What each of its nodes is rendered by, made when it is rendered first."""
        try:
            return writers_of(self.env, self.nodes)
        except RecursionError:  # it nests deep: the library knows how deep is too deep
            return [(node, node.render) for node in self.nodes]

    def _place(self, node: Node | None, error: Exception | None) -> Place:
        """Find the place of an error, else of the node that was being rendered."""
        kind, name = (self.origin.kind, self.origin.name) if self.origin else ("", self.name)
        token = error.token if isinstance(error, LiquidError) else None
        token = token or (node.token if node else None)
        if token is None or token.start_index < 0:
            return Place(kind, name)
        return Place.of(kind, name, token.source, token.start_index)


def told(error: Exception) -> str:
    """Say what is wrong, in the library's words where it has some."""
    return str(error.message) if isinstance(error, LiquidError) else type(error).__name__
