"""Every operation of the REST API, area by area; an earlier path wins over a later one."""

from server.rest.accounts import accounts, signup
from server.rest.applications import referrer_filters
from server.rest.operations import Operation
from server.rest.plans import features, limits, plans
from server.rest.portal import files, pages, sections
from server.rest.services import metrics

OPERATIONS: tuple[Operation, ...] = (
    *signup.OPERATIONS,
    *accounts.OPERATIONS,
    *referrer_filters.OPERATIONS,
    *metrics.OPERATIONS,
    *plans.OPERATIONS,
    *features.OPERATIONS,
    *limits.OPERATIONS,
    *pages.OPERATIONS,
    *sections.OPERATIONS,
    *files.OPERATIONS,
)
