"""What is told of a card, whose account shows it."""

from datetime import date

import strawberry

from server.domain.accounts.credit_cards import CreditCard
from server.graphql.fields import OfRow, described


@strawberry.type(
    name="CreditCard", description="A card that a payment gateway knows; nothing is charged here."
)
class CreditCardType(OfRow[CreditCard]):
    partial_number: str
    expires_on: date

    @described("Where bills go, one line each.")
    def billing_address(self) -> list[str]:
        return [str(value) for value in self.row.billing_address.values() if value]
