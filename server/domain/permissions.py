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
    FINANCE_READ = "finance:read"
    FINANCE_EDIT = "finance:edit"
    POLICIES_READ = "policies:read"  # of the provider's own registry
    POLICIES_EDIT = "policies:edit"
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
    FINANCE = "finance"
    POLICY_REGISTRY = "policy_registry"


class Section(StrEnum):
    """A part of the provider's work that a member of its staff may be let into."""

    PORTAL = "portal"
    FINANCE = "finance"
    SETTINGS = "settings"
    PARTNERS = "partners"
    MONITORING = "monitoring"
    PLANS = "plans"
    POLICY_REGISTRY = "policy_registry"


EVERYTHING = frozenset(Permission)  # of the system itself, and of a provider key
READS = frozenset(p for p in Permission if p.endswith(":read"))
# Whoever reads a secret can act with it: no token that only reads is given these.
SECRETS = frozenset(p for p in Permission if p.endswith(":read_secrets"))

# Who deals with money sees whom it comes from, and for what.
FINANCE = frozenset(
    {
        Permission.FINANCE_READ,
        Permission.FINANCE_EDIT,
        Permission.ACCOUNTS_READ,
        Permission.APPLICATIONS_READ,
        Permission.SERVICES_READ,
        Permission.PLANS_READ,
    }
)

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
            Permission.FINANCE_READ,
            Permission.FINANCE_EDIT,
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
    Scope.FINANCE: FINANCE,
    Scope.POLICY_REGISTRY: frozenset({Permission.POLICIES_READ, Permission.POLICIES_EDIT}),
}

# A member of the provider's staff for whom no sections were chosen sees almost everything but
# secrets, and changes nothing; one with sections reaches those, and nothing else.
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
            Permission.FINANCE_READ,
            Permission.FINANCE_EDIT,
            Permission.POLICIES_READ,
            Permission.POLICIES_EDIT,
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
            Permission.FINANCE_READ,
            Permission.POLICIES_READ,
            Permission.MESSAGES_READ,
            Permission.FORUM_READ,
        }
    ),
}
OF_SECTION: dict[Section, frozenset[Permission]] = {
    Section.PORTAL: frozenset(
        {
            Permission.PORTAL_READ,
            Permission.PORTAL_EDIT,
            Permission.FORUM_READ,
            Permission.FORUM_EDIT,
        }
    ),
    Section.FINANCE: FINANCE,
    Section.SETTINGS: frozenset(
        {Permission.SETTINGS_READ, Permission.SETTINGS_EDIT, Permission.SERVICES_READ}
    ),
    Section.PARTNERS: frozenset(
        {
            Permission.ACCOUNTS_READ,
            Permission.ACCOUNTS_EDIT,
            Permission.APPLICATIONS_READ,
            Permission.APPLICATIONS_EDIT,
            Permission.APPLICATIONS_SECRETS,
            Permission.SERVICES_READ,
            Permission.PLANS_READ,
            Permission.MESSAGES_READ,
            Permission.MESSAGES_EDIT,
        }
    ),
    Section.MONITORING: frozenset({Permission.USAGE_READ, Permission.SERVICES_READ}),
    Section.PLANS: frozenset(
        {
            Permission.PLANS_READ,
            Permission.PLANS_EDIT,
            Permission.SERVICES_READ,
            Permission.SERVICES_EDIT,
            Permission.SERVICES_SECRETS,
        }
    ),
    Section.POLICY_REGISTRY: frozenset(
        {Permission.POLICIES_READ, Permission.POLICIES_EDIT, Permission.SERVICES_READ}
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


def permissions_of_role(
    role: str, *, is_staff: bool, sections: Iterable[str] | None = None
) -> frozenset[Permission]:
    """Return what a role gives on its side; `sections` are those chosen for a member of staff."""
    if is_staff and role == Role.MEMBER and sections is not None:
        reached = [OF_SECTION[Section(one)] for one in sections]
        # Whoever reaches something may let programs do the same.
        own = {Permission.TOKENS_EDIT} if reached else set()
        return frozenset().union(*reached, own)
    return (OF_STAFF_ROLE if is_staff else OF_DEVELOPER_ROLE)[Role(role)]


def permissions_of_token(scopes: Iterable[str], *, writes: bool) -> frozenset[Permission]:
    """Return what a token reaches by itself; its user's role bounds that."""
    granted: frozenset[Permission] = frozenset().union(*(OF_SCOPE[Scope(one)] for one in scopes))
    return granted if writes else granted & READS
