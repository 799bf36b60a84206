"""Expressions as functions: what is the same for each render is worked out once.

What has no function here is asked as the library does it, and no text of a template becomes code.
"""

from collections.abc import Callable, Mapping
from typing import Any

from liquid import Environment
from liquid.builtin.expressions import (
    BooleanExpression,
    FilteredExpression,
    KeywordArgument,
    Nil,
    Path,
    StringLiteral,
)
from liquid.builtin.expressions.filtered import Filter
from liquid.builtin.expressions.logical import (
    ContainsExpression,
    EqExpression,
    GeExpression,
    GtExpression,
    LeExpression,
    LogicalAndExpression,
    LogicalNotExpression,
    LogicalOrExpression,
    LtExpression,
    NeExpression,
    _contains,
    _eq,
    _le,
    _lt,
    is_truthy,
)
from liquid.builtin.expressions.primitive import (
    Blank,
    Empty,
    FalseLiteral,
    FloatLiteral,
    IntegerLiteral,
    TrueLiteral,
)
from liquid.exceptions import FilterArgumentError, LiquidTypeError
from liquid.expression import Expression
from markupsafe import Markup

from cms.liquid.filters.translate import filler
from cms.liquid.limits import OF_LISTS, Rendering

Value = Callable[[Rendering], Any]
Truth = Callable[[Rendering], bool]
Through = Callable[[Rendering, Any], Any]  # from what goes into a filter to what comes out
TEXTS = frozenset({str, Markup})
OF_FILTERS = frozenset({"", "context", "plural", "value"})  # names that mean more to a filter
PLAIN = frozenset({str, Markup, int, float, list, tuple, dict})  # true, whatever they hold


def value_of(env: Environment, expression: Expression) -> Value:
    """Make the function that gives the value of an expression."""
    maker = MAKERS.get(type(expression))
    made = maker(env, expression) if maker else None
    return expression.evaluate if made is None else made


def truth_of(env: Environment, expression: Expression) -> Truth:
    """Make the function that tells whether a condition holds."""
    if type(expression) is BooleanExpression:
        expression = expression.expression
    value = value_of(env, expression)
    if type(expression) in JUDGING:
        return value

    def holds(context: Rendering) -> bool:
        found = value(context)
        if found is None or found is False:
            return False
        return type(found) in PLAIN or is_truthy(found)

    return holds


def _constant(value: object) -> Value:
    return lambda _context: value


def _literal(_env: Environment, expression: Any) -> Value:
    return _constant(expression.value)


def _text(env: Environment, expression: StringLiteral) -> Value:
    said = expression.value
    return _constant(Markup(said) if env.autoescape else said)  # noqa: S704 - the author's own


def _itself(_env: Environment, expression: Expression) -> Value:
    return _constant(expression)


def _path(env: Environment, expression: Path) -> Value | None:
    """Look a path up: its first name among the variables, each other one in what was found."""
    root, *rest = expression.path
    if type(root) is not str or not all(type(each) in {str, int} for each in rest):
        return None
    missing = env.undefined(root, token=expression.token)
    if not rest:
        return lambda context: context.find(root, missing)
    if all(type(each) is str and each not in OF_LISTS for each in rest):
        return _names(root, tuple(rest), missing)
    return _items(root, tuple(rest), missing)


def _names(root: str, rest: tuple[Any, ...], missing: object) -> Value:
    def read(context: Rendering) -> Any:
        found = context.find(root, missing)
        try:
            for name in rest:
                found = found[name]
        except (KeyError, TypeError, IndexError):
            return missing
        return found

    return read


def _items(root: str, rest: tuple[Any, ...], missing: object) -> Value:
    """Read by numbers too, and by the names that lists and texts have."""

    def read(context: Rendering) -> Any:
        found = context.find(root, missing)
        try:
            for name in rest:
                is_size = name == "size" and type(found) in {list, tuple}
                found = len(found) if is_size else context.get_item(found, name)
        except (KeyError, TypeError, IndexError):
            return missing
        return found

    return read


def _filtered(env: Environment, expression: FilteredExpression) -> Value:
    value = value_of(env, expression.left)
    calls = [_through(env, expression.left, each) for each in expression.filters or ()]
    if not calls:
        return value
    if len(calls) == 1:
        (only,) = calls
        return lambda context: only(context, value(context))

    def read(context: Rendering) -> Any:
        found = value(context)
        for call in calls:
            found = call(context, found)
        return found

    return read


