"""What an application calls with, and where it stands against its limits; both schemas tell it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import strawberry
from sqlmodel import col

from server.actions.keys import keys_by_application, user_key_of
from server.actions.usage import Standing, standings_of
from server.domain.applications import Application, ApplicationKey
from server.domain.permissions import Permission
from server.graphql.context import Info
from server.graphql.enums import LimitPeriod
from server.graphql.fields import OfRow, needing, told
from server.graphql.ids import global_id
from server.graphql.scalars import BigInt


@strawberry.type(name="LimitStanding", description="A limit and what is used of it now.")
class StandingType(OfRow[Standing]):
    used: BigInt
    left: BigInt
    used_pct: float
    resets_at: datetime | None

    @strawberry.field
    def period(self) -> LimitPeriod:
        return LimitPeriod(self.row.limit.period)

    @strawberry.field
    def limit(self) -> BigInt:
        return BigInt(self.row.limit.value)

    @told("The metric's system name.")
    def metric(self) -> str:
        return self.row.metric.system_name


@strawberry.type(name="ApplicationKey", description="One app_key of an application.")
class ApplicationKeyType:
    row: strawberry.Private[ApplicationKey]

    @strawberry.field
    def id(self) -> strawberry.ID:
        return strawberry.ID(global_id("ApplicationKey", self.row.id))

    @strawberry.field
    def value(self, info: Info) -> str:
        return info.context.installation.vault.unseal(self.row.sealed)

    @strawberry.field
    def created_at(self) -> datetime:
        return self.row.created_at


@strawberry.type
class Credentials:
    """The fields of an application that both sides see."""

    row: strawberry.Private[Application]

    @strawberry.field
    def user_key(self, info: Info) -> str:
        return user_key_of(info.context.installation.vault, self.row)

    @strawberry.field
    async def keys(self, info: Info) -> list[ApplicationKeyType]:
        ctx = info.context

        def read(ids: Sequence[int]) -> dict[int, list[ApplicationKey]]:
            return keys_by_application(ctx.db, ids)

        rows = await ctx.loaders.batch("keys of an application", read, ()).load(self.row.id)
        return [ApplicationKeyType(row=row) for row in rows]

    @needing(Permission.USAGE_READ, "Where it stands against each limit of its plan.")
    async def standing(self, info: Info) -> list[StandingType]:
        ctx = info.context

        def read(ids: Sequence[int]) -> dict[int, Any]:
            query = ctx.rows(Application).where(col(Application.id).in_(ids))
            return standings_of(ctx.db, ctx.db.execute(query).scalars().all(), ctx.now)

        rows = await ctx.loaders.batch("standing", read, ()).load(self.row.id)
        return [StandingType.of(row) for row in rows]
