"""The provider's schema, made of its topics. A new topic is a line here."""

from server.domain.provider.registered_documents import GraphQLSide
from server.graphql import nodes, rates, tokens
from server.graphql.admin.accounts import (
    accounts,
    authentication_providers,
    credit_cards,
    invitations,
    sso_tokens,
    subscriptions,
    users,
)
from server.graphql.admin.analytics import usage
from server.graphql.admin.applications import applications, keys, referrer_filters
from server.graphql.admin.messages import alerts, messages, notifications
from server.graphql.admin.plans import custom_plans, features, limits, plans, pricing_rules
from server.graphql.admin.portal import (
    api_docs,
    api_docs_versions,
    files,
    forum,
    gallery,
    groups,
    looks,
    pages,
    redirects,
    sections,
)
from server.graphql.admin.provider import (
    audit,
    bulk,
    domains,
    field_definitions,
    live,
    providers,
    registered_documents,
    settings,
    webhooks,
)
from server.graphql.admin.references import REFERENCES
from server.graphql.admin.services import (
    backend_apis,
    mapping_rules,
    metrics,
    proxies,
    registry_policies,
    services,
)
from server.graphql.schemas import build

TOPICS = (
    providers.TOPIC,
    nodes.TOPIC,
    services.TOPIC,
    metrics.TOPIC,
    mapping_rules.TOPIC,
    backend_apis.TOPIC,
    proxies.TOPIC,
    plans.TOPIC,
    limits.TOPIC,
    pricing_rules.TOPIC,
    custom_plans.TOPIC,
    features.TOPIC,
    features.OF_ACCOUNTS,
    api_docs.TOPIC,
    api_docs_versions.TOPIC,
    pages.TOPIC,
    sections.TOPIC,
    files.TOPIC,
    redirects.TOPIC,
    registry_policies.TOPIC,
    groups.TOPIC,
    forum.TOPIC,
    gallery.TOPIC,
    accounts.TOPIC,
    credit_cards.TOPIC,
    users.TOPIC,
    invitations.TOPIC,
    subscriptions.TOPIC,
    applications.TOPIC,
    keys.TOPIC,
    referrer_filters.TOPIC,
    usage.TOPIC,
    messages.TOPIC,
    alerts.TOPIC,
    notifications.TOPIC,
    settings.TOPIC,
    field_definitions.TOPIC,
    authentication_providers.TOPIC,
    sso_tokens.TOPIC,
    domains.TOPIC,
    webhooks.TOPIC,
    looks.TOPIC,
    tokens.TOPIC,
    audit.TOPIC,
    live.TOPIC,
    bulk.TOPIC,
    registered_documents.TOPIC,
    rates.TOPIC,
)
ADMIN = build(REFERENCES, TOPICS, GraphQLSide.ADMIN)
