"""What a template may spend: time, loop turns, memory. Every render ends. Source: trust 2."""

import re
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from liquid import BoundTemplate, RenderContext
from liquid.exceptions import LiquidError
from liquid.filter import with_context
from liquid.output import LimitedStringIO

from cms.liquid.errors import TemplateError
from cms.liquid.render_scope import RenderScope

MOST_TURNS = 20_000
MOST_SOURCE = 256_000  # characters
MOST_OUTPUT_BYTES = 2_000_000
MOST_TEXT = 256_000  # characters of one value
MOST_HELD = 2_000_000  # of all values that a template keeps
MOST_ITEMS = 2_000
MOST_BITS = 256
# Filters on lists whose first argument names an attribute of the items.
KEYED = {"compact", "find", "find_index", "has", "map", "reject", "sort", "sort_natural"}
KEYED |= {"sum", "uniq", "where"}
BLANKS = re.compile(r"\s{200}")
# The lexer looks for the end of these from each beginning: quadratic when there is none.
VERBATIM = re.compile(r"\{%-?\s*(end)?(raw|comment|doc)\b")


class Exhausted(LiquidError):
    """The template spent all that it may."""

    def __init__(self, what: str) -> None:
        super().__init__(f"this template {what}", token=None)


class Rendering(RenderContext):
    """A render context that counts what is spent, and carries the render scope for tags."""

    __slots__ = ("_held", "_sizes", "_turns", "render_scope")

    def __init__(
        self, template: BoundTemplate, render_scope: RenderScope, variables: Mapping[str, object]
    ) -> None:
        self.render_scope = render_scope
        self._turns = 0
        self._held = 0
        self._sizes: dict[str, int] = {}
        super().__init__(template, globals=variables)

    @property  # every node asks for it before it renders: the one place that sees them all
    def disabled_tags(self) -> list[str]:
        """Check the time; no tag is disabled."""
        self.check_time()
        return []

    @disabled_tags.setter
    def disabled_tags(self, value: list[str]) -> None:
        """Ignore what the library sets: which tags exist is decided by the engine."""

    def check_time(self) -> None:
        """Refuse to go on when the time is over. Raises: Exhausted."""
        if self.render_scope.deadline.is_over():
            raise Exhausted("takes too long")

    def raise_for_loop_limit(self, length: int = 1) -> None:
        """Count the turns of all loops together, nested or one after the other."""
        self._turns += length
        if self._turns > MOST_TURNS:
            raise Exhausted(f"loops more than {MOST_TURNS} times")

    def assign(self, key: str, val: Any) -> None:
        """Keep a value, as long as all of them fit."""
        size = len(key) + weight_of(val)
        self._held += size - self._sizes.get(key, 0)
        self._sizes[key] = size
        if self._held > MOST_HELD:
            raise Exhausted("keeps too much in variables")
        super().assign(key, val)

    def buffer(self) -> LimitedStringIO:
        """Make the place where the output goes."""
        return LimitedStringIO(limit=MOST_OUTPUT_BYTES)


def weight_of(value: object) -> int:
    """Weigh a value in characters; refuse one that is too heavy. Raises: Exhausted."""
    weight = _weight(value, 3)
    if weight > MOST_TEXT:
        raise Exhausted("makes a value that is too long")
    return weight


def _weight(value: object, depth: int) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, int) and value.bit_length() > MOST_BITS:
        raise Exhausted("makes a number that is too big")
    if isinstance(value, list | tuple | range):
        if _length(value) > MOST_ITEMS or not depth:
            raise Exhausted(f"makes a list of more than {MOST_ITEMS} items")
        return sum(_weight(item, depth - 1) for item in value)
    return 8


def _length(value: list[Any] | tuple[Any, ...] | range) -> int:
    try:
        return len(value)
    except OverflowError:  # a range beyond what len() can tell
        return MOST_ITEMS + 1


def bounded(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a filter so that neither what goes in nor what comes out is too heavy, or too late."""
    wants_context = getattr(function, "with_context", False)

    @with_context
    @wraps(function)
    def run(value: object, *args: object, context: RenderContext, **kwargs: Any) -> Any:
        _check_time(context)
        for given in (value, *args, *kwargs.values()):
            weight_of(given)
        if name in KEYED and args and isinstance(args[0], list | tuple | range | dict):
            args = (str(args[0]), *args[1:])  # once, and not for each item
        _foresee(name, value, args)
        if wants_context:
            kwargs["context"] = context
        result = function(value, *args, **kwargs)
        weight_of(result)
        _check_time(context)
        return result

    return run


def _check_time(context: RenderContext) -> None:
    if isinstance(context, Rendering):
        context.check_time()


def _foresee(name: str, value: object, args: tuple[object, ...]) -> None:
    """Refuse what would multiply two lengths, before it does."""
    texts = [str(arg) for arg in args]
    if name == "join" and isinstance(value, list | tuple | range):
        size = len(value) * (len(texts[0]) if texts else 1)
    elif name == "replace" and len(texts) == 2:
        size = str(value).count(texts[0]) * len(texts[1])
    elif name == "split":
        _foresee_parts(str(value), texts[0] if texts else "")
        return
    else:
        return
    if size > MOST_TEXT:
        raise Exhausted("makes a value that is too long")


def _foresee_parts(text: str, separator: str) -> None:
    if separator == " ":
        parts = len(text.split(None, MOST_ITEMS))
    else:
        parts = text.count(separator) if separator else len(text)
    if parts > MOST_ITEMS:
        raise Exhausted(f"makes a list of more than {MOST_ITEMS} items")


def check_source(text: str) -> None:
    """Refuse a text that would take the lexer too long. Raises: TemplateError. Cost: linear."""
    if len(text) > MOST_SOURCE:
        raise TemplateError(f"A template holds at most {MOST_SOURCE} characters.")
    for opening, closing in (("{{", "}}"), ("{%", "%}")):
        if text.rfind(opening) > text.rfind(closing):
            raise TemplateError(f"A '{opening}' is never closed by '{closing}'.")
    if BLANKS.search(text):
        raise TemplateError("A template holds at most 199 blanks in a row.")
    last = ""
    for match in VERBATIM.finditer(text):
        last = "" if match[1] else match[2]
    if last:
        raise TemplateError(f"A '{last}' tag is never closed by 'end{last}'.")
