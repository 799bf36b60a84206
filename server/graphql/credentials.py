"""What an application calls with, and where it stands against its limits; for both schemas."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

import strawberry
from sqlmodel import col

from server.actions.analytics.usage import Standing, list_standings_by_application
from server.actions.applications import keys as actions
from server.actions.applications import referrer_filters as filters
from server.actions.applications.applications import get_application
from server.actions.applications.keys import keys_by_application
from server.actions.applications.referrer_filters import filters_by_application
from server.actions.secrets import reveal
from server.domain.applications.applications import Application, ApplicationKey
from server.domain.applications.referrer_filters import ReferrerFilter
from server.domain.errors import Invalid
from server.domain.permissions import Permission
from server.domain.plans.limits import LimitPeriod
from server.graphql.context import Context, Info
from server.graphql.enums import StandingState
from server.graphql.fields import OfRow, described, needing, secret
from server.graphql.ids import global_id, parse_id
from server.graphql.mutations import Input
from server.graphql.scalars import BigInt


@strawberry.type(name="LimitStanding", description="A limit and what is used of it now.")
class StandingType(OfRow[Standing]):
    used: BigInt
    left: BigInt
    used_pct: float
    resets_at: datetime | None

    @strawberry.field
    def state(self) -> StandingState:
        return StandingState(self.row.state)

    @strawberry.field
    def period(self) -> LimitPeriod:
        return LimitPeriod(self.row.limit.period)

    @strawberry.field
    def limit(self) -> BigInt:
        return BigInt(self.row.limit.value)

    @described("The metric's system name.")
    def metric(self) -> str:
        return self.row.metric.system_name


@strawberry.type(name="ApplicationKey", description="One app_key of an application.")
class ApplicationKeyType:
    row: strawberry.Private[ApplicationKey]

    @strawberry.field
    def id(self) -> strawberry.ID:
        return strawberry.ID(global_id("ApplicationKey", self.row.id))

    @secret(ApplicationKey, "sealed", "The app_key itself.")
    def value(self, info: Info) -> str | None:
        return reveal(info.context.work, self.row, "sealed")

    @strawberry.field
    def created_at(self) -> datetime:
        return self.row.created_at

    @described("It was rotated, and opens nothing from then on; null for one that stays.")
    def ends_at(self) -> datetime | None:
        return self.row.ends_at


@strawberry.type(
    name="ReferrerFilter", description="A referrer from which an application may be used."
)
class ReferrerFilterType(OfRow[ReferrerFilter]):
    value: str
    created_at: datetime

    @strawberry.field
    def id(self) -> strawberry.ID:
        return strawberry.ID(global_id("ReferrerFilter", self.row.id))


@strawberry.type
class Credentials:
    """The fields of an application that both sides see."""

    row: strawberry.Private[Application]

    @secret(Application, "user_key_sealed", "What it calls with, where it needs no id and keys.")
    def user_key(self, info: Info) -> str | None:
        return reveal(info.context.work, self.row, "user_key_sealed")

    @described("Until when the user key before this one holds, too; null when there is none.")
    def old_user_key_ends_at(self) -> datetime | None:
        return self.row.old_key_ends_at

    @strawberry.field
    async def keys(self, info: Info) -> list[ApplicationKeyType]:
        ctx = info.context

        def read(ids: Sequence[int]) -> dict[int, list[ApplicationKey]]:
            return keys_by_application(ctx.db, ids)

        rows = await ctx.loaders.batch("keys of an application", read, ()).load(self.row.id)
        return [ApplicationKeyType(row=row) for row in rows]

    @described("Of calls to an API that asks for it; without any filter all referrers may.")
    async def referrer_filters(self, info: Info) -> list[ReferrerFilterType]:
        ctx = info.context

        def read(ids: Sequence[int]) -> dict[int, list[ReferrerFilter]]:
            return filters_by_application(ctx.db, ids)

        rows = await ctx.loaders.batch("filters of an application", read, ()).load(self.row.id)
        return [ReferrerFilterType.of(row) for row in rows]

    @needing(Permission.USAGE_READ, "Where it stands against each limit of its plan.")
    async def standing(self, info: Info) -> list[StandingType]:
        ctx = info.context

        def read(ids: Sequence[int]) -> dict[int, Any]:
            query = ctx.rows(Application).where(col(Application.id).in_(ids))
            return list_standings_by_application(
                ctx.db, ctx.db.execute(query).scalars().all(), ctx.now
            )

        rows = await ctx.loaders.batch("standing", read, ()).load(self.row.id)
        return [StandingType.of(row) for row in rows]


OVERLAP = "For so long the old key holds on, 0 to 720 hours; without any it is dead at once."


@strawberry.input
class KeyInput(Input):
    application_id: strawberry.ID
    value: str | None = strawberry.field(default=None, description="Random unless given.")
    overlap_hours: int = strawberry.field(default=0, description=OVERLAP)


@strawberry.input
class KeyRotateInput(KeyInput):
    key_id: strawberry.ID


@strawberry.input
class KeyDeleteInput(Input):
    application_id: strawberry.ID
    key_id: strawberry.ID


@strawberry.input
class ReferrerFilterInput(Input):
    application_id: strawberry.ID
    referrer_filter: str = strawberry.field(description="A host, with * for any run of characters.")


@strawberry.input
class ReferrerFilterDeleteInput(Input):
    application_id: strawberry.ID
    filter_id: strawberry.ID


def replace_user_key(ctx: Context, given: KeyInput) -> tuple[Application, str]:
    """Give an application another user_key, and tell it."""
    hours = given.overlap_hours
    with ctx.write() as work:
        number = _application_in(given)
        return actions.replace_user_key(work, number, given.value, overlap_hours=hours)


def rotate_key(ctx: Context, given: KeyRotateInput) -> tuple[Application, ApplicationKeyType]:
    """Put another app_key in the place of one, and show it."""
    number, hours = _application_in(given), given.overlap_hours
    key_id = parse_id(given.key_id, "ApplicationKey", "key_id")
    with ctx.write() as work:
        key, _ = actions.rotate_key(work, number, key_id, given.value, overlap_hours=hours)
        return get_application(work, number), ApplicationKeyType(row=key)


def add_key(ctx: Context, given: KeyInput) -> tuple[Application, ApplicationKeyType]:
    """Add an app_key to an application, and show it."""
    number = _application_in(given)
    if given.overlap_hours:
        raise Invalid("is of a key that is replaced; this one is added.", field="overlap_hours")
    with ctx.write() as work:
        key, _ = actions.add_key(work, number, given.value)
        return get_application(work, number), ApplicationKeyType(row=key)


def delete_key(ctx: Context, given: KeyDeleteInput) -> Application:
    """Take an app_key of an application away."""
    number = _application_in(given)
    key_id = parse_id(given.key_id, "ApplicationKey", "key_id")
    with ctx.write() as work:
        return actions.delete_key(work, number, key_id)


def add_filter(ctx: Context, given: ReferrerFilterInput) -> tuple[Application, ReferrerFilterType]:
    """Let calls of one more referrer through, and show its filter."""
    number = _application_in(given)
    with ctx.write() as work:
        row = filters.add_filter(work, number, given.referrer_filter)
        return get_application(work, number), ReferrerFilterType.of(row)


def delete_filter(ctx: Context, given: ReferrerFilterDeleteInput) -> Application:
    """Take a referrer filter of an application away."""
    number = _application_in(given)
    filter_id = parse_id(given.filter_id, "ReferrerFilter", "filter_id")
    with ctx.write() as work:
        return filters.delete_filter(work, number, filter_id)


class _OfApplication(Protocol):
    application_id: strawberry.ID


def _application_in(given: _OfApplication) -> int:
    return parse_id(given.application_id, "Application", "application_id")
