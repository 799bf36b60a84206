"""What many put behind each other at the same moment: each has a place of its own afterwards."""

from typing import Any

from sqlmodel import Session, select

from server.actions.plans import plans
from server.actions.provider.domains import DOMAINS
from server.actions.provider.field_definitions import FIELD_DEFINITIONS, list_definitions
from server.actions.services import mapping_rules
from server.actions.work import Work
from server.domain.plans.plans import AccountPlan, ApplicationPlan
from server.domain.provider.domains import MOST_DOMAINS
from server.domain.provider.field_definitions import MOST_DEFINITIONS, FieldTarget
from server.domain.services.mapping_rules import MappingRule
from tests.kit.cases.bulk import RACES_OF_BULK
from tests.kit.cases.case import hits
from tests.kit.cases.race import Claim, Race
from tests.kit.cases.webhooks import HOOK_RACES
from tests.kit.world import World


def _in_places(model: type[Any], home: str) -> Claim:
    """Claim that the plans or rules that were made together have places of their own."""

    def claim(db: Session, _world: World) -> bool:
        rows = [row for row in db.exec(select(model)) if "Plan" in getattr(row, "name", "Plan")]
        places = {(getattr(row, home), row.position) for row in rows}
        return len(places) == len(rows)

    return claim


def _all_domains_but_one(work: Work, _world: World) -> None:
    for number in range(MOST_DOMAINS - 1):
        DOMAINS.create(work, {"name": f"m{number}.acme.example", "serves": "portal"})


def _all_fields_but_one(work: Work, world: World) -> None:
    there = len(list_definitions(work.db, world.acme.provider.id, FieldTarget.USER))
    for number in range(there, MOST_DEFINITIONS - 1):
        given = {"target": "user", "name": f"field-{number}", "label": "Field"}
        FIELD_DEFINITIONS.create(work, given)


PLACES = (
    *HOOK_RACES,
    *RACES_OF_BULK,
    Race(
        name="the last field that there is room for",
        act=lambda work, _, number: FIELD_DEFINITIONS.create(
            work, {"target": "user", "name": f"shade-{number}", "label": "Shade"}
        ),
        before=_all_fields_but_one,
        wins=1,
        holds=("MOST_DEFINITIONS",),
    ),
    Race(
        name="plans are put behind each other",
        act=lambda work, w, number: plans.APPLICATION_PLANS.create(
            work, {"name": f"Plan {number}"}, w.service_id
        ),
        claim=_in_places(ApplicationPlan, "service_id"),
        wins=16,
    ),
    Race(
        name="account plans are put behind each other",
        act=lambda work, _, number: plans.ACCOUNT_PLANS.create(work, {"name": f"Plan {number}"}),
        claim=_in_places(AccountPlan, "provider_id"),
        wins=16,
    ),
    Race(
        name="rules are put behind each other",
        act=lambda work, w, number: mapping_rules.MAPPING_RULES.create(
            work,
            {"http_method": "GET", "pattern": f"/{number}", "metric_id": hits(work, w)},
            w.service_id,
        ),
        claim=_in_places(MappingRule, "service_id"),
        wins=16,
    ),
    Race(
        name="the last domain that there is room for",
        act=lambda work, _, number: DOMAINS.create(
            work, {"name": f"n{number}.acme.example", "serves": "portal"}
        ),
        before=_all_domains_but_one,
        wins=1,
        holds=("MOST_DOMAINS",),
    ),
    Race(
        name="copies of a plan",
        act=lambda work, w, _: plans.copy_application_plan(work, w.plan_id),
        wins=16,
    ),
)
