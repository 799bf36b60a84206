"""The provider's schema, made of its topics. A new topic is a line here."""

from server.graphql import nodes, rates, tokens
from server.graphql.admin.accounts import accounts, users
from server.graphql.admin.analytics import usage
from server.graphql.admin.applications import applications, keys, referrer_filters
from server.graphql.admin.plans import features, limits, plans
from server.graphql.admin.portal import api_docs, looks
from server.graphql.admin.provider import audit, providers, settings
from server.graphql.admin.references import REFERENCES
from server.graphql.admin.services import mapping_rules, metrics, proxies, services
from server.graphql.schemas import build

TOPICS = (
    providers.TOPIC,
    nodes.TOPIC,
    services.TOPIC,
    metrics.TOPIC,
    mapping_rules.TOPIC,
    proxies.TOPIC,
    plans.TOPIC,
    limits.TOPIC,
    features.TOPIC,
    api_docs.TOPIC,
    accounts.TOPIC,
    users.TOPIC,
    applications.TOPIC,
    keys.TOPIC,
    referrer_filters.TOPIC,
    usage.TOPIC,
    settings.TOPIC,
    looks.TOPIC,
    tokens.TOPIC,
    audit.TOPIC,
    rates.TOPIC,
)
ADMIN = build(REFERENCES, TOPICS)
