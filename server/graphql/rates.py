"""`rateLimit`: what a query costs and what the caller has left."""

from datetime import datetime, timedelta

import strawberry

from server.graphql.context import Info
from server.graphql.topics import Topic


@strawberry.type(description="Points of query cost: objects 1, pages by size, mutations 10.")
class RateLimit:
    limit: int = strawberry.field(description="What the caller's bucket holds when full.")
    cost: int = strawberry.field(description="What this query costs.")
    remaining: int
    reset_at: datetime = strawberry.field(description="When the bucket is full again.")


@strawberry.type
class RateQueries:
    @strawberry.field
    def rate_limit(self, info: Info) -> RateLimit:
        ctx = info.context
        bill = ctx.bill
        full_in = timedelta(seconds=(bill.bucket - bill.left) / bill.restored_per_s)
        return RateLimit(
            limit=bill.bucket, cost=bill.requested, remaining=bill.left, reset_at=ctx.now + full_in
        )


TOPIC = Topic(queries=RateQueries)
