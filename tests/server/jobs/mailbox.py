"""A real SMTP server for tests, on a free port, that keeps what it takes."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from tests.kit.services import free_port


class Mailbox:
    """Keeps messages; `replies` are what it says to recipients and to data."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.logins: list[str] = []
        self.encrypted: list[bool] = []
        self.recipients: list[str] = []
        self.to_recipient = "250 OK"
        self.to_data = "250 OK"
        self.port = 0

    async def handle_RCPT(  # noqa: N802 - aiosmtpd calls it so
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if self.to_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
            self.recipients.append(address)
        return self.to_recipient

    async def handle_DATA(  # noqa: N802 - aiosmtpd calls it so
        self, _server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.to_data.startswith("250"):
            content = envelope.content if isinstance(envelope.content, bytes) else b""
            self.messages.append(message_from_bytes(content, policy=policy.default))
            self.encrypted.append(session.ssl is not None)
        return self.to_data

    def login(
        self, _server: Any, _session: Any, _envelope: Any, _kind: Any, data: Any
    ) -> AuthResult:
        self.logins.append(f"{data.login.decode()}:{data.password.decode()}")
        return AuthResult(success=data.password == b"se/cret", handled=False)


@contextmanager
def running_mailbox(
    *,
    port: int | None = None,
    tls: ssl.SSLContext | None = None,
    login: bool = False,
    unicode: bool = True,
) -> Iterator[Mailbox]:
    """Run a server; with a TLS context it offers STARTTLS, with `login` a login.

    Without `unicode` it takes addresses in ASCII only.
    """
    mailbox = Mailbox()
    mailbox.port = port or free_port()
    controller = Controller(
        mailbox,
        hostname="127.0.0.1",
        port=mailbox.port,
        tls_context=tls,
        authenticator=mailbox.login if login else None,
        auth_require_tls=False,
        enable_SMTPUTF8=unicode,
    )
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()
