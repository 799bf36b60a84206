"""Mails: written as rows in the transaction that delivers their event, then sent with retries."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from functools import partial
from typing import Protocol

import structlog
from sqlalchemy import CursorResult, update
from sqlmodel import Session, col, select

from server.actions.messages.mails import MOST_ATTEMPTS, body_of, drop_link, html_of, put_body
from server.auth.dependencies import Dependencies
from server.domain.events import EventKind, EventRecord
from server.domain.installation import Installation
from server.domain.messages.mails import Mail
from server.domain.messages.rendered import RenderedMail, RenderMail
from server.domain.provider.providers import Provider
from server.jobs.addresses import ascii_domain, deliverable
from server.jobs.copies import COPIED, put_inbox_copy
from server.jobs.mail_headers import address_of, headers_of, leave_url_of, sender_of
from server.jobs.notifications import notifications_of
from server.jobs.outbox import FollowUp, Listener
from server.jobs.recipients import Notification, NotificationContext
from server.jobs.smtp import NotNow, Refused
from server.kit.redaction import redact

FIRST_DELAY = timedelta(seconds=30)
log = structlog.get_logger("gatehouse.mail")


class Transport(Protocol):
    """Takes mails to where they are delivered from."""

    def send(self, message: EmailMessage) -> None:
        """Hand over one mail. Raises: Refused, NotNow."""


class MailWriter:
    """Writes the mails of events as rows, once for each event, template and recipient."""

    def __init__(
        self,
        installation: Installation,
        render: RenderMail,
        post: Callable[[int], object] | None,
    ) -> None:
        """Keep mails for the admin to read when there is no `post(mail_id)` to send them."""
        self._installation = installation
        self._render = render
        self._post = post

    def listener(self) -> Listener:
        told = {kind for kind in EventKind if kind.mails}
        return Listener(frozenset(told | {EventKind.TEST_MAIL_ASKED}), self.write)

    def write(self, db: Session, event: EventRecord) -> Sequence[FollowUp]:
        """Write the mails of an event; to be done then: send them."""
        provider = db.get_one(Provider, event.provider_id)
        ctx = NotificationContext(db, self._installation, provider, event)
        mails: list[Mail] = []
        for notification in notifications_of(ctx):
            if not notification.recipient and notification.template not in COPIED:
                continue
            if notification.recipient and _is_written(db, event, notification):
                continue
            rendered = self._rendered(ctx, notification)
            if not notification.mark:
                put_inbox_copy(ctx, notification, rendered)
            if notification.recipient and not rendered.is_unwanted:
                mails.append(self._mail(ctx, notification, rendered))
        db.add_all(mails)
        db.flush()  # the senders need the ids
        return [partial(self._post, mail.id) for mail in mails] if self._post else []

    def _rendered(self, ctx: NotificationContext, notification: Notification) -> RenderedMail:
        leave_url = "" if notification.mark else leave_url_of(ctx, notification)
        variables = {**notification.variables(), "leave_url": leave_url}
        rendered = self._render(
            ctx.db, self._installation, ctx.provider, notification.template, variables
        )
        if leave_url:
            headers = {**rendered.headers, "List-Unsubscribe": f"<{leave_url}>"}
            return replace(rendered, headers=headers)
        return rendered

    def _mail(
        self, ctx: NotificationContext, notification: Notification, rendered: RenderedMail
    ) -> Mail:
        provider = ctx.provider
        mail = Mail(
            provider_id=provider.id,
            event_id=ctx.event.id,
            template=notification.template,
            sender=sender_of(provider, self._installation, rendered),
            recipient=notification.recipient,
            subject=f"{notification.mark}{' '.join(rendered.subject.split())}",
            headers=headers_of(provider, rendered),
            account_id=notification.account_id,
            state="queued" if self._post else "kept",
            created_at=self._installation.clock.now(),
        )
        put_body(ctx.db, self._installation, mail, rendered.text, rendered.html)
        return mail


def _is_written(db: Session, event: EventRecord, notification: Notification) -> bool:
    query = select(Mail.id).where(
        Mail.event_id == event.id,
        Mail.template == notification.template,
        Mail.recipient == notification.recipient,
    )
    return db.exec(query).first() is not None


class MailSender:
    """Sends queued mails. Each attempt has a number and is made once, however often asked for.

    A crash between the server's yes and our note repeats the mail, with the same Message-ID.
    """

    def __init__(self, deps: Dependencies, transport: Transport) -> None:
        self._database = deps.database
        self._installation = deps.installation
        self._domain = deps.installation.addresses.domain
        self._transport = transport
        self._in_hand: set[int] = set()

    def queued(self) -> list[tuple[int, int]]:
        """List the ids of unsent mails with the number of their next attempt."""
        query = select(Mail.id, Mail.attempts).where(Mail.state == "queued")
        with self._database.read() as db:
            return [(mail_id, attempts) for mail_id, attempts in db.exec(query)]

    def send(self, mail_id: int, attempt: int) -> timedelta | None:
        """Make one attempt; tell after how long to make the next, or None when all is done."""
        if mail_id in self._in_hand:
            return None
        self._in_hand.add(mail_id)
        try:
            mail = self._claim(mail_id, attempt)
            return self._attempt(mail, attempt) if mail else None
        finally:
            self._in_hand.discard(mail_id)

    def _attempt(self, mail: Mail, attempt: int) -> timedelta | None:
        try:
            self._transport.send(self._message(mail))
        except Refused as error:
            self._note(mail.id, "failed", str(error))
            return None
        except NotNow as error:
            is_last = attempt + 1 >= MOST_ATTEMPTS
            self._note(mail.id, "failed" if is_last else "queued", str(error))
            return None if is_last else FIRST_DELAY * 2**attempt
        self._note(mail.id, "sent")
        return None

    def _claim(self, mail_id: int, attempt: int) -> Mail | None:
        """Take the attempt, unless it was made already or the mail is done with."""
        mine = (
            update(Mail)
            .where(col(Mail.id) == mail_id)
            .where(col(Mail.state) == "queued", col(Mail.attempts) == attempt)
            .values(attempts=attempt + 1)
        )
        with self._database.write() as db:
            result = db.execute(mine)
            taken = isinstance(result, CursorResult) and result.rowcount == 1
            return db.get(Mail, mail_id) if taken else None

    def _note(self, mail_id: int, state: str, error: str = "") -> None:
        error = redact(error)  # a server may repeat what it was told
        if error:
            log.warning("a mail was not taken", mail_id=mail_id, state=state, error=error)
        with self._database.write() as db:
            mail = db.get_one(Mail, mail_id)
            mail.state = state
            mail.error = error
            mail.sent_at = self._installation.clock.now() if state == "sent" else None
            if state != "queued":
                drop_link(self._installation, mail)

    def _message(self, mail: Mail) -> EmailMessage:
        """Make the message. Raises: Refused for an address or subject that is none."""
        message = EmailMessage()
        try:
            message["From"] = _sender(mail.sender)
            message["To"] = deliverable(mail.recipient)
            message["Subject"] = mail.subject
            message["Date"] = format_datetime(mail.created_at)
            message["Message-ID"] = f"<mail.{mail.id}@{ascii_domain(self._domain)}>"
            message["Auto-Submitted"] = "auto-generated"
            for name, value in mail.headers.items():
                message[name] = value
            message.set_content(body_of(self._installation, mail))
            if html := html_of(self._installation, mail):
                message.add_alternative(html, subtype="html")
        except (ValueError, IndexError, MessageError) as error:
            raise Refused(f"The mail can't be written: {error}") from error
        return message


def _sender(written: str) -> Address:
    """Read a sender, its domain as servers take it. Raises: ValueError, Refused."""
    if "\r" in written or "\n" in written:
        raise ValueError("the sender holds a line end")
    name, address = parseaddr(written)
    return address_of(name, deliverable(address))
