"""Hard limits on documents, checked before anything runs: depth, aliases, directives, windows."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from graphql import (
    ArgumentNode,
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValidationRule,
    Visitor,
    visit,
)

from server.graphql.errors import BAD_REQUEST, TOO_COMPLEX, refused

MOST_TOKENS = 2_000
MOST_NESTING = 60  # of brackets in the text: the parser must not run out of stack
MOST_DEPTH = 12
MOST_INTROSPECTION_DEPTH = 20  # tools ask for types nested ten `ofType` deep
MOST_INTROSPECTION_LISTS = 3  # a list of fields of types of fields… grows by itself
MOST_ALIASES = 30
MOST_DIGITS = 400  # what a 64-bit float may need; Python reads no whole number of 4 301
MOST_DIRECTIVES = 30
MOST_FRAGMENTS = 60
MOST_SPREADS = 120
MOST_REPEATS = 100  # of one name: validation compares all fields that answer under it
LISTS = frozenset({"fields", "interfaces", "possibleTypes", "inputFields"})


def check_text(query: str) -> None:
    """Refuse a text whose brackets nest too deep to be parsed. Raises: GraphQLError."""
    depth = 0
    for sign in query:
        if sign in "{[":
            depth += 1
            if depth > MOST_NESTING:
                raise refused(f"Nest at most {MOST_NESTING} levels.", TOO_COMPLEX)
        elif sign in "}]":
            depth -= 1


class Depths:
    """Measures how deep selections nest; each fragment is measured once."""

    def __init__(self, document: DocumentNode) -> None:
        self._fragments = {
            node.name.value: node
            for node in document.definitions
            if isinstance(node, FragmentDefinitionNode)
        }
        self._known: dict[str, tuple[int, int]] = {}

    def of(self, selections: SelectionSetNode | None) -> tuple[int, int]:
        """Return the levels below, and how many of them are lists of introspection."""
        deepest = most_lists = 0
        for node in selections.selections if selections else ():
            if isinstance(node, FieldNode):
                levels, lists = self.of(node.selection_set)
                levels, lists = levels + 1, lists + (node.name.value in LISTS)
            elif isinstance(node, FragmentSpreadNode):
                levels, lists = self._of_fragment(node.name.value)
            else:
                levels, lists = self.of(getattr(node, "selection_set", None))
            deepest, most_lists = max(deepest, levels), max(most_lists, lists)
        return deepest, most_lists

    def _of_fragment(self, name: str) -> tuple[int, int]:
        if name not in self._known:
            self._known[name] = (0, 0)  # a cycle ends here; another rule refuses it
            fragment = self._fragments.get(name)
            self._known[name] = self.of(fragment.selection_set if fragment else None)
        return self._known[name]


class _Census(Visitor):
    """Counts what a document holds too easily too much of."""

    def __init__(self) -> None:
        super().__init__()
        self.aliases = self.directives = self.fragments = self.spreads = 0
        self.names: Counter[str] = Counter()

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        self.aliases += node.alias is not None
        self.names[(node.alias or node.name).value] += 1

    def enter_directive(self, _node: DirectiveNode, *_: Any) -> None:
        self.directives += 1

    def enter_fragment_definition(self, _node: FragmentDefinitionNode, *_: Any) -> None:
        self.fragments += 1

    def enter_fragment_spread(self, _node: FragmentSpreadNode, *_: Any) -> None:
        self.spreads += 1

    def enter_int_value(self, node: IntValueNode, *_: Any) -> None:
        """Stop at once: the rules that come next would read the number."""
        if len(node.value) > MOST_DIGITS:
            raise refused(f"Write numbers with at most {MOST_DIGITS} digits.", TOO_COMPLEX)

    def too_many(self) -> Iterator[str]:
        """Say what there is too much of."""
        if self.aliases > MOST_ALIASES:
            yield f"Use at most {MOST_ALIASES} aliases."
        if self.directives > MOST_DIRECTIVES:
            yield f"Use at most {MOST_DIRECTIVES} directives."
        if self.fragments > MOST_FRAGMENTS or self.spreads > MOST_SPREADS:
            yield f"Use at most {MOST_FRAGMENTS} fragments, at {MOST_SPREADS} places."
        if max(self.names.values(), default=0) > MOST_REPEATS:
            yield f"Ask for a field of one name at most {MOST_REPEATS} times."


def list_broken_limits(document: DocumentNode) -> list[GraphQLError]:
    """Say what is too deep or too much in a document, at first sight. Raises: GraphQLError."""
    census = _Census()
    visit(document, census)
    if found := list(census.too_many()):
        return [refused(message, TOO_COMPLEX) for message in found]
    depths = Depths(document)
    return [
        GraphQLError(message, definition, extensions={"code": TOO_COMPLEX})
        for definition in document.definitions
        if isinstance(definition, OperationDefinitionNode)
        for message in _too_deep(depths, definition)
    ]


def _too_deep(depths: Depths, operation: OperationDefinitionNode) -> Iterator[str]:
    for selection in operation.selection_set.selections:
        root = SelectionSetNode(selections=(selection,))
        levels, lists = depths.of(root)
        introspects = isinstance(selection, FieldNode) and selection.name.value.startswith("__")
        most = MOST_INTROSPECTION_DEPTH if introspects else MOST_DEPTH
        if levels > most:
            yield f"Nest at most {most} levels of fields."
        if introspects and lists > MOST_INTROSPECTION_LISTS:
            yield "Introspection does not nest lists of types that deep."


class WindowNeeded(ValidationRule):
    """Refuses a connection without `first` or `last`."""

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        """Look at the arguments that the field knows and has."""
        known = self.context.get_field_def()
        if known is None or not {"first", "after"} <= set(known.args):
            return
        given: set[str] = {argument.name.value for argument in _arguments(node)}
        if not given & {"first", "last"}:
            message = f"Give first or last (1 to 100) on '{node.name.value}'."
            self.report_error(GraphQLError(message, node, extensions={"code": BAD_REQUEST}))


def _arguments(node: FieldNode) -> tuple[ArgumentNode, ...]:
    return tuple(node.arguments or ())
