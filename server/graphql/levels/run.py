"""Takes the steps of a plan: each for all objects of its level, so that most is a loop."""

from asyncio import gather
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from inspect import isawaitable
from typing import Any

from graphql.execution.values import VariableValues, get_argument_values
from graphql.pyutils import Path
from sqlalchemy import JSON, LargeBinary, Numeric, func
from strawberry.types import Info as StrawberryInfo
from strawberry.types.arguments import convert_arguments

from server.graphql.context import Context
from server.graphql.fields import WINDOW, check
from server.graphql.ids import global_id
from server.graphql.levels.plan import PAGE_INFO, Asked, Level, Page, Shape, Unknown
from server.graphql.loaders import EMPTY
from server.graphql.paging import Rows, count_of, parse_window
from server.kit.db import AmountColumn, UTCDateTime
from server.kit.paging import Slice, Window, list_page, pages_by_parent

DEAR = (JSON, LargeBinary, Numeric, AmountColumn, UTCDateTime)  # what costs time to be read


@dataclass(slots=True)
class RawInfo:
    """What resolvers may know here of where they are; who asks for more is the library's."""

    context: Context
    path: Path


class Run:
    """One query on its way. Raises whatever resolvers do, and Unknown."""

    def __init__(self, schema: Any, ctx: Context, variables: VariableValues) -> None:
        self._schema = schema
        self._ctx = ctx
        self._variables = variables

    async def objects(self, level: Level, sources: Sequence[Any]) -> list[dict[str, Any]]:
        """Write the objects of a level; sources are their rows, where they show some."""
        made = [level.template.copy() for _ in sources]
        self._write_columns(level, sources, made)
        if level.asked and sources:
            shown = sources
            if level.is_of_rows:
                kind: Any = level.kind
                shown = [kind.of(row) for row in sources]
            for asked in level.asked:
                values = await self._values(asked, shown)
                for each, value in zip(made, values, strict=True):
                    each[asked.key] = value
        return made

    def _write_columns(
        self, level: Level, sources: Sequence[Any], made: Sequence[dict[str, Any]]
    ) -> None:
        for column in level.columns:
            key, name, write = column.key, column.name, column.write
            for each, source in zip(made, sources, strict=True):
                value = getattr(source, name)
                if value is not None:
                    each[key] = write(value)
                elif column.needed:
                    raise Unknown
        for key, is_global in level.ids:
            type_name = level.type_name
            for each, source in zip(made, sources, strict=True):
                each[key] = global_id(type_name, source.id) if is_global else source.id

    async def _values(self, asked: Asked, shown: Sequence[Any]) -> Sequence[Any]:
        """Ask a field of all objects."""
        for guard in asked.guards:
            check(self._ctx, guard.permission)
        arguments = self._arguments(asked)
        window = None
        if asked.paged is not None:
            window = parse_window(*(arguments.pop(name, None) for name, _, _ in WINDOW))
        found = self._resolve(asked, shown, arguments)
        if window is not None and asked.page is not None and asked.paged is not None:
            return await self._pages(asked.page, _lean(asked.page, found), window)
        if found and isawaitable(found[0]):
            found = list(await gather(*found))
        shape = asked.shape
        if shape is None:
            raise Unknown
        if asked.related is not None:
            found = self._related(asked.related, found)
        return await self._written(shape, found, are_rows=asked.related is not None)

    def _arguments(self, asked: Asked) -> dict[str, Any]:
        if not asked.made_of.arguments:
            return {}
        given = get_argument_values(asked.definition, asked.node, self._variables)
        schema = self._schema
        return convert_arguments(
            given,
            asked.made_of.arguments,
            config=schema.config,
            scalar_registry=schema.schema_converter.scalar_registry,
        )

    def _resolve(self, asked: Asked, shown: Sequence[Any], arguments: dict[str, Any]) -> list[Any]:
        resolver: Any = asked.made_of.base_resolver
        if resolver.parent_parameter or resolver.root_parameter:
            raise Unknown
        if resolver.info_parameter:
            raw: Any = RawInfo(self._ctx, asked.path)
            info = StrawberryInfo(_raw_info=raw, _field=asked.made_of)
            arguments = {**arguments, resolver.info_parameter.name: info}
        ask: Callable[..., Any] = resolver.wrapped_func
        if resolver.self_parameter:
            return [ask(each, **arguments) for each in shown]
        return [ask(**arguments) for _ in shown]

    def _related(self, related: Any, numbers: Sequence[int | None]) -> list[Any]:
        """Read the rows that have these numbers, each once."""
        model = related.model
        wanted = {number for number in numbers if number is not None}
        if not wanted:
            return [None] * len(numbers)
        query = self._ctx.rows(model).where(model.id.in_(wanted))
        rows = {row.id: row for row in self._ctx.db.execute(query).scalars()}
        return [rows.get(number) for number in numbers]

    async def _written(
        self, shape: Shape, values: Sequence[Any], *, are_rows: bool = False
    ) -> list[Any]:
        """Write values as their shape wants them. Raises: Unknown for a null that may not be."""
        if shape.needed and any(each is None for each in values):
            raise Unknown
        if shape.write is not None:
            write = shape.write
            return [None if each is None else write(each) for each in values]
        there = [each for each in values if each is not None]
        if shape.item is not None:
            flat = [item for each in there for item in each]
            written = iter(await self._written(shape.item, flat))
            lists = iter([[next(written) for _ in each] for each in there])
            return [None if each is None else next(lists) for each in values]
        if shape.level is None:
            raise Unknown
        if are_rows and not shape.level.is_of_rows:
            raise Unknown
        if shape.level.is_of_rows and not are_rows:
            if any(type(each) is not shape.level.kind for each in there):
                raise Unknown
            there = [each.row for each in there]
        objects = iter(await self.objects(shape.level, there))
        return [None if each is None else next(objects) for each in values]

    async def _pages(
        self, page: Page, lists: Sequence[Rows], window: Window
    ) -> list[dict[str, Any]]:
        """Read the page of each list, those of all parents together, and write what is asked."""
        slices = self._slices(lists, window)
        made: list[dict[str, Any]] = [{} for _ in slices]
        for key, name in page.keys:
            parts = await self._parts(page, key, name, lists, slices)
            for each, part in zip(made, parts, strict=True):
                each[key] = part
        return made

    async def _parts(
        self, page: Page, key: str, name: str, lists: Sequence[Rows], slices: Sequence[Slice[Any]]
    ) -> Sequence[Any]:
        match name:
            case "__typename":
                return [page.type_name] * len(slices)
            case "totalCount":
                return self._counts(lists)
            case "pageInfo":
                return [_page_info(page.infos[key], each) for each in slices]
            case "nodes":
                return await self._nodes(page.nodes[key], slices)
        edges = page.edges[key]
        nodes = {
            part: await self._nodes(page.nodes[f"{key}.{part}"], slices)
            for part, of in edges
            if of == "node"
        }
        return [
            [
                {
                    part: nodes[part][number][place]
                    if of == "node"
                    else each.cursor_of(row)
                    if of == "cursor"
                    else _refuse()
                    for part, of in edges
                }
                for place, row in enumerate(each.rows)
            ]
            for number, each in enumerate(slices)
        ]

    async def _nodes(self, level: Level, slices: Sequence[Slice[Any]]) -> list[list[Any]]:
        flat = [row for each in slices for row in each.rows]
        written = iter(await self.objects(level, flat))
        return [[next(written) for _ in each.rows] for each in slices]

    def _slices(self, lists: Sequence[Rows], window: Window) -> Sequence[Slice[Any]]:
        db, cursors = self._ctx.db, self._ctx.installation.cursors
        if not lists:
            return []
        first = lists[0]
        if first.parent is None:
            return [list_page(db, each.listing, each.query, window, cursors) for each in lists]
        column, ids = _parents(lists)
        query = first.query.where(column.in_(ids))
        found = pages_by_parent(db, first.listing, query, column, window, cursors)
        return [found.get(each, EMPTY) for each in ids]

    def _counts(self, lists: Sequence[Rows]) -> list[int]:
        db = self._ctx.db
        if not lists:
            return []
        first = lists[0]
        if first.parent is None:
            return [count_of(db, each) for each in lists]
        column, ids = _parents(lists)
        counted = first.query.with_only_columns(column, func.count()).where(column.in_(ids))
        found: Mapping[int, int] = {row[0]: row[1] for row in db.execute(counted.group_by(column))}
        return [found.get(each, 0) for each in ids]


