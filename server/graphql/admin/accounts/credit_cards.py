"""Cards of accounts: stored and forgotten."""

from dataclasses import fields

import strawberry

from server.actions.accounts.credit_cards import delete_card, put_card
from server.domain.permissions import Permission
from server.graphql.admin.accounts.accounts import AccountPayload, AccountType
from server.graphql.context import Info
from server.graphql.ids import parse_id
from server.graphql.mutations import IdInput, mutation
from server.graphql.topics import Topic

OF_REQUEST = {each.name for each in fields(IdInput)}  # what is no part of a card


@strawberry.input(description="What a payment gateway calls the card, and where bills go.")
class AccountCreditCardPutInput(IdInput):
    token: str = strawberry.field(description="What the gateway knows the account by. A secret.")
    profile_token: str = ""
    payment_method_id: str = ""
    expiration_year: int
    expiration_month: int
    partial_number: str = strawberry.field(default="", description="The last four digits.")
    name: str
    address: str
    city: str
    country: str
    state: str = ""
    phone: str = ""
    zip: str = ""


@strawberry.type
class CreditCardMutations:
    @mutation(AccountPayload, Permission.FINANCE_EDIT)
    def account_credit_card_put(
        self, info: Info, input: AccountCreditCardPutInput
    ) -> AccountPayload:
        """Store the card of an account, in the place of the one before."""
        values = {name: value for name, value in vars(input).items() if name not in OF_REQUEST}
        with info.context.write() as work:
            row = put_card(work, parse_id(input.id, "Account"), values)
        return AccountPayload(account=AccountType.of(row))

    @mutation(AccountPayload, Permission.FINANCE_EDIT)
    def account_credit_card_delete(self, info: Info, input: IdInput) -> AccountPayload:
        """Forget the card of an account; its billing address stays."""
        with info.context.write() as work:
            row = delete_card(work, parse_id(input.id, "Account"))
        return AccountPayload(account=AccountType.of(row))


TOPIC = Topic(mutations=CreditCardMutations)
