"""Lists of plans, of all three kinds: what narrows them, and how they are sorted."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlmodel import col, or_
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.plans.custom_plans import shared_plans
from server.actions.plans.plans import PLANS, AnyPlan
from server.domain.actors import Actor
from server.domain.fields import clean_optional_text
from server.domain.plans.plans import ApplicationPlan
from server.kit.paging import Listing


class PlanSort(StrEnum):
    """The order of a list of plans."""

    OLDEST = "oldest"
    NEWEST = "newest"
    NAME = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFilter:
    """Which plans a list holds; what is empty narrows nothing."""

    state: str = ""
    search: str = ""  # a part of the name, the system name or the description
    service_id: int | None = None  # account plans are of none


def plans_listing(kind: type[AnyPlan], sort: PlanSort) -> Listing[AnyPlan]:
    """Tell how a list of plans of a kind is sorted."""
    standing: Listing[AnyPlan] = PLANS[kind].listing
    if sort == PlanSort.OLDEST:
        return standing
    if sort == PlanSort.NEWEST:
        return Listing(f"{standing.name}_newest", kind, newest_first=True)
    return Listing(f"{standing.name}_by_name", kind, by=col(kind.name))


def narrowed_plans(
    actor: Actor, kind: type[AnyPlan], wanted: PlanFilter
) -> SelectOfScalar[AnyPlan]:
    """Select the plans of a list, but for those made for one application.

    Raises: Forbidden, Invalid for a text that no name can hold.
    """
    model: Any = kind
    query: Any = shared_plans(actor) if model is ApplicationPlan else PLANS[kind].query(actor)
    if wanted.state:
        query = query.where(model.state == wanted.state)
    if wanted.service_id is not None:
        query = query.where(model.service_id == wanted.service_id)
    search = clean_optional_text(wanted.search, "search")
    if search:
        columns = (model.name, model.system_name, model.description)
        query = query.where(or_(*(each.icontains(search, autoescape=True) for each in columns)))
    narrowed: SelectOfScalar[AnyPlan] = query
    return narrowed
