"""What an actor may do, and which role or token scope grants it."""

from collections.abc import Iterable
from enum import StrEnum


class Permission(StrEnum):
    """One permission: `topic:verb`."""

    ACCOUNTS_READ = "accounts:read"
    ACCOUNTS_EDIT = "accounts:edit"
    APPLICATIONS_READ = "applications:read"
    APPLICATIONS_EDIT = "applications:edit"
    SERVICES_READ = "services:read"
    SERVICES_EDIT = "services:edit"
    PLANS_READ = "plans:read"
    PLANS_EDIT = "plans:edit"
    USAGE_READ = "usage:read"
    PORTAL_READ = "portal:read"
    PORTAL_EDIT = "portal:edit"
    SETTINGS_READ = "settings:read"
    SETTINGS_EDIT = "settings:edit"
    TOKENS_EDIT = "tokens:edit"
    AUDIT_READ = "audit:read"
    MESSAGES_READ = "messages:read"
    MESSAGES_EDIT = "messages:edit"  # alerts too: reading them is part of usage
    FORUM_READ = "forum:read"
    FORUM_EDIT = "forum:edit"  # of staff: to moderate it; of developers: to write in it
    SERVICES_SECRETS = "services:read_secrets"
    APPLICATIONS_SECRETS = "applications:read_secrets"
    SETTINGS_SECRETS = "settings:read_secrets"


class Role(StrEnum):
    """A user's role within its organisation."""

    ADMIN = "admin"
    MEMBER = "member"


class Scope(StrEnum):
    """What an access token reaches."""

    ACCOUNT_MANAGEMENT = "account_management"
    STATS = "stats"
    CMS = "cms"


EVERYTHING = frozenset(Permission)  # of the system itself, and of a provider key
READS = frozenset(p for p in Permission if p.endswith(":read"))
# Whoever reads a secret can act with it: no token that only reads is given these.
SECRETS = frozenset(p for p in Permission if p.endswith(":read_secrets"))

# Written out one by one: a new permission belongs to nobody until somebody decides.
OF_SCOPE: dict[Scope, frozenset[Permission]] = {
    Scope.ACCOUNT_MANAGEMENT: frozenset(
        {
            Permission.ACCOUNTS_READ,
            Permission.ACCOUNTS_EDIT,
            Permission.APPLICATIONS_READ,
            Permission.APPLICATIONS_EDIT,
            Permission.SERVICES_READ,
            Permission.SERVICES_EDIT,
            Permission.PLANS_READ,
            Permission.PLANS_EDIT,
            Permission.PORTAL_READ,
            Permission.PORTAL_EDIT,
            Permission.SETTINGS_READ,
            Permission.SETTINGS_EDIT,
            Permission.TOKENS_EDIT,
            Permission.AUDIT_READ,
            Permission.MESSAGES_READ,
            Permission.MESSAGES_EDIT,
            Permission.FORUM_READ,
            Permission.FORUM_EDIT,
            Permission.SERVICES_SECRETS,
            Permission.APPLICATIONS_SECRETS,
            Permission.SETTINGS_SECRETS,
        }
    ),
    Scope.STATS: frozenset({Permission.USAGE_READ, Permission.SERVICES_READ}),
    Scope.CMS: frozenset({Permission.PORTAL_READ, Permission.PORTAL_EDIT}),
}

# A member of the provider's staff sees almost everything but secrets; what he may change is
# chosen by an admin later.
OF_STAFF_ROLE: dict[Role, frozenset[Permission]] = {
    Role.ADMIN: frozenset(
        {
            Permission.ACCOUNTS_READ,
            Permission.ACCOUNTS_EDIT,
            Permission.APPLICATIONS_READ,
            Permission.APPLICATIONS_EDIT,
            Permission.SERVICES_READ,
            Permission.SERVICES_EDIT,
            Permission.PLANS_READ,
            Permission.PLANS_EDIT,
            Permission.USAGE_READ,
            Permission.PORTAL_READ,
            Permission.PORTAL_EDIT,
            Permission.SETTINGS_READ,
            Permission.SETTINGS_EDIT,
            Permission.TOKENS_EDIT,
            Permission.AUDIT_READ,
            Permission.MESSAGES_READ,
            Permission.MESSAGES_EDIT,
            Permission.FORUM_READ,
            Permission.FORUM_EDIT,
            Permission.SERVICES_SECRETS,
            Permission.APPLICATIONS_SECRETS,
            Permission.SETTINGS_SECRETS,
        }
    ),
    Role.MEMBER: frozenset(
        {
            Permission.ACCOUNTS_READ,
            Permission.APPLICATIONS_READ,
            Permission.SERVICES_READ,
            Permission.PLANS_READ,
            Permission.USAGE_READ,
            Permission.PORTAL_READ,
            Permission.SETTINGS_READ,
            Permission.MESSAGES_READ,
            Permission.FORUM_READ,
        }
    ),
}

# Always within the developer's own account: `Actor.require` checks that too.
OF_DEVELOPER_ROLE: dict[Role, frozenset[Permission]] = {
    Role.ADMIN: frozenset(
        {
            Permission.ACCOUNTS_READ,
            Permission.ACCOUNTS_EDIT,
            Permission.APPLICATIONS_READ,
            Permission.APPLICATIONS_EDIT,
            Permission.APPLICATIONS_SECRETS,
            Permission.USAGE_READ,
            Permission.TOKENS_EDIT,
            Permission.MESSAGES_READ,
            Permission.MESSAGES_EDIT,
            Permission.FORUM_READ,
            Permission.FORUM_EDIT,
        }
    ),
    Role.MEMBER: frozenset(
        {
            Permission.ACCOUNTS_READ,
            Permission.APPLICATIONS_READ,
            Permission.APPLICATIONS_SECRETS,
            Permission.USAGE_READ,
            Permission.MESSAGES_READ,
            Permission.FORUM_READ,
            Permission.FORUM_EDIT,  # what somebody writes there is his own
            Permission.MESSAGES_EDIT,  # who builds with the API asks its provider
        }
    ),
}


def permissions_of_role(role: str, *, is_staff: bool) -> frozenset[Permission]:
    """Return what a role gives on its side."""
    return (OF_STAFF_ROLE if is_staff else OF_DEVELOPER_ROLE)[Role(role)]


def permissions_of_token(scopes: Iterable[str], *, writes: bool) -> frozenset[Permission]:
    """Return what a token reaches by itself; its user's role bounds that."""
    granted: frozenset[Permission] = frozenset().union(*(OF_SCOPE[Scope(one)] for one in scopes))
    return granted if writes else granted & READS
