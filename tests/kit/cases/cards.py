"""Cases and races of cards of accounts."""

from sqlmodel import select

from server.actions.accounts.credit_cards import delete_card, put_card
from server.actions.work import Work
from server.domain.accounts.credit_cards import CreditCard
from server.domain.events import EventKind as Kind
from tests.kit.cases.case import case
from tests.kit.cases.race import Race
from tests.kit.world import World

CARD = {
    "token": "cus_1",
    "expiration_year": 30,
    "expiration_month": 12,
    "partial_number": "1234",
    "name": "John Doe",
    "address": "Main Street 1",
    "city": "Springfield",
    "country": "US",
}


def _put(work: Work, world: World, number: int = 1) -> object:
    return put_card(work, world.account_id, {**CARD, "token": f"cus_{number}"})


CARDS = (
    case(put_card, _put, Kind.ACCOUNT_UPDATED),
    case(
        delete_card,
        lambda work, w: delete_card(work, w.account_id),
        Kind.ACCOUNT_UPDATED,
        before=_put,
    ),
)
RACES_OF_CARDS = (
    Race(
        name="one card of an account",
        act=_put,
        wins=16,
        claim=lambda db, _: len(db.exec(select(CreditCard.id)).all()) == 1,
        holds=("credit_cards.account_id",),
    ),
)
