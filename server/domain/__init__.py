"""Tables and their rules, one file a topic. Importing the package registers every table."""

from server.domain import events
from server.domain.accounts import (
    accounts,
    authentication_providers,
    factors,
    invitations,
    users,
)
from server.domain.analytics import usage
from server.domain.applications import applications, referrer_filters
from server.domain.messages import alerts, mails, messages, preferences
from server.domain.plans import features, limits, plans
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
    domains,
    field_definitions,
    hosts,
    idempotency,
    providers,
    settings,
    tokens,
)
from server.domain.services import configs, mapping_rules, metrics, proxies, services

__all__ = [
    "accounts",
    "alerts",
    "api_docs",
    "api_docs_versions",
    "applications",
    "authentication_providers",
    "configs",
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
    "idempotency",
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
]