def _lean(page: Page, lists: Sequence[Rows]) -> Sequence[Rows]:
    """Leave out what is dear to read and not asked for; whoever reads it is the library's."""
    levels = list(page.nodes.values())
    if not lists or any(level.wants_all for level in levels):
        return lists
    listing = lists[0].listing
    wanted = frozenset(name for level in levels for name in level.reads)
    lean = _lean_listing(listing, wanted)
    return [replace(each, listing=lean) for each in lists]


@lru_cache(maxsize=512)
def _lean_listing(listing: Any, wanted: frozenset[str]) -> Any:
    table: Any = listing.model
    dear = [each for each in table.__table__.columns if isinstance(each.type, DEAR)]
    return listing.without([getattr(table, each.key) for each in dear if each.key not in wanted])


def _parents(lists: Sequence[Rows]) -> tuple[Any, list[int]]:
    """Tell the column that names the parent, and the parents."""
    parents = [each.parent for each in lists]
    column = parents[0][0] if parents[0] else None
    return column, [each[1] for each in parents if each is not None]


def _page_info(asked: Sequence[tuple[str, str]], page: Slice[Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, name in asked:
        value = getattr(page, PAGE_INFO[name]) if name in PAGE_INFO else _refuse()
        made[key] = None if value == "" else value
    return made


def _refuse() -> Any:
    raise Unknown
