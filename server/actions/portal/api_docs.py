"""ActiveDocs: the specifications that developers read; publishing and hiding one is an update."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from sqlalchemy import inspect
from sqlmodel import col

from server.actions.plans.catalogue import offered_api_docs
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
    clean_source_url,
    refuse_unknown_version,
)
from server.kit.paging import Listing

Stored = TypeVar("Stored")
DEPENDS = ("body", "skip_swagger_validations")


def _check_body_and_service(work: Work, api_docs: ApiDocs) -> None:
    """Refuse an unknown version unless that is skipped, and a service that is gone.

    Raises: NotFound, Invalid.
    """
    is_changed = any(getattr(inspect(api_docs).attrs, name).history.added for name in DEPENDS)
    if is_changed and not api_docs.skip_swagger_validations:
        refuse_unknown_version(api_docs.body)
    if api_docs.service_id is not None:
        try:
            get_service(work, api_docs.service_id)
        except NotFound as error:
            raise NotFound(error.message, field="service_id") from error


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
    listing=Listing("api_docs", ApiDocs, left_out=(col(ApiDocs.body),)),
    prepare=_check_body_and_service,
)


def store_fetched(
    values: Mapping[str, Any],
    fetch: Callable[[str], str],
    store: Callable[[Mapping[str, Any]], Stored],
) -> Stored:
    """Store what was given, with the document of its address if that is given instead of one.

    It is fetched before `store` opens its transaction.
    Raises: Invalid for both of them, and what fetching and storing raise.
    """
    url = clean_source_url(values.get(ADDRESS))
    if not url:
        return store(values)
    if values.get("body"):
        raise Invalid("can't be given together with a document. Give one of them.", field=ADDRESS)
    text = fetch(url)
    try:
        return store({**values, ADDRESS: url, "body": text})
    except DomainError as error:
        for each in (error, *error.others):
            if each.field == "body":
                each.field = ADDRESS
                each.message = f"leads to a document, which {each.message}"
        raise


def fetched_from(api_docs: ApiDocs) -> str:
    """Return where a specification can be fetched again. Raises: Invalid."""
    if not api_docs.source_url:
        raise Invalid("is not known: the document was given. Set one first.", field=ADDRESS)
    return api_docs.source_url


def get_published_api_docs(work: Work, system_name: str) -> ApiDocs:
    """Find a specification that developers may read. Raises: NotFound."""
    found = None
    if is_comparable(system_name):
        query = offered_api_docs(work.actor).where(ApiDocs.system_name == system_name)
        found = work.db.exec(query).first()
    if found is None:
        raise NotFound("There is no specification of this name.", field="system_name")
    return found
