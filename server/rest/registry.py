"""Every operation of the REST API, area by area; an earlier path wins over a later one."""

from server.rest.accounts import (
    accounts,
    authentication_providers,
    credit_cards,
    messages,
    notifications,
    signup,
    sso_tokens,
    subscriptions,
    users,
)
from server.rest.applications import applications, custom_plans, keys, referrer_filters
from server.rest.operations import Operation
from server.rest.plans import features, limits, plans, pricing_rules
from server.rest.portal import api_docs, files, pages, sections
from server.rest.provider import (
    access_tokens,
    configuration,
    field_definitions,
    objects,
    provider,
    settings,
    webhooks,
)
from server.rest.provider import users as staff
from server.rest.services import (
    backend_apis,
    gateways,
    mapping_rules,
    metrics,
    proxies,
    proxy_configs,
    registry_policies,
    services,
)

OPERATIONS: tuple[Operation, ...] = (
    *signup.OPERATIONS,
    *accounts.OPERATIONS,
    *credit_cards.OPERATIONS,
    *users.OPERATIONS,
    *subscriptions.OPERATIONS,
    *messages.OPERATIONS,
    *notifications.OPERATIONS,
    *applications.OPERATIONS,
    *keys.OPERATIONS,
    *referrer_filters.OPERATIONS,
    *proxy_configs.OPERATIONS,
    *services.OPERATIONS,
    *metrics.OPERATIONS,
    *proxies.OPERATIONS,
    *mapping_rules.OPERATIONS,
    *backend_apis.OPERATIONS,
    *gateways.OPERATIONS,
    *registry_policies.OPERATIONS,
    *plans.OPERATIONS,
    *features.OPERATIONS,
    *limits.OPERATIONS,
    *pricing_rules.OPERATIONS,
    *custom_plans.OPERATIONS,
    *api_docs.OPERATIONS,
    *pages.OPERATIONS,
    *sections.OPERATIONS,
    *files.OPERATIONS,
    *field_definitions.OPERATIONS,
    *webhooks.OPERATIONS,
    *settings.OPERATIONS,
    *configuration.OPERATIONS,
    *objects.OPERATIONS,
    *authentication_providers.OPERATIONS,
    *sso_tokens.OPERATIONS,
    *provider.OPERATIONS,
    *access_tokens.OPERATIONS,
    *staff.OPERATIONS,
)
