"""The permissions as a page."""

from server.domain.permissions import (
    OF_DEVELOPER_ROLE,
    OF_SCOPE,
    OF_SECTION,
    OF_STAFF_ROLE,
    Permission,
)
from tools.reference.markdown import code, page, table

INTRO = """\
Who may do what. The system itself and a provider key may do everything; a read-only token only
what ends in `read`; a developer everything within his own account only.

A token may what one of its scopes and its user's role grant, both. A member of the staff for whom
sections were chosen may what these grant, instead of what the column `staff: member` says; who
reaches something may make tokens, too. Where APIs were chosen for him, he finds nothing
of others."""


def permissions() -> str:
    """Write the page of which scope and which role grants each permission."""
    columns = {
        **{f"token: {code(scope)}": granted for scope, granted in OF_SCOPE.items()},
        **{f"staff: {role}": granted for role, granted in OF_STAFF_ROLE.items()},
        **{f"section: {code(section)}": granted for section, granted in OF_SECTION.items()},
        **{f"developer: {role}": granted for role, granted in OF_DEVELOPER_ROLE.items()},
    }
    rows = [
        [code(permission), *("yes" if permission in each else "" for each in columns.values())]
        for permission in Permission
    ]
    return page("Permissions", INTRO, [table(["Permission", *columns], rows)])
