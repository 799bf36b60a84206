"""The versions of a specification: what each changed, and bringing one back; warning of breaks."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from server.actions.portal.api_docs import API_DOCS, restore_version
from server.actions.portal.api_docs_versions import ACCEPTING, list_versions
from server.actions.work import Work
from server.admin.context import AdminContext
from server.admin.render import render
from server.domain.errors import BreaksCallers
from server.domain.portal.api_docs import ApiDocs
from server.domain.portal.api_docs_versions import ApiDocsVersion
from server.domain.portal.specs.differences import Change, Differences
from server.kit.ids import id_or_none

ACCEPTED = "accept_breaking"
MOST_SHOWN = 100  # changes of one version


@dataclass(frozen=True, slots=True)
class Shown:
    """One version with what it changed."""

    version: ApiDocsVersion
    is_current: bool

    @property
    def differences(self) -> Differences:
        return Differences.read(self.version.changes)

    @property
    def changes(self) -> Sequence[Change]:
        return self.differences.changes[:MOST_SHOWN]

    @property
    def is_kept(self) -> bool:
        """Return whether its document can be brought back."""
        return self.version.size > 0 and not self.is_current


@dataclass(frozen=True, slots=True)
class VersionsPage:
    api_docs: ApiDocs
    versions: Sequence[Shown]
    is_asked: bool  # whether callers may break: a version that comes back does that


def index(ctx: AdminContext) -> Response:
    """List the versions, the newest first."""
    api_docs = API_DOCS.get(ctx, ctx.path_id("api_docs_id"))
    rows = list_versions(ctx, api_docs)
    shown = [Shown(row, at == 0) for at, row in enumerate(rows)]
    is_asked = isinstance(ctx.error, BreaksCallers)
    return render(ctx, "api_docs/versions.html.j2", VersionsPage(api_docs, shown, is_asked))


def restore(ctx: AdminContext) -> Response:
    """Make the document of an earlier version the specification's again."""
    number = id_or_none(str(ctx.request.path_params["number"]))
    api_docs = restore_version(accepting(ctx), ctx.path_id("api_docs_id"), number)
    done = f"{api_docs.name} is as in version {number} again."
    return ctx.go(f"/api_docs/{api_docs.id}", done)


def accepting(ctx: AdminContext) -> Work:
    """Act as a request does, and go ahead where callers break if its form says so."""
    accepted = ACCEPTING if ctx.flag(ACCEPTED) else frozenset[str]()
    return Work(ctx.db, ctx.actor, ctx.installation, accepted=accepted)
