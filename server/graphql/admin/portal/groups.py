"""Groups of accounts, and the sections that they see."""

from collections.abc import Sequence

import strawberry

from server.actions.portal.groups import (
    GROUPS,
    accounts_of_groups,
    sections_of_groups,
    set_group_account,
    set_group_section,
)
from server.domain.permissions import Permission
from server.domain.portal.groups import Group
from server.graphql.admin.references import connection
from server.graphql.context import Info
from server.graphql.fields import Node, OfRow, described
from server.graphql.ids import global_id, parse_id
from server.graphql.mutations import IdInput, Payload, mutation
from server.graphql.paging import Rows
from server.graphql.resources import mutations_of
from server.graphql.topics import Shown, Topic


@strawberry.type(name="Group", description="Accounts that may see sections which are not public.")
class GroupType(OfRow[Group], Node):
    name: str

    @described("The ids of the sections that its accounts see.")
    async def section_ids(self, info: Info) -> list[strawberry.ID]:
        work = info.context.work

        def load(ids: Sequence[int]) -> dict[int, list[int]]:
            return sections_of_groups(work, ids)

        found = await info.context.loaders.batch("sections of groups", load, []).load(self.row.id)
        return [strawberry.ID(global_id("Section", number)) for number in found]

    @described("The ids of its accounts.")
    async def account_ids(self, info: Info) -> list[strawberry.ID]:
        work = info.context.work

        def load(ids: Sequence[int]) -> dict[int, list[int]]:
            return accounts_of_groups(work, ids)

        found = await info.context.loaders.batch("accounts of groups", load, []).load(self.row.id)
        return [strawberry.ID(global_id("Account", number)) for number in found]


@strawberry.type
class GroupQueries:
    @connection(Group, Permission.PORTAL_READ, "All groups.")
    def groups(self, info: Info) -> Rows:
        return Rows(GROUPS.listing, info.context.rows(Group))


@strawberry.type
class GroupPayload(Payload):
    group: GroupType | None = None


@strawberry.input
class GroupSectionInput(IdInput):
    section_id: strawberry.ID
    included: bool = True


@strawberry.input
class GroupAccountInput(IdInput):
    account_id: strawberry.ID
    included: bool = True


@strawberry.type
class GroupMutations(
    mutations_of(GROUPS, GroupType, "Group", GroupPayload)  # type: ignore[misc]  # made
):
    @mutation(GroupPayload, Permission.PORTAL_EDIT)
    def group_set_section(self, info: Info, input: GroupSectionInput) -> GroupPayload:
        """Let the accounts of a group see a section, or not any more."""
        group_id = parse_id(input.id, "Group")
        section_id = parse_id(input.section_id, "Section", "section_id")
        with info.context.write() as work:
            row = set_group_section(work, group_id, section_id, included=input.included)
        return GroupPayload(group=GroupType.of(row))

    @mutation(GroupPayload, Permission.PORTAL_EDIT)
    def group_set_account(self, info: Info, input: GroupAccountInput) -> GroupPayload:
        """Put an account into a group, or take it out."""
        group_id = parse_id(input.id, "Group")
        account_id = parse_id(input.account_id, "Account", "account_id")
        with info.context.write() as work:
            row = set_group_account(work, group_id, account_id, included=input.included)
        return GroupPayload(group=GroupType.of(row))


TOPIC = Topic(
    shows=(Shown(Group, GroupType, GROUPS.query),), queries=GroupQueries, mutations=GroupMutations
)
