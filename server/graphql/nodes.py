"""`node` and `nodes`: any object by its global id; what may not be seen is null, like nothing."""

from asyncio import gather
from typing import Any

import strawberry

from server.domain.errors import DomainError
from server.graphql.context import Context, Info
from server.graphql.errors import BAD_INPUT, refused
from server.graphql.fields import Node, described
from server.graphql.ids import parsed
from server.graphql.topics import Topic
from server.kit.paging import MAX_PAGE


async def find_node(ctx: Context, text: str) -> Any:
    """Find an object within the caller's reach; None when there is none."""
    pair = parsed(text)
    if pair is None or pair[0] not in ctx.kinds:
        return None
    model, kind = ctx.kinds[pair[0]]
    try:
        row = await ctx.loaders.by_id(model, lambda: ctx.rows(model)).load(pair[1])
    except DomainError:
        return None
    return None if row is None else kind.of(row)


@strawberry.type
class NodeQueries:
    @strawberry.field
    async def node(self, info: Info, id: strawberry.ID) -> Node | None:
        found: Node | None = await find_node(info.context, id)
        return found

    @described("The objects of up to 100 ids, in their order.")
    async def nodes(self, info: Info, ids: list[strawberry.ID]) -> list[Node | None]:
        if len(ids) > MAX_PAGE:
            raise refused(f"Ask for at most {MAX_PAGE} ids.", BAD_INPUT)
        return list(await gather(*(find_node(info.context, text) for text in ids)))


TOPIC = Topic(queries=NodeQueries)
