"""Cards of accounts, as payment gateways refer to them. Source: reference-portal 1.1."""

from typing import Annotated

from server.actions.accounts.credit_cards import delete_card, put_card
from server.domain.accounts.accounts import Account
from server.domain.attributes import Name, ShortText, Whole
from server.domain.drafts import Draft
from server.domain.permissions import Permission
from server.rest.accounts.accounts import ACCOUNT
from server.rest.answers import Gone, One
from server.rest.context import RestContext
from server.rest.operations import Operation

PATH = "/accounts/{id}/credit_card"
CARD, ADDRESS = "credit_card_", "billing_address_"
AUTHORIZE_NET = "credit_card_authorize_net_payment_profile_token"


class CreditCardBody(Draft):
    """What is stored of a card."""

    credit_card_token: Name
    credit_card_expiration_year: Annotated[int, Whole(0, 9998)]
    credit_card_expiration_month: Annotated[int, Whole(1, 12)]
    billing_address_name: Name
    billing_address_address: Name
    billing_address_city: Name
    billing_address_country: Name
    billing_address_state: ShortText = ""
    billing_address_phone: ShortText = ""
    billing_address_zip: ShortText = ""
    credit_card_partial_number: ShortText = ""
    credit_card_authorize_net_payment_profile_token: ShortText = ""
    payment_method_id: ShortText = ""


def put(ctx: RestContext) -> Account:
    """Store what a payment gateway calls the card of an account."""
    given = ctx.given(CreditCardBody)
    given["profile_token"] = given.pop(AUTHORIZE_NET, "")
    values = {name.removeprefix(CARD).removeprefix(ADDRESS): value for name, value in given.items()}
    return put_card(ctx, ctx.path_id() or 0, values)


def delete(ctx: RestContext) -> Account:
    """Forget the card of an account."""
    return delete_card(ctx, ctx.path_id() or 0)


OPERATIONS = (
    Operation(
        "PUT",
        PATH,
        "Store what a payment gateway calls the card of an account, and where bills go.",
        Permission.FINANCE_EDIT,
        put,
        One(ACCOUNT),
        takes=CreditCardBody,
        wrappers=("account",),
    ),
    Operation(
        "DELETE",
        PATH,
        "Forget the card of an account; its billing address stays.",
        Permission.FINANCE_EDIT,
        delete,
        Gone(),
    ),
)
