"""Files of the portal: uploaded one by one or by dropping them on the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from starlette.responses import JSONResponse, Response

from server.actions.portal.files import CONTENT, FILES, add_file, change_file, read_file
from server.admin.context import AdminContext
from server.admin.forms import summary_of
from server.admin.page_face import AdminRequest
from server.admin.portal.overview import section_choices
from server.admin.render import render
from server.domain.errors import Blank, DomainError, NotFound
from server.domain.permissions import Permission
from server.domain.portal.content_paths import tidied_path
from server.domain.portal.files import MOST_FILE_BYTES, PortalFile
from server.web.statuses import status_of

MIB = 1_048_576
PICTURES = frozenset(
    f"image/{kind}" for kind in ("avif", "bmp", "gif", "jpeg", "png", "svg+xml", "webp", "x-icon")
)
ALONE = {  # a drawing can hold scripts: here none runs, and none is of our origin
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "Cache-Control": "private, no-cache",
}


@dataclass(frozen=True, slots=True)
class NewFilePage:
    choices: Sequence[tuple[str, str]]
    most_bytes: int = MOST_FILE_BYTES

    @property
    def most(self) -> str:
        """How large a file may be, in words."""
        return f"{self.most_bytes // MIB} MiB"


@dataclass(frozen=True, slots=True)
class FilePage:
    file: PortalFile
    choices: Sequence[tuple[str, str]]
    url: str
    most: str = f"{MOST_FILE_BYTES // MIB} MiB"

    @property
    def is_picture(self) -> bool:
        """Whether browsers show it as a picture."""
        return self.file.media_type in PICTURES


def new(ctx: AdminContext) -> Response:
    ctx.actor.require(Permission.PORTAL_EDIT)
    return render(ctx, "files/new.html.j2", NewFilePage(section_choices(ctx)))


def create(page_request: AdminRequest) -> Response:
    """Store a file; a script that sends one after the other is answered in JSON."""
    wants_json = "application/json" in page_request.request.headers.get("accept", "")
    try:
        with page_request.open() as ctx:
            content = _content(ctx)
            if content is None:
                raise Blank(CONTENT)
            values = ctx.sent(FILES)
            values["path"] = values.get("path", "").strip() or _path_of(ctx.text("file_name"))
            file = add_file(ctx, values, content)
            path = f"/portal/files/{file.id}"
            if wants_json:
                return JSONResponse({"path": file.path, "href": path})
            return ctx.go(path, f"{file.path} is stored.")
    except DomainError as error:
        if wants_json:
            return JSONResponse({"message": summary_of(error)}, status_of(error))
        raise


def show(ctx: AdminContext) -> Response:
    file = FILES.get(ctx, ctx.path_id("file_id"))
    url = f"{ctx.installation.addresses.portal(ctx.provider)}{file.path}"
    return render(ctx, "files/show.html.j2", FilePage(file, section_choices(ctx), url))


def show_picture(ctx: AdminContext) -> Response:
    """Show a picture as it is, whoever may see it in the portal. Raises: NotFound for others."""
    file = FILES.get(ctx, ctx.path_id("file_id"))
    if file.media_type not in PICTURES:
        raise NotFound("This file is no picture.")
    return Response(read_file(ctx, file.id), media_type=file.media_type, headers=ALONE)


def update(page_request: AdminRequest) -> Response:
    with page_request.open() as ctx:
        file = change_file(ctx, ctx.path_id("file_id"), ctx.sent(FILES), _content(ctx))
        return ctx.go(f"/portal/files/{file.id}", f"{file.path} is saved.")


def delete(ctx: AdminContext) -> Response:
    file = FILES.delete(ctx, ctx.path_id("file_id"))
    return ctx.go("/portal", f"{file.path} is deleted.")


def _content(ctx: AdminContext) -> bytes | None:
    """Take the bytes of the chosen file; None when none was chosen."""
    text = ctx.values.get(CONTENT)
    return None if text is None else text.encode("utf-8", "surrogateescape")


def _path_of(name: str) -> str:
    """Choose a path for a file of this name. Raises: Blank."""
    if not name:
        raise Blank("path")
    return tidied_path(PurePosixPath(name).name)
