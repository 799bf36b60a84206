"""The REST API's own document, rendered: swagger-ui from our own files, in the portal's colours."""

from dataclasses import dataclass

from starlette.responses import Response
from starlette.routing import Mount

from cms.content import console
from server.admin.context import HOME, AdminContext
from server.admin.render import render
from server.kit.fingerprints import fingerprint
from server.kit.themes import DEFAULT_THEME, THEMES
from server.web.headers import Files

DOCUMENT = "/admin/api/openapi.json"
AT = f"{HOME}/static/swagger-ui"  # scripts of these pages are below static/ alone
COLOURS_AT = f"{HOME}/static/theme-css"
COLOURS = "api_docs.css"
SHEETS = THEMES / DEFAULT_THEME / "assets" / "css"


@dataclass(frozen=True, slots=True)
class ReferencePage:
    """Where the document and what renders it are; without a script, nothing is built."""

    document: str
    script: str
    styles: str
    colours: str


def show(ctx: AdminContext) -> Response:
    """Show what the REST API can do."""
    version = console.version()
    script = f"{AT}/{console.SCRIPT}?v={version}" if console.is_built() else ""
    styles = f"{AT}/{console.STYLES}?v={version}"
    colours = f"{COLOURS_AT}/{COLOURS}?v={_colours_version()}"
    page = ReferencePage(DOCUMENT, script, styles, colours)
    return render(ctx, "api_reference/show.html.j2", page)


def files() -> list[Mount]:
    """Serve what renders the document."""
    return [
        Mount(AT, Files(console.STATIC, console.version, must_exist=False)),
        Mount(COLOURS_AT, Files(SHEETS, _colours_version)),
    ]


def _colours_version() -> str:
    return fingerprint(SHEETS)
