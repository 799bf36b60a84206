"""Users as the REST API shows them. Source: reference-portal 1.1, 5."""

from server.domain.accounts.users import User
from server.kit.xml import Element
from server.rest.formats import elements, extra_element, filled


def user_element(user: User) -> Element:
    """Write a user as XML; blank builtin fields are left out."""
    builtin = filled(
        {
            "username": user.username,
            "email": user.email,
            "first_name": user.first_name,
            "last_name": user.last_name,
        }
    )
    fields = elements(
        {
            "id": user.id,
            "created_at": user.created_at,
            "updated_at": user.updated_at,
            "account_id": user.account_id,
            "state": user.state,
            "role": user.role,
            **builtin,
        }
    )
    return Element("user", [*fields, extra_element(user.extra_fields)])
