"""Legal texts: new versions of them, what holds now, and accepting it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from server.actions.rows import hold, save
from server.actions.work import Work
from server.domain.accounts.accounts import Account
from server.domain.errors import Invalid
from server.domain.events import Event, EventKind
from server.domain.portal.legal import LegalTerms, TermsAcceptance, TermsKind

FIELD = "accepted_terms"


def find_terms(db: Session, provider_id: int, kind: TermsKind) -> LegalTerms | None:
    """Find the version of a text that holds now; None where there is none. Cost: one query."""
    newest = select(LegalTerms).where(
        LegalTerms.provider_id == provider_id, LegalTerms.kind == kind.value
    )
    terms = db.exec(newest.order_by(col(LegalTerms.version).desc())).first()
    return terms if terms is not None and terms.text else None


def list_terms(db: Session, provider_id: int) -> dict[str, str]:
    """Read the texts that hold now, by kind; an empty one is none. Cost: one query."""
    versions = select(LegalTerms).where(LegalTerms.provider_id == provider_id)
    found = dict.fromkeys((kind.value for kind in TermsKind), "")
    for terms in db.exec(versions.order_by(col(LegalTerms.version))):
        found[terms.kind] = terms.text
    return found


def is_said(kind: TermsKind, provider_id: Any) -> Any:
    """Write the part of a query that tells whether there is such a text today."""
    newest = select(LegalTerms.text).where(
        LegalTerms.provider_id == provider_id, LegalTerms.kind == kind.value
    )
    text = newest.order_by(col(LegalTerms.version).desc()).limit(1).scalar_subquery()
    return func.coalesce(text, "") != ""


def put_terms(work: Work, wanted: Mapping[str, str]) -> dict[str, list[Any]]:
    """Make a new version of each text that is another than what holds; tell what changed."""
    standing = list_terms(work.db, work.actor.provider_id) if wanted else {}
    changed: dict[str, list[Any]] = {}
    for kind, text in wanted.items():
        if text != standing[kind]:
            last = select(func.max(LegalTerms.version)).where(
                LegalTerms.provider_id == work.actor.provider_id, LegalTerms.kind == kind
            )
            version = (work.db.exec(last).one() or 0) + 1
            terms = LegalTerms(
                provider_id=work.actor.provider_id, kind=kind, version=version, text=text
            )
            save(work.db, terms, unique=kind)
            changed[kind] = [f"version {version - 1}", f"version {version}"]
    return changed


def accept_terms(work: Work, kind: TermsKind, account: Account, version: int | None) -> None:
    """Note that an account accepts what holds now, if there is something; `version` was shown.

    Raises: Invalid when nothing, or another version than the one of today, is accepted.
    """
    terms = find_terms(work.db, account.provider_id, kind)
    if terms is None:
        return
    if version != terms.version:
        check_terms(work.db, account.provider_id, kind, version)
    hold(work.db, account)
    if has_accepted(work.db, account.id, terms):
        return
    accepted = TermsAcceptance(
        provider_id=account.provider_id,
        account_id=account.id,
        terms_id=terms.id,
        user_id=work.actor.user_id,
        accepted_at=work.now,
    )
    save(work.db, accepted, unique=FIELD)
    facts = {"kind": kind.value, "version": terms.version}
    event = Event(EventKind.TERMS_ACCEPTED, account.id, account_id=account.id, facts=facts)
    work.record(event)


def check_terms(db: Session, provider_id: int, kind: TermsKind, version: int | None) -> None:
    """Refuse what does not accept the version of today. Raises: Invalid."""
    terms = find_terms(db, provider_id, kind)
    if terms is None or version == terms.version:
        return
    if version is None:
        raise Invalid("must be accepted. Read them, then tick the box.", field=FIELD)
    raise Invalid("have changed meanwhile. Read them again, then tick the box.", field=FIELD)


def require_terms(work: Work, kind: TermsKind, account: Account) -> None:
    """Refuse an account that has not accepted what holds now. Raises: Invalid."""
    terms = find_terms(work.db, account.provider_id, kind)
    if terms is not None and not has_accepted(work.db, account.id, terms):
        raise Invalid("must be accepted. Read them, then tick the box.", field=FIELD)


def has_accepted(db: Session, account_id: int | None, terms: LegalTerms) -> bool:
    """Return whether an account accepted this very version."""
    query = select(TermsAcceptance.id).where(
        TermsAcceptance.account_id == account_id, TermsAcceptance.terms_id == terms.id
    )
    return db.exec(query).first() is not None
