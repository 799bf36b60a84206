"""ActiveDocs: the specifications that developers read; publishing and hiding one is an update."""

from sqlalchemy import inspect
from sqlmodel import col

from server.actions.plans.catalogue import offered_api_docs
from server.actions.resources import Lifecycle, Resource
from server.actions.services.lookup import get_service
from server.actions.work import Work
from server.domain.errors import NotFound
from server.domain.events import EventKind
from server.domain.fields import is_comparable
from server.domain.permissions import Permission
from server.domain.portal.api_docs import ApiDocs, ApiDocsDraft, refuse_unknown_version
from server.kit.paging import Listing

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


def get_published_api_docs(work: Work, system_name: str) -> ApiDocs:
    """Find a specification that developers may read. Raises: NotFound."""
    found = None
    if is_comparable(system_name):
        query = offered_api_docs(work.actor).where(ApiDocs.system_name == system_name)
        found = work.db.exec(query).first()
    if found is None:
        raise NotFound("There is no specification of this name.", field="system_name")
    return found
