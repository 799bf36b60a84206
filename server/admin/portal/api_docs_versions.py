"""The versions of a specification: what each changed, and bringing one back; warning of breaks."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from starlette.responses import Response

from server.actions.portal.api_docs import API_DOCS, restore_version
from server.actions.portal.api_docs_versions import find_newest, list_versions
from server.admin.context import AdminContext
from server.admin.render import render
from server.domain.errors import BreaksCallers
from server.domain.portal.api_docs import ApiDocs
from server.domain.portal.api_docs_versions import ApiDocsVersion
from server.domain.portal.specs.differences import Change, Differences
from server.kit.ids import id_or_none

ACCEPTED = "accept_breaking"
MOST_NAMED = 5  # changes in a message
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


def index(ctx: AdminContext) -> Response:
    """List the versions, the newest first."""
    api_docs = API_DOCS.get(ctx, ctx.path_id("api_docs_id"))
    rows = list_versions(ctx, api_docs)
    shown = [Shown(row, at == 0) for at, row in enumerate(rows)]
    return render(ctx, "api_docs/versions.html.j2", VersionsPage(api_docs, shown))


def restore(ctx: AdminContext) -> Response:
    """Make the document of an earlier version the specification's again."""
    number = id_or_none(str(ctx.request.path_params["number"]))
    api_docs = restore_version(ctx, ctx.path_id("api_docs_id"), number)
    done = f"{api_docs.name} is as in version {number} again."
    return ctx.go(f"/api_docs/{api_docs.id}", done)


@contextmanager
def breaking_asked(ctx: AdminContext, api_docs: ApiDocs) -> Iterator[None]:
    """Ask before what developers read breaks what they built; what was changed is rolled back.

    Raises: BreaksCallers.
    """
    was_seen, before = api_docs.published, find_newest(ctx, api_docs)
    yield
    after = find_newest(ctx, api_docs)
    is_seen = was_seen and api_docs.published
    if after is None or not is_seen or ctx.flag(ACCEPTED):
        return
    breaking = Differences.read(after.changes).breaking
    if breaking and (before is None or before.id != after.id):
        raise BreaksCallers(told(breaking), field=ACCEPTED)


def told(breaking: Sequence[Change]) -> str:
    """Tell in one sentence what breaks callers."""
    named = "; ".join(
        f"{change.place}: {change.what.rstrip('.')} ({change.why})"
        for change in breaking[:MOST_NAMED]
    )
    more = len(breaking) - MOST_NAMED
    rest = f"; and {more} more" if more > 0 else ""
    return f"has to be ticked: {named}{rest}."
