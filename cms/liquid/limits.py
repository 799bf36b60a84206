"""What a template may spend: time, loop turns, memory. Every render ends. Source: trust 2."""

import gc
import re
import threading
from collections.abc import Callable, Mapping
from functools import wraps
from time import monotonic, thread_time
from typing import Any

from liquid import BoundTemplate, RenderContext
from liquid.exceptions import LiquidError
from liquid.output import LimitedStringIO

from cms.liquid.errors import TemplateError
from cms.liquid.render_scope import RenderScope

MOST_S = 0.4  # of processor time; page and layout are two renders, together below a second
MOST_TURNS = 20_000
MOST_SOURCE = 256_000  # characters
MOST_OUTPUT_BYTES = 2_000_000
MOST_TEXT = 256_000  # characters of one value
MOST_HELD = 2_000_000  # of all values that a template keeps
MOST_ITEMS = 2_000
MOST_BITS = 256
BLANKS = re.compile(r"\s{200}")
# The lexer looks for the end of these from each beginning: quadratic when there is none.
VERBATIM = re.compile(r"\{%-?\s*(end)?(raw|comment|doc)\b")


class _Collector(threading.local):
    """Tells the time that the garbage collector, which looks through everything, took a thread."""

    spent_s = 0.0
    _began_s = 0.0

    def note(self, phase: str, _info: Mapping[str, int]) -> None:
        """Add up; the interpreter calls it at the start and the end of each collection."""
        if phase == "start":
            self._began_s = thread_time()
        else:
            self.spent_s += thread_time() - self._began_s


collector = _Collector()
gc.callbacks.append(collector.note)


def _own_time_s() -> float:
    return thread_time() - collector.spent_s


class Exhausted(LiquidError):
    """The template spent all that it may."""

    def __init__(self, what: str) -> None:
        super().__init__(f"this template {what}", token=None)


class Rendering(RenderContext):
    """A render context that counts what is spent, and carries the render scope for tags."""

    __slots__ = ("_ends_at", "_held", "_most_own_s", "_sizes", "_turns", "render_scope")

    def __init__(
        self, template: BoundTemplate, render_scope: RenderScope, variables: Mapping[str, object]
    ) -> None:
        self.render_scope = render_scope
        self._ends_at = monotonic() + MOST_S
        self._most_own_s = _own_time_s() + MOST_S
        self._turns = 0
        self._held = 0
        self._sizes: dict[str, int] = {}
        super().__init__(template, globals=variables)

    @property  # every node asks for it before it renders: the one place that sees them all
    def disabled_tags(self) -> list[str]:
        """Check the time; no tag is disabled."""
        if monotonic() > self._ends_at:
            self._check_time()
        return []

    @disabled_tags.setter
    def disabled_tags(self, value: list[str]) -> None:
        """Ignore what the library sets: which tags exist is decided by the engine."""

    def _check_time(self) -> None:
        """Leave out the time in which a busy machine, or the collector, did something else."""
        left_s = self._most_own_s - _own_time_s()
        if left_s <= 0:
            raise Exhausted("takes too long")
        self._ends_at = monotonic() + left_s

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
    """Wrap a filter so that neither what goes in nor what comes out is too heavy."""

    @wraps(function)
    def run(value: object, *args: object, **kwargs: Any) -> Any:
        for given in (value, *args):
            weight_of(given)
        _foresee(name, value, args)
        result = function(value, *args, **kwargs)
        weight_of(result)
        return result

    return run


def _foresee(name: str, value: object, args: tuple[object, ...]) -> None:
    """Refuse what would multiply two lengths, before it does."""
    texts = [str(arg) for arg in args]
    if name == "join" and isinstance(value, list | tuple | range):
        size = len(value) * (len(texts[0]) if texts else 1)
    elif name == "replace" and len(texts) == 2:
        size = str(value).count(texts[0]) * len(texts[1])
    else:
        return
    if size > MOST_TEXT:
        raise Exhausted("makes a value that is too long")


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
