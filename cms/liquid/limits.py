"""What a template may spend: time, loop turns, memory. Every render ends. Source: trust 2."""

from collections.abc import Callable, Mapping
from functools import wraps
from io import StringIO
from time import monotonic
from typing import Any, TextIO

from liquid import BoundTemplate, RenderContext
from liquid.context import builtin
from liquid.exceptions import ContextDepthError, LiquidError, OutputStreamLimitError
from liquid.filter import with_context
from liquid.utils import ReadOnlyChainMap

from cms.liquid.language import IN_ENGLISH, Language
from cms.liquid.render_scope import RenderScope

MOST_TURNS = 20_000
MOST_OUTPUT_BYTES = 2_000_000
MOST_TEXT = 256_000  # characters of one value
MOST_HELD = 2_000_000  # of all values that a template keeps
MOST_ITEMS = 2_000
MOST_DEPTH = 8  # of lists in lists
MOST_BITS = 256
# Filters on lists whose first argument names an attribute of the items.
KEYED = {"compact", "find", "find_index", "has", "map", "reject", "sort", "sort_natural"}
KEYED |= {"sum", "uniq", "where"}
MULTIPLYING = frozenset({"join", "replace", "split"})
OF_LISTS = frozenset({"first", "last", "size"})  # names that lists and texts have too


class Exhausted(LiquidError):
    """The template spent all that it may."""

    def __init__(self, what: str) -> None:
        super().__init__(f"this template {what}", token=None)


class Written(StringIO):
    """A text that is written piece by piece, with a limit; line ends stay as they are."""

    def __init__(self, limit: int) -> None:
        super().__init__(newline="")
        self.limit, self.size = limit, 0

    def write(self, text: str, /) -> int:
        """Write a piece. Raises: OutputStreamLimitError."""
        self.size += len(text) if text.isascii() else len(text.encode())
        if self.size > self.limit:
            raise OutputStreamLimitError("output stream limit reached", token=None)
        return _write(self, text)


_write = StringIO.write


class _Scope(ReadOnlyChainMap):
    """The variables of a render. Most names are not in the first of its maps, which is no fault."""

    def __getitem__(self, key: str) -> object:
        for mapping in self._maps:
            if key in mapping:
                return mapping[key]
        raise KeyError(key)


class _Seen(ReadOnlyChainMap):
    """What a rendered partial sees; `render` fills it later, so it is something though empty."""

    def __bool__(self) -> bool:
        return True


class Rendering(RenderContext):
    """A render context that counts what is spent, and carries the render scope for tags."""

    __slots__ = ("_deadline", "_forbidden", "_held", "_sizes", "_turns", "maps", "render_scope")

    scope: _Scope

    def __init__(
        self,
        template: BoundTemplate,
        render_scope: RenderScope,
        variables: Mapping[str, object],
        parent: "Rendering | None" = None,
    ) -> None:
        self.render_scope = render_scope
        self._deadline = render_scope.deadline
        self._turns: list[int] = parent._turns if parent else [0]  # one count for all
        self._held: int = parent._held if parent else 0  # what the parent holds stays meanwhile
        self._sizes: dict[str, int] = {}
        self._forbidden: list[str] = []
        super().__init__(template, globals=variables, parent_context=parent)
        self.scope = _Scope(self.locals, self.globals, builtin, self.counters)
        self.maps = self.scope._maps  # the innermost first

    def find(self, name: str, default: object) -> Any:
        """Find a variable."""
        for mapping in self.maps:
            if name in mapping:
                return mapping[name]
        return default

    def get_item(self, obj: Any, key: Any) -> Any:
        """Find what a name stands for in an object, as the library does."""
        if type(key) is str and key not in OF_LISTS:
            return obj[key]
        return super().get_item(obj, key)

    def copy(
        self,
        namespace: Mapping[str, object],
        disabled_tags: list[str] | None = None,
        carry_loop_iterations: bool = False,
        template: BoundTemplate | None = None,
        block_scope: bool = False,
    ) -> "Rendering":
        """Make the context of what `render` names: it sees its arguments, and spends from ours.

        Raises: ContextDepthError.
        """
        if self._copy_depth >= self.env.context_depth_limit:
            raise ContextDepthError("renders itself too many times", token=None)
        seen = self.scope if block_scope else self.globals
        variables = _Seen(namespace, seen)
        child = Rendering(template or self.template, self.render_scope, variables, self)
        child._forbidden = list(disabled_tags or ())
        child._copy_depth = self._copy_depth + 1
        return child

    @property  # every node asks for it before it renders: the one place that sees them all
    def disabled_tags(self) -> list[str]:
        """Check the time, and tell which tags can't stand here."""
        if monotonic() > self._deadline.ends_at:
            self.check_time()
        return self._forbidden

    @disabled_tags.setter
    def disabled_tags(self, value: list[str]) -> None:
        """Ignore what the library sets: `copy` does."""

    def look_at_clock(self) -> None:
        """Check the time, as each node of the library's does. Raises: Exhausted."""
        if monotonic() > self._deadline.ends_at:
            self.check_time()

    def check_time(self) -> None:
        """Refuse to go on when the time is over. Raises: Exhausted."""
        if self._deadline.is_over():
            raise Exhausted("takes too long")

    def raise_for_loop_limit(self, length: int = 1) -> None:
        """Count the turns of all loops together, nested or one after the other."""
        self._turns[0] += length
        if self._turns[0] > MOST_TURNS:
            raise Exhausted(f"loops more than {MOST_TURNS} times")

    def assign(self, key: str, val: Any) -> None:
        """Keep a value, as long as all of them fit."""
        size = len(key) + weight_of(val)
        self._held += size - self._sizes.get(key, 0)
        self._sizes[key] = size
        if self._held > MOST_HELD:
            raise Exhausted("keeps too much in variables")
        super().assign(key, val)

    def buffer(self) -> Written:
        """Make the place where the output goes."""
        return Written(MOST_OUTPUT_BYTES)

    def get_buffer(self, buf: TextIO | None = None) -> StringIO:
        """Make the place of a part of the output, which counts as the whole does."""
        taken = buf.size if isinstance(buf, Written) else 0
        return Written(MOST_OUTPUT_BYTES - taken)


def weight_of(value: object) -> int:
    """Weigh a value in characters; refuse one that is too heavy. Raises: Exhausted."""
    if isinstance(value, str) and len(value) <= MOST_TEXT:
        return len(value)
    weight = _weight(value, MOST_DEPTH)
    if weight > MOST_TEXT:
        raise Exhausted("makes a value that is too long")
    return weight


def _weight(value: object, depth: int) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, int) and value.bit_length() > MOST_BITS:
        raise Exhausted("makes a number that is too big")
    if isinstance(value, list | tuple | range):
        if not depth:
            raise Exhausted("nests lists too deep")
        if _length(value) > MOST_ITEMS:
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
    multiplies, is_keyed = name in MULTIPLYING, name in KEYED

    @with_context
    @wraps(function)
    def run(value: object, *args: object, context: RenderContext, **kwargs: Any) -> Any:
        _check_time(context)
        weight_of(value)
        for given in args:
            weight_of(given)
        for given in kwargs.values():
            weight_of(given)
        if is_keyed and args and isinstance(args[0], list | tuple | range | dict):
            args = (str(args[0]), *args[1:])  # once, and not for each item
        if multiplies:
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
        context.look_at_clock()


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


def language_in(context: RenderContext) -> Language:
    """Tell the language of a running render; English outside of one."""
    return context.render_scope.language if isinstance(context, Rendering) else IN_ENGLISH
