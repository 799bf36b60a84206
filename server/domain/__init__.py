"""Tables and their rules, one file a topic. Importing the package registers every table."""

from server.domain import (
    accounts,
    api_docs,
    applications,
    events,
    mails,
    metrics,
    pages,
    plans,
    providers,
    proxies,
    services,
    settings,
    tokens,
    usage,
    users,
)

__all__ = [
    "accounts",
    "api_docs",
    "applications",
    "events",
    "mails",
    "metrics",
    "pages",
    "plans",
    "providers",
    "proxies",
    "services",
    "settings",
    "tokens",
    "usage",
    "users",
]
