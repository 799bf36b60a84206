"""Tables and their rules, one file a topic. Importing the package registers every table."""

from server.domain import events
from server.domain.accounts import accounts, users
from server.domain.analytics import usage
from server.domain.applications import applications, referrer_filters
from server.domain.messages import alerts, mails, messages, preferences
from server.domain.plans import features, limits, plans
from server.domain.portal import api_docs, pages
from server.domain.provider import hosts, providers, settings, tokens
from server.domain.services import configs, mapping_rules, metrics, proxies, services

__all__ = [
    "accounts",
    "alerts",
    "api_docs",
    "applications",
    "configs",
    "events",
    "features",
    "hosts",
    "limits",
    "mails",
    "messages",
    "preferences",
    "mapping_rules",
    "metrics",
    "pages",
    "plans",
    "providers",
    "proxies",
    "referrer_filters",
    "services",
    "settings",
    "tokens",
    "usage",
    "users",
]
