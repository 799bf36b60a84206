"""How developers may change a plan that they are on. Source: reference-portal 6."""

from enum import StrEnum
from typing import TypeAlias


class PlanChangePermission(StrEnum):
    """How developers may change a plan."""

    NONE = "none"
    REQUEST = "request"  # they ask, the provider answers
    DIRECT = "direct"
    CREDIT_CARD = "credit_card"  # direct where a card is on file, else request
    REQUEST_CREDIT_CARD = "request_credit_card"  # direct for free plans or with a card, else not


PlanChange: TypeAlias = PlanChangePermission
OF_CARDS = (PlanChangePermission.CREDIT_CARD, PlanChangePermission.REQUEST_CREDIT_CARD)


def permission_with_card(permission: str, *, has_card: bool) -> str:
    """Tell how plans change for an account: a permission that asks for a card, when it has one."""
    if permission not in OF_CARDS:
        return permission
    if has_card:
        return PlanChangePermission.DIRECT.value
    if permission == PlanChangePermission.CREDIT_CARD:
        return PlanChangePermission.REQUEST.value
    return permission
