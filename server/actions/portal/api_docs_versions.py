"""The versions of a specification: noted with each change, listed, compared, brought back."""

from collections.abc import Sequence

from sqlalchemy import inspect
from sqlalchemy.orm import defer
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.work import Work
from server.domain.errors import BreaksCallers, NotFound
from server.domain.portal.api_docs import ApiDocs
from server.domain.portal.api_docs_versions import MOST_KEPT, MOST_VERSIONS, ApiDocsVersion
from server.domain.portal.specs.differences import Change, Differences, differences_of
from server.domain.portal.specs.operations import Outline, outline_of, readable
from server.kit.paging import Listing

ACCEPTING = frozenset({BreaksCallers.code})  # of a `Work`: callers may break
MOST_NAMED = 5  # changes in a refusal
VERSIONS = Listing(
    "api_docs_versions", ApiDocsVersion, newest_first=True, left_out=(col(ApiDocsVersion.body),)
)


def versions_query(api_docs: ApiDocs) -> SelectOfScalar[ApiDocsVersion]:
    """Select the versions of a specification that the caller may see."""
    return select(ApiDocsVersion).where(ApiDocsVersion.api_docs_id == api_docs.id)


def list_versions(
    work: Work, api_docs: ApiDocs, *, only_public: bool = False
) -> Sequence[ApiDocsVersion]:
    """List the versions without their documents, the newest first. Cost: one query."""
    query = versions_query(api_docs).options(*map(defer, VERSIONS.left_out))
    if only_public:
        query = query.where(col(ApiDocsVersion.is_public))
    return work.db.exec(query.order_by(col(ApiDocsVersion.number).desc())).all()


def get_version(work: Work, api_docs: ApiDocs, number: int | None) -> ApiDocsVersion:
    """Find a version by its number. Raises: NotFound."""
    query = versions_query(api_docs).where(ApiDocsVersion.number == (number or 0))
    found = work.db.exec(query).first()
    if found is None:
        raise NotFound("There is no version of this number.", field="number")
    return found


def find_newest(work: Work, api_docs: ApiDocs) -> ApiDocsVersion | None:
    """Find the version that the document is."""
    return work.db.exec(_newest(api_docs)).first()


def body_of(work: Work, api_docs: ApiDocs, version: ApiDocsVersion) -> str:
    """Read the document of a version. Raises: NotFound when it is not kept any more."""
    newest = find_newest(work, api_docs)
    body = api_docs.body if newest is not None and newest.id == version.id else version.body
    if not body:
        raise NotFound("The document of this version is not kept any more.", field="number")
    return body


def compared_with_seen(work: Work, api_docs: ApiDocs) -> Differences | None:
    """Tell what publishing a hidden specification changes for who saw it; None when nobody did."""
    last = None if api_docs.published else _seen_last(work, api_docs)
    if last is None or not last.body:
        return None
    return differences_of(readable(last.body), readable(api_docs.body))


def note_first(work: Work, api_docs: ApiDocs) -> None:
    """Begin the versions of a new specification."""
    work.db.add(_version(work, api_docs, 1, Differences()))


def note_change(work: Work, api_docs: ApiDocs) -> None:
    """Note a new document of a specification that is held, and what developers see anew.

    What they are told of is compared with what they saw last.
    Raises: BreaksCallers. Cost: see `differences_of`.
    """
    state = inspect(api_docs)
    was = state.attrs.body.history.deleted
    if was:
        found = differences_of(readable(was[0]), readable(api_docs.body))
        is_seen = api_docs.published and not state.attrs.published.history.added
        if is_seen and found.breaking and BreaksCallers.code not in work.accepted:
            raise BreaksCallers(told(found.breaking))
        newest = find_newest(work, api_docs)
        number = newest.number if newest is not None else 0
        if newest is not None:
            newest.body, newest.size = was[0], len(was[0])
        version = _version(work, api_docs, number + 1, found, is_public=False)
        if api_docs.published:
            last = newest if newest is not None and newest.is_public else _seen_last(work, api_docs)
            _make_public(work, api_docs, version, last)
        work.db.add(version)
        _trim(work, api_docs, number + 1)
    elif api_docs.published and state.attrs.published.history.deleted:
        newest = find_newest(work, api_docs)
        if newest is not None and not newest.is_public:
            _make_public(work, api_docs, newest, _seen_last(work, api_docs))


def told(breaking: Sequence[Change]) -> str:
    """Tell in one sentence what breaks callers."""
    named = "; ".join(
        f"{change.place}: {change.what.rstrip('.')} ({change.why})"
        for change in breaking[:MOST_NAMED]
    )
    more = len(breaking) - MOST_NAMED
    return f"{named}; and {more} more" if more > 0 else named


def sum_up(api_docs: ApiDocs) -> None:
    """Keep beside a new document what lists and pages tell of it."""
    if inspect(api_docs).attrs.body.history.added:
        api_docs.outline = _outline_of(api_docs.body).written()


def get_outline(api_docs: ApiDocs) -> Outline:
    """Read what is in a specification; of one older than outlines it is made of the document."""
    if api_docs.outline:
        return Outline.read(api_docs.outline)
    return _outline_of(api_docs.body)


def _outline_of(body: str) -> Outline:
    return outline_of(readable(body), len(body))


def _version(
    work: Work, api_docs: ApiDocs, number: int, found: Differences, is_public: bool | None = None
) -> ApiDocsVersion:
    return ApiDocsVersion(
        provider_id=api_docs.provider_id,
        api_docs_id=api_docs.id,
        number=number,
        size=len(api_docs.body),
        title=get_outline(api_docs).version,
        changes=found.written() if number > 1 else "",
        breaking=len(found.breaking),
        is_public=api_docs.published if is_public is None else is_public,
        author=work.actor.name,
        created_at=work.now,
    )


def _make_public(
    work: Work, api_docs: ApiDocs, version: ApiDocsVersion, last: ApiDocsVersion | None
) -> None:
    """Tell developers of a version: what differs from what they saw last."""
    version.is_public, version.created_at = True, work.now
    if last is None:  # they saw none: for them it is the first
        version.changes, version.breaking = "", 0
    elif last.body:
        found = differences_of(readable(last.body), readable(api_docs.body))
        version.changes, version.breaking = found.written(), len(found.breaking)


def _newest(api_docs: ApiDocs) -> SelectOfScalar[ApiDocsVersion]:
    return versions_query(api_docs).order_by(col(ApiDocsVersion.number).desc()).limit(1)


def _seen_last(work: Work, api_docs: ApiDocs) -> ApiDocsVersion | None:
    """Find the newest version that developers saw."""
    query = versions_query(api_docs).where(col(ApiDocsVersion.is_public))
    return work.db.exec(query.order_by(col(ApiDocsVersion.number).desc()).limit(1)).first()


def _trim(work: Work, api_docs: ApiDocs, newest: int) -> None:
    """Let go of the oldest versions, and of the oldest documents, beyond the bounds."""
    query = versions_query(api_docs).options(*map(defer, VERSIONS.left_out))
    kept = 0
    for version in work.db.exec(query.order_by(col(ApiDocsVersion.number).desc())).all():
        if version.number <= newest - MOST_VERSIONS:
            work.db.delete(version)
            continue
        if version.number == newest:
            continue
        kept += version.size
        if kept > MOST_KEPT:
            version.body, version.size = "", 0
