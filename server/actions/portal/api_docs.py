"""ActiveDocs: the specifications that developers read; publishing and hiding one is an update."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from sqlalchemy import inspect
from sqlmodel import col

from server.actions.plans.catalogue import offered_api_docs
from server.actions.portal.api_docs_versions import (
    body_of,
    get_version,
    note_change,
    note_first,
    sum_up,
)
from server.actions.resources import Lifecycle, Resource
from server.actions.services.lookup import get_service
from server.actions.work import Work
from server.domain.errors import DomainError, Invalid, NotFound
from server.domain.events import EventKind
from server.domain.fields import is_comparable
from server.domain.permissions import Permission
from server.domain.portal.api_docs import (
    ADDRESS,
    ApiDocs,
    ApiDocsDraft,
    clean_body,
    clean_source_url,
    refuse_unknown_version,
)
from server.domain.portal.api_docs_versions import ApiDocsVersion
from server.domain.portal.specs.bundling import bundled, refuse_foreign
from server.kit.paging import Listing

Stored = TypeVar("Stored")
DEPENDS = ("body", "skip_swagger_validations")


def _prepare(work: Work, api_docs: ApiDocs) -> None:
    """Refuse an unknown version unless that is skipped, and a service that is gone; note the rest.

    Raises: NotFound, Invalid.
    """
    is_changed = any(getattr(inspect(api_docs).attrs, name).history.added for name in DEPENDS)
    if is_changed and not api_docs.skip_swagger_validations:
        refuse_unknown_version(api_docs.body)
        refuse_foreign(api_docs.body)
    if api_docs.service_id is not None:
        try:
            get_service(work, api_docs.service_id)
        except NotFound as error:
            raise NotFound(error.message, field="service_id") from error
    sum_up(api_docs)
    if api_docs.id is not None:
        note_change(work, api_docs)


API_DOCS = Resource(
    name="api_docs",
    noun="specification",
    model=ApiDocs,
    draft=ApiDocsDraft,
    read=Permission.SERVICES_READ,
    edit=Permission.SERVICES_EDIT,
    events=Lifecycle(
        created=EventKind.API_DOCS_CREATED,
        updated=EventKind.API_DOCS_UPDATED,
        deleted=EventKind.API_DOCS_DELETED,
    ),
    listing=Listing("api_docs", ApiDocs, left_out=(col(ApiDocs.body), col(ApiDocs.outline))),
    prepare=_prepare,
    made=note_first,
    goes_with=(col(ApiDocsVersion.api_docs_id),),
)


def store_fetched(
    values: Mapping[str, Any],
    fetch: Callable[[str], str],
    store: Callable[[Mapping[str, Any]], Stored],
) -> Stored:
    """Store what was given, with the document of its address if that is given instead of one.

    What such a document refers to is fetched as well.

    All of it is fetched before `store` opens its transaction.
    Raises: Invalid for both of them, and what fetching and storing raise.
    """
    url = clean_source_url(values.get(ADDRESS))
    if not url:
        return store(values)
    if values.get("body"):
        raise Invalid("can't be given together with a document. Give one of them.", field=ADDRESS)
    text = fetch(url)
    try:
        body = bundled(text, url, clean_body, fetch)
        return store({**values, ADDRESS: url, "body": body})
    except DomainError as error:
        for each in (error, *error.others):
            if each.field == "body":
                each.field = ADDRESS
                each.message = f"leads to a document, which {each.message}"
        raise


def restore_version(work: Work, api_docs_id: int, number: int | None) -> ApiDocs:
    """Make the document of an earlier version the specification's again, as a new version.

    Raises: Forbidden, NotFound, Invalid.
    """
    work.actor.require(Permission.SERVICES_EDIT)
    api_docs = API_DOCS.get(work, api_docs_id)
    body = body_of(work, api_docs, get_version(work, api_docs, number))
    return API_DOCS.update(work, api_docs.id, {"body": body})


def fetched_from(api_docs: ApiDocs) -> str:
    """Return where a specification can be fetched again. Raises: Invalid."""
    if not api_docs.source_url:
        raise Invalid("is not known: the document was given. Set one first.", field=ADDRESS)
    return api_docs.source_url


def get_published_api_docs(work: Work, system_name: str, *options: Any) -> ApiDocs:
    """Find a specification that developers may read. Raises: NotFound."""
    found = None
    if is_comparable(system_name):
        query = offered_api_docs(work.actor).where(ApiDocs.system_name == system_name)
        found = work.db.exec(query.options(*options)).first()
    if found is None:
        raise NotFound("There is no specification of this name.", field="system_name")
    return found
