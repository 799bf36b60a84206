"""Cards of accounts: stored and forgotten. Nothing is charged."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session, col, select

from server.actions.accounts.accounts import get_account
from server.actions.rows import hold
from server.actions.secrets import seal_value
from server.actions.work import Work
from server.domain.accounts.accounts import Account
from server.domain.accounts.billing import GIVEN, put_together
from server.domain.accounts.credit_cards import ADDRESS, CreditCard, CreditCardDraft, expiry_of
from server.domain.drafts import parse
from server.domain.events import HIDDEN, Event, EventKind
from server.domain.permissions import Permission

SECRETS = ("token", "profile_token", "payment_method_id")


def cards_by_account(db: Session, account_ids: Sequence[int]) -> dict[int, CreditCard]:
    """Read the cards of accounts that the caller may see. Cost: one statement."""
    query = select(CreditCard).where(col(CreditCard.account_id).in_(account_ids))
    return {card.account_id: card for card in db.exec(query)}


def put_card(work: Work, account_id: int, values: Mapping[str, Any]) -> Account:
    """Store the card of an account and its billing address, in the place of those before.

    Raises: NotFound, Invalid.
    """
    account = _held(work, account_id)
    draft = parse(CreditCardDraft, values)
    card = cards_by_account(work.db, [account.id]).get(account.id)
    known = card is not None
    if card is None:
        card = CreditCard(
            provider_id=account.provider_id, account_id=account.id, expires_on=expiry_of(draft)
        )
    for name in SECRETS:
        sealed = seal_value(work.installation.vault, getattr(draft, name))
        setattr(card, f"{name}_sealed", sealed)
    card.partial_number, card.expires_on = draft.partial_number, expiry_of(draft)
    before = dict(account.billing_address)
    lines = {line: getattr(draft, name) for name, line in ADDRESS.items()}
    account.billing_address = put_together({}, lines)
    work.db.add(account)
    work.db.add(card)
    work.db.flush()  # the account is shown with it
    changes: dict[str, list[Any]] = {"credit_card": [HIDDEN if known else None, HIDDEN]}
    if account.billing_address != before:
        changes[GIVEN] = [before, account.billing_address]
    _tell(work, account, changes)
    return account


def delete_card(work: Work, account_id: int) -> Account:
    """Forget the card of an account, if there is one; its billing address stays.

    Raises: NotFound.
    """
    account = _held(work, account_id)
    card = cards_by_account(work.db, [account.id]).get(account.id)
    if card is not None:
        work.db.delete(card)
        work.db.flush()
        _tell(work, account, {"credit_card": [HIDDEN, None]})
    return account


def _held(work: Work, account_id: int) -> Account:
    work.actor.require(Permission.FINANCE_EDIT)
    return hold(work.db, get_account(work, account_id))


def _tell(work: Work, account: Account, changes: dict[str, list[Any]]) -> None:
    work.record(
        Event(EventKind.ACCOUNT_UPDATED, account.id, account_id=account.id, changes=changes)
    )