def _through(env: Environment, left: Expression, each: Filter) -> Through:
    """Make the function that calls a filter. One that nobody knows says so when it is called."""
    function = env.filters.get(each.name)
    if function is None:
        return lambda context, value: each.evaluate(value, context)
    if each.name == "t" and type(left) is StringLiteral and _fills_in(each):
        function = filler(left.value, is_html=env.autoescape)
    wants_context = getattr(function, "with_context", False)
    given: Mapping[str, object] = (
        {"environment": env} if getattr(function, "with_environment", False) else {}
    )
    asked = [
        (one.name if isinstance(one, KeywordArgument) else "", value_of(env, one.value))
        for one in each.args
    ]

    def call(context: Rendering, value: Any) -> Any:
        args: list[object] = []
        named: dict[str, object] = {"context": context, **given} if wants_context else {**given}
        for name, read in asked:
            if name:
                named[name] = read(context)
            else:
                args.append(read(context))
        try:
            return function(value, *args, **named)
        except TypeError as error:
            raise LiquidTypeError(f"{each.name}: {error}", token=each.token) from error
        except (LiquidTypeError, FilterArgumentError) as error:
            error.token = each.token
            raise

    return call


def _fills_in(each: Filter) -> bool:
    """Return whether a text of the template is given nothing but what stands in its places."""
    names = [one.name if isinstance(one, KeywordArgument) else "" for one in each.args]
    return bool(names) and OF_FILTERS.isdisjoint(names)


def _boolean(env: Environment, expression: BooleanExpression) -> Value:
    return truth_of(env, expression)


def _not(env: Environment, expression: LogicalNotExpression) -> Value:
    right = truth_of(env, expression.right)
    return lambda context: not right(context)


def _and(env: Environment, expression: LogicalAndExpression) -> Value:
    left, right = truth_of(env, expression.left), truth_of(env, expression.right)
    return lambda context: left(context) and right(context)


def _or(env: Environment, expression: LogicalOrExpression) -> Value:
    left, right = truth_of(env, expression.left), truth_of(env, expression.right)
    return lambda context: left(context) or right(context)


def _same(env: Environment, expression: EqExpression | NeExpression) -> Value:
    left, right = value_of(env, expression.left), value_of(env, expression.right)
    wanted = type(expression) is EqExpression

    def compare(context: Rendering) -> bool:
        one, other = left(context), right(context)
        is_text = type(one) in TEXTS and type(other) in TEXTS
        return (one == other if is_text else bool(_eq(one, other))) is wanted

    return compare


def _ordered(env: Environment, expression: Any) -> Value:
    left, right = value_of(env, expression.left), value_of(env, expression.right)
    token = expression.token
    orders: Mapping[type, Callable[[Any, Any], bool]] = {
        ContainsExpression: lambda one, other: _contains(token, one, other),
        GeExpression: lambda one, other: _le(other, one),
        GtExpression: lambda one, other: _lt(token, other, one),
        LeExpression: _le,
        LtExpression: lambda one, other: _lt(token, one, other),
    }
    order = orders[type(expression)]
    is_turned = type(expression) is GtExpression  # the library asks its right side first

    def compare(context: Rendering) -> bool:
        if is_turned:
            other = right(context)
            return order(left(context), other)
        return order(left(context), right(context))

    return compare


JUDGING: frozenset[type] = frozenset(
    {
        ContainsExpression,
        EqExpression,
        FalseLiteral,
        GeExpression,
        GtExpression,
        LeExpression,
        LogicalAndExpression,
        LogicalNotExpression,
        LogicalOrExpression,
        LtExpression,
        NeExpression,
        TrueLiteral,
    }
)
MAKERS: Mapping[type, Callable[[Environment, Any], Value | None]] = {
    Blank: _itself,
    BooleanExpression: _boolean,
    ContainsExpression: _ordered,
    Empty: _itself,
    EqExpression: _same,
    FalseLiteral: _literal,
    FilteredExpression: _filtered,
    FloatLiteral: _literal,
    GeExpression: _ordered,
    GtExpression: _ordered,
    IntegerLiteral: _literal,
    LeExpression: _ordered,
    LogicalAndExpression: _and,
    LogicalNotExpression: _not,
    LogicalOrExpression: _or,
    LtExpression: _ordered,
    NeExpression: _same,
    Nil: lambda _env, _expression: _constant(None),
    Path: _path,
    StringLiteral: _text,
    TrueLiteral: _literal,
}
