"""ActiveDocs: the specifications that developers read; publishing and hiding one is an update."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.plans.catalogue import offered_api_docs
from server.actions.rows import Rules, change, clean_bool, get_owned, save, summary_of
from server.actions.services.services import get_service
from server.actions.work import Work
from server.domain.actors import Actor
from server.domain.errors import NotFound
from server.domain.events import Event, EventKind
from server.domain.fields import MOST_DESCRIPTION, clean_optional_text, clean_text, is_comparable
from server.domain.permissions import Permission
from server.domain.portal.api_docs import ApiDocs, clean_api_docs_name, clean_body
from server.kit.paging import Listing

LISTING = Listing("api_docs", ApiDocs, left_out=(col(ApiDocs.body),))
RULES: Rules = {
    "name": lambda v: clean_text(v, "name"),
    "description": lambda v: clean_optional_text(v, "description", most=MOST_DESCRIPTION),
    "skip_swagger_validations": clean_bool,
    "published": clean_bool,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewApiDocs:
    """What a new specification needs; without a service it is of none in particular."""

    name: str
    body: str
    system_name: str | None = None
    description: str = ""
    service_id: int | None = None
    published: bool = False
    skip_swagger_validations: bool = False


def api_docs_query(actor: Actor) -> SelectOfScalar[ApiDocs]:
    """Select the provider's specifications."""
    actor.require(Permission.SERVICES_READ)
    return select(ApiDocs).where(ApiDocs.provider_id == actor.provider_id)


def get_api_docs(work: Work, api_docs_id: int | None) -> ApiDocs:
    """Find a specification. Raises: NotFound."""
    work.actor.require(Permission.SERVICES_READ)
    return get_owned(work, ApiDocs, api_docs_id)


def get_published_api_docs(work: Work, system_name: str) -> ApiDocs:
    """Find a specification that developers may read. Raises: NotFound."""
    found = None
    if is_comparable(system_name):
        query = offered_api_docs(work.actor).where(ApiDocs.system_name == system_name)
        found = work.db.exec(query).first()
    if found is None:
        raise NotFound("There is no specification of this name.", field="system_name")
    return found


def create_api_docs(work: Work, draft: NewApiDocs) -> ApiDocs:
    """Add a specification. Raises: NotFound, Invalid, Taken."""
    work.actor.require(Permission.SERVICES_EDIT)
    name = clean_text(draft.name, "name")
    api_docs = ApiDocs(
        provider_id=work.actor.provider_id,
        service_id=_clean_service_id(work, draft.service_id),
        name=name,
        system_name=clean_api_docs_name(draft.system_name, name),
        description=RULES["description"](draft.description),
        body=clean_body(draft.body, skip_validations=draft.skip_swagger_validations),
        published=draft.published,
        skip_swagger_validations=draft.skip_swagger_validations,
    )
    save(work.db, api_docs)
    event = Event(EventKind.API_DOCS_CREATED, api_docs.id, service_id=api_docs.service_id)
    work.record(event)
    return api_docs


def update_api_docs(work: Work, api_docs_id: int, changes: Mapping[str, Any]) -> ApiDocs:
    """Change a specification, all but its system name. Raises: NotFound, Invalid."""
    work.actor.require(Permission.SERVICES_EDIT)
    api_docs = get_owned(work, ApiDocs, api_docs_id)
    skips = api_docs.skip_swagger_validations
    if "skip_swagger_validations" in changes:  # what was let through may not hold any more
        skips = changes["skip_swagger_validations"] is True
        changes = {"body": api_docs.body, **changes}
    rules: Rules = {
        **RULES,
        "service_id": lambda v: _clean_service_id(work, v),
        "body": lambda v: clean_body(v, skip_validations=skips),
    }
    changed = change(api_docs, changes, rules)
    if "body" in changed:  # the audit log would grow by two documents a change
        changed["body"] = [summary_of(body) for body in changed["body"]]
    if changed:
        event = Event(
            EventKind.API_DOCS_UPDATED,
            api_docs.id,
            service_id=api_docs.service_id,
            changes=changed,
        )
        work.record(event)
    return api_docs


def delete_api_docs(work: Work, api_docs_id: int) -> ApiDocs:
    """Take a specification away. Raises: NotFound."""
    work.actor.require(Permission.SERVICES_EDIT)
    api_docs = get_owned(work, ApiDocs, api_docs_id)
    work.db.delete(api_docs)
    event = Event(EventKind.API_DOCS_DELETED, api_docs.id, service_id=api_docs.service_id)
    work.record(event)
    return api_docs


def _clean_service_id(work: Work, service_id: int | None) -> int | None:
    """Check that a service is the provider's own. Raises: NotFound at its field."""
    if service_id is None:
        return None
    try:
        return get_service(work, service_id).id
    except NotFound as error:
        raise NotFound(error.message, field="service_id") from error
