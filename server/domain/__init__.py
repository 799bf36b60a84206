"""Tables and their rules, one file a topic. Importing the package registers every table."""

from server.domain import events
from server.domain.accounts import accounts, users
from server.domain.analytics import usage
from server.domain.applications import applications, referrer_filters
from server.domain.messages import mails
from server.domain.plans import features, limits, plans
from server.domain.portal import (
    api_docs,
    feeds,
    files,
    groups,
    openings,
    pages,
    redirects,
    sections,
)
from server.domain.provider import hosts, providers, settings, tokens
from server.domain.services import configs, mapping_rules, metrics, proxies, services

__all__ = [
    "accounts",
    "api_docs",
    "applications",
    "configs",
    "events",
    "features",
    "feeds",
    "files",
    "groups",
    "hosts",
    "limits",
    "mails",
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
