"""How developers may change a plan that they are on. Source: reference-portal 6."""

from enum import StrEnum
from typing import Annotated

from server.domain.attributes import Refuses

_CARDS = "needs cards on file, which come with billing. Choose none, request or direct."


class PlanChangePermission(StrEnum):
    """How developers may change a plan."""

    NONE = "none"
    REQUEST = "request"
    DIRECT = "direct"


PlanChange = Annotated[
    PlanChangePermission, Refuses({"credit_card": _CARDS, "request_credit_card": _CARDS})
]
