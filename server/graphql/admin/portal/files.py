"""Files of the portal, their bytes in base64."""

from datetime import datetime
from typing import Any

import strawberry

from server.actions.portal.files import FILES, add_file, change_file
from server.domain.permissions import Permission
from server.domain.portal.files import PortalFile
from server.domain.portal.sections import Section
from server.graphql.admin.references import connection, related
from server.graphql.context import Info
from server.graphql.fields import Node, OfRow, described
from server.graphql.ids import parse_id
from server.graphql.large import parse_base64
from server.graphql.mutations import Payload, changes_of, mutation
from server.graphql.paging import Rows
from server.graphql.resources import create_input, given, mutations_of, update_input
from server.graphql.topics import Shown, Topic

FIELD = "content_base64"
BYTES = "The bytes, in base64: a variable, which may be as large as a file may be."


@strawberry.type(name="PortalFile", description="An image, style sheet or document.")
class PortalFileType(OfRow[PortalFile], Node):
    path: str
    downloadable: bool
    content_type: str
    size_bytes: int
    digest: str
    created_at: datetime
    updated_at: datetime

    @described("Where the developer portal serves it.")
    def url(self, info: Info) -> str:
        ctx = info.context
        return f"{ctx.installation.addresses.portal(ctx.provider)}{self.row.path}"

    @related(Section)
    def section(self) -> int | None:
        return self.row.section_id


@strawberry.type
class PortalFileQueries:
    @connection(PortalFile, Permission.PORTAL_READ, "All files.")
    def portal_files(self, info: Info) -> Rows:
        return Rows(FILES.listing, info.context.rows(PortalFile))


@strawberry.type
class PortalFilePayload(Payload):
    portal_file: PortalFileType | None = None


@strawberry.input
class PortalFileCreateInput(create_input(FILES, "PortalFileBase")):  # type: ignore[misc]  # made
    content_base64: str = strawberry.field(default="", description=BYTES)


@strawberry.input
class PortalFileUpdateInput(update_input(FILES, "PortalFileBase")):  # type: ignore[misc]  # made
    content_base64: str | None = strawberry.field(default=None, description=BYTES)


@strawberry.type
class PortalFileMutations(
    mutations_of(FILES, PortalFileType, "PortalFile", PortalFilePayload)  # type: ignore[misc]  # made
):
    @mutation(PortalFilePayload, Permission.PORTAL_EDIT)
    def portal_file_create(self, info: Info, input: PortalFileCreateInput) -> PortalFilePayload:
        """Make a file."""
        values: dict[str, Any] = given(FILES, vars(input))
        with info.context.write() as work:
            row = add_file(work, values, parse_base64(input.content_base64, FIELD))
        return PortalFilePayload(portal_file=PortalFileType.of(row))

    @mutation(PortalFilePayload, Permission.PORTAL_EDIT)
    def portal_file_update(self, info: Info, input: PortalFileUpdateInput) -> PortalFilePayload:
        """Change a file: what is left out stays."""
        text = input.content_base64
        content = None if text is None else parse_base64(text, FIELD)
        values = given(FILES, changes_of(input))
        with info.context.write() as work:
            number = parse_id(input.id, "PortalFile")
            info.context.check_version(work, PortalFile, number, input.expected_version)
            row = change_file(work, number, values, content)
        return PortalFilePayload(portal_file=PortalFileType.of(row))


TOPIC = Topic(
    shows=(Shown(PortalFile, PortalFileType, FILES.query),),
    queries=PortalFileQueries,
    mutations=PortalFileMutations,
)
