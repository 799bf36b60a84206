"""Nodes as functions that write: one call a node, nothing looked up that is known before.

A node that has no function here renders itself. What templates may spend is checked where time
can go: at each turn of a loop, condition, partial, filter and variable.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TextIO

from liquid import BlockNode, Environment, Node
from liquid.builtin.content import ContentNode
from liquid.builtin.tags.assign_tag import AssignNode
from liquid.builtin.tags.capture_tag import CaptureNode
from liquid.builtin.tags.for_tag import ForLoop, ForNode
from liquid.builtin.tags.if_tag import IfNode
from liquid.builtin.tags.include_tag import IncludeNode
from liquid.builtin.tags.unless_tag import UnlessNode
from liquid.exceptions import BreakLoop, ContinueLoop, LiquidError
from liquid.output import NullIO
from markupsafe import Markup, escape

from cms.liquid.compiled.values import truth_of, value_of
from cms.liquid.language import Language
from cms.liquid.limits import Rendering
from cms.liquid.tags.form import FormNode
from cms.liquid.tags.output import MOST_LANGUAGES, WordsNode, shown

Writer = Callable[[Rendering, TextIO], object]


def writers_of(env: Environment, nodes: Iterable[Node]) -> list[tuple[Node, Writer]]:
    """Make the functions of a row of nodes, each with the node that errors are told of.

    What is the same in each render of one language is written in one piece.
    """
    made: list[tuple[Node, Writer]] = []
    settled: list[Node] = []
    for node in nodes:
        if _is_settled(node):
            settled.append(node)
            continue
        made += _of_settled(settled)
        settled = []
        made.append((node, writer_of(env, node)))
    return [*made, *_of_settled(settled)]


def writer_of(env: Environment, node: Node) -> Writer:
    """Make the function of a node."""
    maker = MAKERS.get(type(node))
    made = maker(env, node) if maker else None
    return node.render if made is None else made


def _is_settled(node: Node) -> bool:
    return MAKERS.get(type(node)) is _text or (type(node) is WordsNode and node.is_settled)


def _of_settled(nodes: Sequence[Node]) -> list[tuple[Node, Writer]]:
    if not nodes:
        return []
    if all(type(node) is ContentNode for node in nodes):
        text = "".join(str(node) for node in nodes)
        return [(nodes[0], lambda _context, buffer: buffer.write(text))]
    return [(nodes[0], _once_a_language(nodes))]


def _once_a_language(nodes: Sequence[Node]) -> Writer:
    known: dict[Language, str] = {}

    def write(context: Rendering, buffer: TextIO) -> None:
        language = context.render_scope.language
        said = known.get(language)
        if said is None:
            said = _said(context, nodes)
            if len(known) < MOST_LANGUAGES:
                known[language] = said
        buffer.write(said)

    return write


def _said(context: Rendering, nodes: Sequence[Node]) -> str:
    """Render nodes that say the same each time; an error is that of its own node."""
    buffer = context.buffer()
    for node in nodes:
        try:
            node.render(context, buffer)
        except LiquidError as error:
            error.token = error.token or node.token
            raise
    return buffer.getvalue()


def _text(_env: Environment, node: ContentNode) -> Writer:
    text = node.text
    return lambda _context, buffer: buffer.write(text)


def _words(env: Environment, node: WordsNode) -> Writer | None:
    if node.is_settled:
        return None
    value = value_of(env, node.expression)
    is_html = env.autoescape

    def write(context: Rendering, buffer: TextIO) -> None:
        found = value(context)
        kind = type(found)
        if kind is str:
            buffer.write(escape(found) if is_html else found)
        elif kind is Markup and is_html:
            buffer.write(found)
        else:
            buffer.write(shown(found, is_html=is_html))

    return write


def block_of(env: Environment, block: BlockNode) -> Writer:
    """Make the function of a block; one that writes nothing but space writes nothing at all."""
    is_blank = env.suppress_blank_control_flow_blocks and block.blank
    nodes = [node for node in block.nodes if not (is_blank and type(node) is ContentNode)]
    writers = tuple(writer for _, writer in writers_of(env, nodes))
    if is_blank:
        return _blank(writers)
    if len(writers) == 1:
        return writers[0]

    def write(context: Rendering, buffer: TextIO) -> None:
        for writer in writers:
            writer(context, buffer)

    return write


def _blank(writers: Sequence[Writer]) -> Writer:
    def write(context: Rendering, _buffer: TextIO) -> None:
        if writers:
            nowhere = NullIO()
            for writer in writers:
                writer(context, nowhere)

    return write


def _if(env: Environment, node: IfNode | UnlessNode) -> Writer:
    holds, then = truth_of(env, node.condition), block_of(env, node.consequence)
    wanted = type(node) is IfNode
    others = [
        (truth_of(env, each.expression), block_of(env, each.block)) for each in node.alternatives
    ]
    default = block_of(env, node.default) if node.default else None

    def write(context: Rendering, buffer: TextIO) -> None:
        context.look_at_clock()
        if bool(holds(context)) is wanted:
            then(context, buffer)
            return
        for other_holds, other in others:
            if other_holds(context):
                other(context, buffer)
                return
        if default is not None:
            default(context, buffer)

    return write


def _for(env: Environment, node: ForNode) -> Writer:
    expression, name = node.expression, str(node.expression.identifier)
    title = f"{name}-{expression.iterable}"
    is_whole = expression.limit is None and expression.offset is None and not expression.reversed
    value = value_of(env, expression.iterable) if is_whole else None
    run = block_of(env, node.block)
    default = block_of(env, node.default) if node.default else None

    def write(context: Rendering, buffer: TextIO) -> None:
        context.look_at_clock()
        if value is None:
            items, length = expression.evaluate(context)
        else:
            items, length = expression._to_iter(value(context), context)
            context.stopindex(title, length)  # where a loop that continues begins
        if not length:
            if default is not None:
                default(context, buffer)
            return
        loop = ForLoop(title, items, length, context.parentloop())
        seen: dict[str, object] = {"forloop": loop, name: None}
        with context.loop(seen, loop):
            for item in loop:
                context.look_at_clock()
                seen[name] = item
                try:
                    run(context, buffer)
                except ContinueLoop:
                    continue
                except BreakLoop:
                    break

    return write


def _assign(env: Environment, node: AssignNode) -> Writer:
    name, value = str(node.name), value_of(env, node.expression)
    return lambda context, _buffer: context.assign(name, value(context))


def _capture(env: Environment, node: CaptureNode) -> Writer:
    name, run = str(node.name), block_of(env, node.block)
    is_html = env.autoescape

    def write(context: Rendering, buffer: TextIO) -> None:
        text = context.get_buffer(buffer)
        run(context, text)
        made = text.getvalue()
        context.assign(name, Markup(made) if is_html else made)  # noqa: S704 - it is escaped

    return write


def _include(env: Environment, node: IncludeNode) -> Writer | None:
    """Write a partial. One that goes through a list renders itself."""
    if node.var is not None:
        return None
    name_of = value_of(env, node.name)
    asked = [(str(each.name), value_of(env, each.value)) for each in node.args]

    def write(context: Rendering, buffer: TextIO) -> None:
        if context.disabled_tags:
            node.raise_for_disabled(context.disabled_tags)
        template = context.render_scope.partial(str(name_of(context)))
        given = {name: value(context) for name, value in asked}
        with context.extend(given, template=template):
            template.render_with_context(context, buffer, partial=True)

    return write


def _form(env: Environment, node: FormNode) -> Writer:
    run = block_of(env, node.block)

    def write(context: Rendering, buffer: TextIO) -> None:
        context.look_at_clock()
        node.write(context, buffer, run)

    return write


MAKERS: Mapping[type, Callable[[Environment, Any], Writer | None]] = {
    AssignNode: _assign,
    BlockNode: block_of,
    CaptureNode: _capture,
    ContentNode: _text,
    ForNode: _for,
    FormNode: _form,
    IfNode: _if,
    IncludeNode: _include,
    UnlessNode: _if,
    WordsNode: _words,
}
