"""Every permission belongs to somebody; to whom is in `docs/reference/permissions.md`."""

import pytest

from server.domain.permissions import (
    EVERYTHING,
    OF_DEVELOPER_ROLE,
    OF_SCOPE,
    OF_STAFF_ROLE,
    READS,
    SECRETS,
    Permission,
    Role,
    Scope,
)


@pytest.mark.parametrize("permission", Permission)
def test_a_permission_is_granted_by_a_scope_and_to_an_admin(permission: Permission) -> None:
    assert any(permission in granted for granted in OF_SCOPE.values())
    assert permission in OF_STAFF_ROLE[Role.ADMIN]


def test_each_scope_and_role_says_what_it_grants() -> None:
    assert set(OF_SCOPE) == set(Scope)
    assert set(OF_STAFF_ROLE) == set(OF_DEVELOPER_ROLE) == set(Role)


def test_who_has_less_has_nothing_that_who_has_more_lacks() -> None:
    for roles in (OF_STAFF_ROLE, OF_DEVELOPER_ROLE):
        assert roles[Role.MEMBER] < roles[Role.ADMIN] <= EVERYTHING
        # What somebody writes is in his own name.
        writes = {Permission.FORUM_EDIT, Permission.MESSAGES_EDIT}
        own = writes if roles is OF_DEVELOPER_ROLE else set()
        assert roles[Role.MEMBER] <= READS | SECRETS | own
    assert OF_STAFF_ROLE[Role.MEMBER] <= READS
