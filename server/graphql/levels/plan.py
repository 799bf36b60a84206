"""From a checked document to steps: which columns, resolvers and pages each level wants."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLEnumType,
    GraphQLField,
    GraphQLID,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLString,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionNode,
    is_leaf_type,
)
from graphql.pyutils import Path
from strawberry.types.field import StrawberryField

from server.graphql.columns import BACKREF
from server.graphql.fields import READS, Needs, Node, OfRow, Paged, Related

Write = Callable[[Any], Any]
MOST_STEPS = 2_000  # of one plan; whoever asks more has the library read it
PAGE = frozenset({"nodes", "edges", "pageInfo", "totalCount", "__typename"})
PAGE_INFO = {
    "hasNextPage": "has_next",
    "hasPreviousPage": "has_previous",
    "startCursor": "first_cursor",
    "endCursor": "last_cursor",
}


class Unknown(Exception):
    """Something that the library has to do."""


@dataclass(slots=True)
class Shape:
    """What a value is written as: a leaf, a list of something, or an object."""

    needed: bool
    write: Write | None = None
    item: "Shape | None" = None
    level: "Level | None" = None


@dataclass(slots=True)
class Column:
    """A field that is an attribute of the row, or of the object where there is no row."""

    key: str
    name: str
    write: Write
    needed: bool


@dataclass(slots=True)
class Page:
    """What is asked of a page, in its order; the parts are named as the schema does."""

    keys: list[tuple[str, str]] = field(default_factory=list)
    nodes: dict[str, "Level"] = field(default_factory=dict)
    edges: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    infos: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    type_name: str = ""


@dataclass(slots=True)
class Asked:
    """A field with a resolver: who may ask for it, and what becomes of what it gives."""

    key: str
    made_of: StrawberryField
    definition: GraphQLField
    node: FieldNode
    path: Path
    guards: tuple[Needs, ...]
    shape: Shape | None = None
    page: Page | None = None
    related: Related | None = None
    paged: Paged | None = None


@dataclass(slots=True)
class Level:
    """The objects of one place of a document, all at once."""

    kind: type | None
    type_name: str
    template: dict[str, Any] = field(default_factory=dict)  # the keys in their order
    columns: list[Column] = field(default_factory=list)
    ids: list[tuple[str, bool]] = field(default_factory=list)  # key, and whether it is a global one
    asked: list[Asked] = field(default_factory=list)
    wants_all: bool = False  # a resolver has read a column that it was not known to read

    @property
    def reads(self) -> set[str]:
        """The columns that it is known to read."""
        of_resolvers = {each.made_of.metadata.get(READS, "") for each in self.asked}
        return {column.name for column in self.columns} | of_resolvers

    @property
    def is_of_rows(self) -> bool:
        """Return whether its objects show rows."""
        return self.kind is not None and issubclass(self.kind, OfRow)

    @property
    def is_of_nodes(self) -> bool:
        """Return whether its rows have global ids."""
        return self.is_of_rows and self.kind is not None and issubclass(self.kind, Node)


def make_plan(
    schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode
) -> Level:
    """Plan a query. Raises: Unknown."""
    if operation.operation is not OperationType.QUERY or operation.directives:
        raise Unknown
    fragments = {
        node.name.value: node
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    root = schema.query_type
    if root is None:
        raise Unknown
    return _Planner(schema, fragments).level(root, [operation.selection_set], None)


class _Planner:
    def __init__(self, schema: GraphQLSchema, fragments: dict[str, FragmentDefinitionNode]) -> None:
        self._schema = schema
        self._fragments = fragments
        self._left = MOST_STEPS

    def level(self, kind: GraphQLObjectType, sets: Sequence[Any], path: Path | None) -> Level:
        """Plan the fields of an object."""
        definition = kind.extensions.get(BACKREF)
        level = Level(getattr(definition, "origin", None), kind.name)
        for key, nodes in self._fields(kind, sets).items():
            level.template[key] = None
            self._add(level, kind, key, nodes, path)
        return level

    def _fields(self, kind: GraphQLObjectType, sets: Sequence[Any]) -> dict[str, list[FieldNode]]:
        found: dict[str, list[FieldNode]] = {}
        for each in sets:
            for node in self._flat(kind, each.selections if each else ()):
                found.setdefault((node.alias or node.name).value, []).append(node)
        return found

    def _flat(
        self, kind: GraphQLObjectType, selections: Sequence[SelectionNode]
    ) -> Iterator[FieldNode]:
        for node in selections:
            self._left -= 1
            if node.directives or self._left < 0:
                raise Unknown  # fragments that double grow by themselves
            if isinstance(node, FieldNode):
                yield node
                continue
            fragment: Any = node
            if isinstance(node, FragmentSpreadNode):
                fragment = self._fragments[node.name.value]
            elif not isinstance(node, InlineFragmentNode):
                raise Unknown
            if self._concerns(kind, fragment):
                yield from self._flat(kind, fragment.selection_set.selections)

    def _concerns(self, kind: GraphQLObjectType, fragment: Any) -> bool:
        if fragment.directives:
            raise Unknown
        condition = fragment.type_condition
        if condition is None or condition.name.value == kind.name:
            return True
        other = self._schema.type_map[condition.name.value]
        if isinstance(other, GraphQLInterfaceType):
            return other in kind.interfaces
        return False

    def _add(
        self,
        level: Level,
        kind: GraphQLObjectType,
        key: str,
        nodes: list[FieldNode],
        path: Path | None,
    ) -> None:
        name = nodes[0].name.value
        if name == "__typename":
            level.template[key] = kind.name
            return
        definition = kind.fields.get(name)
        made_of = definition.extensions.get(BACKREF) if definition is not None else None
        if definition is None or not isinstance(made_of, StrawberryField):
            raise Unknown
        if made_of.is_basic_field:
            self._add_basic(level, key, definition, made_of)
            return
        level.asked.append(self._asked(definition, made_of, nodes, Path(path, key, kind.name)))

    def _add_basic(
        self, level: Level, key: str, definition: GraphQLField, made_of: StrawberryField
    ) -> None:
        shape = self._shape(definition.type, [], None)
        if shape.write is None:
            raise Unknown  # an object in an attribute
        name, kind = made_of.python_name, level.kind
        if level.is_of_nodes and name in {"id", "legacy_id"}:
            level.ids.append((key, name == "id"))
            return
        if level.is_of_rows and hasattr(kind, name):
            raise Unknown  # the class has a word in it
        level.columns.append(Column(key, name, shape.write, shape.needed))

    def _asked(
        self,
        definition: GraphQLField,
        made_of: StrawberryField,
        nodes: list[FieldNode],
        path: Path,
    ) -> Asked:
        guards, paged, related = [], None, None
        for extension in made_of.extensions:
            if isinstance(extension, Needs):
                guards.append(extension)
            elif isinstance(extension, Paged):
                paged = extension
            elif isinstance(extension, Related):
                related = extension
            else:
                raise Unknown
        if made_of.base_resolver is None:
            raise Unknown
        node = nodes[0]
        asked = Asked(str(path.key), made_of, definition, node, path, tuple(guards))
        asked.related, asked.paged = related, paged
        sets = [each.selection_set for each in nodes]
        if paged is not None:
            asked.page = self._page(definition, sets, path)
        else:
            asked.shape = self._shape(definition.type, sets, path)
        return asked

    def _shape(self, kind: Any, sets: Sequence[Any], path: Path | None) -> Shape:
        if isinstance(kind, GraphQLNonNull):
            shape = self._shape(kind.of_type, sets, path)
            shape.needed = True
            return shape
        if isinstance(kind, GraphQLList):
            return Shape(needed=False, item=self._shape(kind.of_type, sets, path))
        if is_leaf_type(kind):
            return Shape(needed=False, write=_writer(kind))
        if isinstance(kind, GraphQLObjectType) and sets:
            return Shape(needed=False, level=self.level(kind, sets, path))
        raise Unknown  # an abstract type

    def _page(self, definition: GraphQLField, sets: Sequence[Any], path: Path) -> Page:
        kind: Any = _named(definition.type)
        if not isinstance(kind, GraphQLObjectType) or not set(kind.fields) <= PAGE:
            raise Unknown
        page = Page(type_name=kind.name)
        for key, nodes in self._fields(kind, sets).items():
            name, below = nodes[0].name.value, [each.selection_set for each in nodes]
            page.keys.append((key, name))
            if name == "nodes":
                page.nodes[key] = self._node_level(kind, "nodes", below, Path(path, key, kind.name))
            elif name == "edges":
                self._add_edges(page, kind, key, below, path)
            elif name == "pageInfo":
                info: Any = _named(kind.fields["pageInfo"].type)
                asked = self._fields(info, below).items()
                page.infos[key] = [(each, found[0].name.value) for each, found in asked]
        return page

    def _add_edges(
        self, page: Page, kind: GraphQLObjectType, key: str, below: Sequence[Any], path: Path
    ) -> None:
        edge: Any = _named(kind.fields["edges"].type)
        page.edges[key] = []
        for each, found in self._fields(edge, below).items():
            page.edges[key].append((each, found[0].name.value))
            if found[0].name.value == "node":
                sets = [node.selection_set for node in found]
                at = Path(Path(path, key, kind.name), each, edge.name)
                page.nodes[f"{key}.{each}"] = self._node_level(edge, "node", sets, at)

    def _node_level(
        self, parent: GraphQLObjectType, name: str, sets: Sequence[Any], path: Path
    ) -> Level:
        kind: Any = _named(parent.fields[name].type)
        if not isinstance(kind, GraphQLObjectType):
            raise Unknown
        level = self.level(kind, sets, path)
        if not level.is_of_rows:
            raise Unknown
        return level


def _named(kind: Any) -> Any:
    while isinstance(kind, GraphQLNonNull | GraphQLList):
        kind = kind.of_type
    return kind


def _writer(kind: Any) -> Write:
    """Make what writes a leaf's value; texts as they are, words of enumerations by heart."""
    write: Write = kind.coerce_output_value
    if kind in (GraphQLString, GraphQLID):
        return lambda value: value if type(value) is str else write(value)
    if isinstance(kind, GraphQLEnumType):
        known: dict[Any, Any] = {}

        def word(value: Any) -> Any:
            found = known.get(value)
            if found is None:
                found = known[value] = write(value)
            return found

        return word
    return write
