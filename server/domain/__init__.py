"""Tables and their rules, one file a topic. Importing the package registers every table."""

from server.domain import events
from server.domain.accounts import (
    accounts,
    authentication_providers,
    credit_cards,
    factors,
    invitations,
    users,
)
from server.domain.analytics import usage
from server.domain.applications import applications, referrer_filters
from server.domain.messages import alerts, mails, messages, preferences
from server.domain.plans import features, limits, plans, pricing_rules
from server.domain.portal import (
    api_docs,
    api_docs_versions,
    feeds,
    files,
    forum,
    gallery,
    groups,
    legal,
    looks,
    openings,
    pages,
    redirects,
    sections,
)
from server.domain.provider import (
    audit,
    domains,
    field_definitions,
    hosts,
    providers,
    settings,
    tokens,
    webhooks,
)
from server.domain.services import configs, mapping_rules, metrics, proxies, services

__all__ = [
    "accounts",
    "alerts",
    "api_docs",
    "api_docs_versions",
    "applications",
    "audit",
    "authentication_providers",
    "configs",
    "credit_cards",
    "events",
    "factors",
    "features",
    "feeds",
    "field_definitions",
    "domains",
    "files",
    "forum",
    "gallery",
    "groups",
    "hosts",
    "invitations",
    "legal",
    "limits",
    "looks",
    "mails",
    "messages",
    "preferences",
    "mapping_rules",
    "metrics",
    "openings",
    "pages",
    "plans",
    "pricing_rules",
    "providers",
    "proxies",
    "redirects",
    "referrer_filters",
    "sections",
    "services",
    "settings",
    "tokens",
    "usage",
    "users",
    "webhooks",
]
