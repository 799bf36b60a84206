"""Every operation of the REST API, area by area; an earlier path wins over a later one."""

from server.rest.accounts import (
    accounts,
    authentication_providers,
    messages,
    notifications,
    signup,
    sso_tokens,
    subscriptions,
    users,
)
from server.rest.applications import referrer_filters
from server.rest.operations import Operation
from server.rest.plans import features, limits, plans
from server.rest.portal import api_docs, files, pages, sections
from server.rest.provider import field_definitions, webhooks
from server.rest.services import metrics

OPERATIONS: tuple[Operation, ...] = (
    *signup.OPERATIONS,
    *accounts.OPERATIONS,
    *users.OPERATIONS,
    *subscriptions.OPERATIONS,
    *messages.OPERATIONS,
    *notifications.OPERATIONS,
    *referrer_filters.OPERATIONS,
    *metrics.OPERATIONS,
    *plans.OPERATIONS,
    *features.OPERATIONS,
    *limits.OPERATIONS,
    *api_docs.OPERATIONS,
    *pages.OPERATIONS,
    *sections.OPERATIONS,
    *files.OPERATIONS,
    *field_definitions.OPERATIONS,
    *webhooks.OPERATIONS,
    *authentication_providers.OPERATIONS,
    *sso_tokens.OPERATIONS,
)
