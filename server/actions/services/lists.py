"""Lists of APIs: what narrows them, and how they are sorted."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import col, or_
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.services.services import SERVICES
from server.domain.actors import Actor
from server.domain.fields import clean_optional_text
from server.domain.services.services import Service
from server.kit.paging import Listing


class ServiceSort(StrEnum):
    """The order of a list of APIs."""

    OLDEST = "oldest"
    NEWEST = "newest"
    NAME = "name"


LISTINGS: Mapping[ServiceSort, Listing[Service]] = {
    ServiceSort.OLDEST: SERVICES.listing,
    ServiceSort.NEWEST: Listing("services_newest", Service, newest_first=True),
    ServiceSort.NAME: Listing("services_by_name", Service, by=col(Service.name)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFilter:
    """Which APIs a list holds; what is empty narrows nothing."""

    state: str = ""
    search: str = ""  # a part of the name, the system name or the description


def narrowed_services(actor: Actor, wanted: ServiceFilter) -> SelectOfScalar[Service]:
    """Select the APIs of a list. Raises: Forbidden, Invalid for a text that no name can hold."""
    query = SERVICES.query(actor)
    if wanted.state:
        query = query.where(Service.state == wanted.state)
    search = clean_optional_text(wanted.search, "search")
    if search:
        columns = (Service.name, Service.system_name, Service.description)
        query = query.where(
            or_(*(col(each).icontains(search, autoescape=True) for each in columns))
        )
    return query
