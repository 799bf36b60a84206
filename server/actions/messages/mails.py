"""What kept mails hold: sealed, and without a one-time link as soon as nobody needs it there."""

import re
from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, select

from server.actions.secrets import may_read
from server.actions.work import Work
from server.domain.accounts.users import OneTimeToken
from server.domain.installation import Installation
from server.domain.messages.mails import Mail
from server.domain.permissions import Permission
from server.kit.crypto import token_digest

CODE = re.compile(r"(?<![0-9a-f])[0-9a-f]{48}(?![0-9a-f])", re.IGNORECASE)  # as `issue_link` makes
REMOVED = "(removed)"
MOST_AT_ONCE = 500
MOST_FAILED = 5
MOST_ATTEMPTS = 10  # at sending one, further and further apart: about four hours


def put_body(
    db: Session, installation: Installation, mail: Mail, body: str, html: str = ""
) -> None:
    """Seal what a mail says, as text and HTML, and note which one-time link is in it."""
    mail.body_sealed = installation.vault.seal(body)
    mail.html_sealed = installation.vault.seal(html) if html else None
    digests = [token_digest(code.lower()) for code in CODE.findall(body)]
    query = select(OneTimeToken.digest).where(col(OneTimeToken.digest).in_(digests))
    mail.link_digest = db.exec(query).first() if digests else None


def body_of(installation: Installation, mail: Mail) -> str:
    """Read what a mail says, to send it; to show it is `shown_body`."""
    return installation.vault.unseal(mail.body_sealed)


def html_of(installation: Installation, mail: Mail) -> str:
    """Read the HTML of a mail, to send it; empty for one that was written as text alone."""
    return installation.vault.unseal(mail.html_sealed) if mail.html_sealed else ""


def shown_body(work: Work, mail: Mail, *, are_kept: bool) -> str:
    """Tell what a mail says; its link only while mails are kept for want of a mail server.

    And only to who may read secrets, as long as the link opens something.
    """
    return _shown(work, mail, body_of(work.installation, mail), are_kept=are_kept)


def shown_html(work: Work, mail: Mail, *, are_kept: bool) -> str:
    """Tell the same of its HTML."""
    return _shown(work, mail, html_of(work.installation, mail), are_kept=are_kept)


def _shown(work: Work, mail: Mail, body: str, *, are_kept: bool) -> str:
    is_for_us = are_kept and mail.state == "kept" and may_read(work.actor, Mail, "body_sealed")
    if mail.link_digest is None:
        return body
    if is_for_us and _live_links(work.db, work.installation, [mail.link_digest]):
        return body
    return CODE.sub(REMOVED, body)


def list_failed_mails(work: Work, account_id: int) -> Sequence[Mail]:
    """List the latest mails to an account that no server took. Raises: Forbidden."""
    work.actor.require(Permission.SETTINGS_EDIT)
    query = select(Mail).where(
        Mail.provider_id == work.actor.provider_id,
        Mail.account_id == account_id,
        Mail.state == "failed",
    )
    return work.db.exec(query.order_by(col(Mail.id).desc()).limit(MOST_FAILED)).all()


def drop_link(installation: Installation, mail: Mail) -> None:
    """Take the one-time link out of a mail that needs it no longer."""
    if mail.link_digest is not None:
        mail.body_sealed = installation.vault.seal(CODE.sub(REMOVED, body_of(installation, mail)))
        if mail.html_sealed:
            html = CODE.sub(REMOVED, html_of(installation, mail))
            mail.html_sealed = installation.vault.seal(html)
        mail.link_digest = None


def drop_links(db: Session, installation: Installation, digests: Sequence[str]) -> None:
    """Take links that are used or replaced out of the mails that were kept with them."""
    for mail in db.exec(select(Mail).where(col(Mail.link_digest).in_(digests))):
        drop_link(installation, mail)


def drop_dead_links(db: Session, installation: Installation) -> int:
    """Take links that open nothing any more out of some mails; tell out of how many."""
    query = select(Mail).where(col(Mail.link_digest).is_not(None)).limit(MOST_AT_ONCE)
    live = col(OneTimeToken.used_at).is_(None), OneTimeToken.expires_at > installation.clock.now()
    opens = select(OneTimeToken.digest).where(*live)
    mails = db.exec(query.where(col(Mail.link_digest).not_in(opens))).all()
    for mail in mails:
        drop_link(installation, mail)
    return len(mails)


def _live_links(db: Session, installation: Installation, digests: Iterable[str]) -> bool:
    query = select(OneTimeToken.id).where(
        col(OneTimeToken.digest).in_(list(digests)),
        col(OneTimeToken.used_at).is_(None),
        OneTimeToken.expires_at > installation.clock.now(),
    )
    return db.exec(query).first() is not None
