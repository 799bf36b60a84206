"""Cards of accounts, as a payment gateway refers to them: no number, no code, nothing to pay with.

They are stored data only: nothing is charged here. Source: reference-portal 1.1.
"""

import re
from datetime import date, datetime
from typing import Annotated

from sqlmodel import Field, SQLModel

from server.domain.attributes import SECRET, Name, ShortText, Text, Whole
from server.domain.drafts import Draft
from server.domain.errors import Invalid
from server.domain.fields import created_at, sealed, updated_at
from server.domain.permissions import Permission

LAST_DIGITS = re.compile(r"[0-9]{0,4}")
CENTURY = 2000  # of a year that is given with two digits


class CreditCard(SQLModel, table=True):
    """The card of an account: what its payment gateway calls it."""

    __tablename__ = "credit_cards"

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    account_id: int = Field(foreign_key="accounts.id", unique=True)
    token_sealed: bytes = sealed(Permission.FINANCE_EDIT)
    profile_token_sealed: bytes = sealed(Permission.FINANCE_EDIT)
    payment_method_id_sealed: bytes = sealed(Permission.FINANCE_EDIT)
    partial_number: str = ""
    expires_on: date  # the first day of its last month
    created_at: datetime = created_at()
    updated_at: datetime = updated_at()


def _last_digits(text: str, field: str) -> str:
    if not LAST_DIGITS.fullmatch(text.strip()):
        raise Invalid("must be the last four digits: the whole number is not kept.", field=field)
    return text.strip()


class CreditCardDraft(Draft):
    """What is stored of a card, and where bills go."""

    token: Annotated[Name, SECRET]
    profile_token: Annotated[ShortText, SECRET] = ""
    payment_method_id: Annotated[ShortText, SECRET] = ""
    expiration_year: Annotated[int, Whole(0, 9998)]
    expiration_month: Annotated[int, Whole(1, 12)]
    partial_number: Annotated[str, Text(_last_digits)] = ""
    name: Name
    address: Name
    city: Name
    country: Name
    state: ShortText = ""
    phone: ShortText = ""
    zip: ShortText = ""


# What is said of the account's billing address with it.
ADDRESS = {
    "name": "name",
    "address": "address1",
    "city": "city",
    "country": "country",
    "state": "state",
    "phone": "phone",
    "zip": "zip",
}


def expiry_of(draft: CreditCardDraft) -> date:
    """Tell the first day of a card's last month."""
    year = draft.expiration_year
    return date(year if year >= 100 else CENTURY + year, draft.expiration_month, 1)
