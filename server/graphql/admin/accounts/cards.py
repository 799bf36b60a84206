"""What is told of a card, whose account shows it."""

from datetime import date

import strawberry

from server.actions.accounts.accounts import accounts_query
from server.domain.accounts.accounts import Account
from server.domain.accounts.billing import LINES
from server.domain.accounts.credit_cards import CreditCard
from server.graphql.context import Info
from server.graphql.fields import OfRow, described


@strawberry.type(
    name="CreditCard", description="A card that a payment gateway knows; nothing is charged here."
)
class CreditCardType(OfRow[CreditCard]):
    partial_number: str
    expires_on: date

    @described("Where bills go, one line each.")
    async def billing_address(self, info: Info) -> list[str]:
        ctx = info.context
        accounts = ctx.loaders.by_id(Account, lambda: accounts_query(ctx.actor))
        account = await accounts.load(self.row.account_id)
        return [str(line) for line in account.billing_address.values()] if account else []


@strawberry.type(
    name="BillingAddress", description="Where bills go; nothing is billed here. Empty is not said."
)
class BillingAddressType:
    name: str
    address1: str
    address2: str
    city: str
    state: str
    country: str
    zip: str
    phone: str


@strawberry.input(
    description="What is said of a billing address; lines that are not named stay as they are."
)
class BillingAddressInput:
    name: str | None = strawberry.UNSET
    address1: str | None = strawberry.UNSET
    address2: str | None = strawberry.UNSET
    city: str | None = strawberry.UNSET
    state: str | None = strawberry.UNSET
    country: str | None = strawberry.UNSET
    zip: str | None = strawberry.UNSET
    phone: str | None = strawberry.UNSET


def address_of(account: Account) -> BillingAddressType | None:
    """Tell where the bills of an account go."""
    lines = account.billing_address
    return BillingAddressType(**{name: lines.get(name, "") for name in LINES}) if lines else None


def lines_of(given: BillingAddressInput | None) -> dict[str, str | None]:
    """Collect the lines that are named; null takes the whole address away."""
    told = vars(given).items() if given is not None else ()
    return {name: text for name, text in told if text is not strawberry.UNSET}
