"""Handing a mail to an SMTP server."""

import smtplib
import ssl
from contextlib import closing, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Self
from urllib.parse import unquote, urlsplit

TIMEOUT_S = 15
SMTP_PORT, SUBMISSION_TLS_PORT = 25, 465


class Refused(Exception):
    """The server will never take this mail; trying again is of no use."""


class NotNow(Exception):
    """No server, or one that can't take mails now; try again later."""


@dataclass(frozen=True, slots=True)
class SMTPServer:
    """A mail server to submit to, as the settings name it."""

    host: str
    port: int
    tls_from_start: bool = False
    username: str = ""
    password: str = field(default="", repr=False)
    helo: str = "localhost"

    @classmethod
    def of(cls, url: str, *, helo: str) -> Self:
        """Read `smtp://user:password@host:587` or `smtps://…`."""
        parts = urlsplit(url)
        tls = parts.scheme == "smtps"
        return cls(
            host=parts.hostname or "",
            port=parts.port or (SUBMISSION_TLS_PORT if tls else SMTP_PORT),
            tls_from_start=tls,
            username=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            helo=helo,
        )

    def send(self, message: EmailMessage) -> None:
        """Submit one mail. Raises: Refused, NotNow."""
        try:
            server = self._connect()
        except (OSError, ValueError) as error:  # a wrong setting too: it can be mended
            raise NotNow(f"{type(error).__name__}: {error}") from error
        with closing(server):
            try:
                server.send_message(message)
            except smtplib.SMTPRecipientsRefused as error:
                raise _refused_recipients(error) from error
            except smtplib.SMTPDataError as error:
                raise (Refused if error.smtp_code >= 500 else NotNow)(str(error)) from error
            except smtplib.SMTPNotSupportedError as error:
                raise Refused(str(error)) from error
            except OSError as error:
                raise NotNow(f"{type(error).__name__}: {error}") from error
            except ValueError as error:
                raise Refused(str(error)) from error
            with suppress(OSError):
                server.quit()  # the mail is taken already, whatever becomes of the goodbye

    def _connect(self) -> smtplib.SMTP:
        """Open a session, encrypted when the server can, logged in when we have a name."""
        if self.tls_from_start:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, self.helo, timeout=TIMEOUT_S, context=self._tls()
            )
        else:
            server = smtplib.SMTP(self.host, self.port, self.helo, timeout=TIMEOUT_S)
        try:
            server.ehlo_or_helo_if_needed()
            if not self.tls_from_start and server.has_extn("starttls"):
                server.starttls(context=self._tls())
                server.ehlo()
            if self.username:
                server.login(self.username, self.password)
        except BaseException:
            server.close()
            raise
        return server

    def _tls(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if not self.tls_from_start and not self.username:
            # Opportunistic encryption: a local relay has a certificate that nobody signed, and
            # without TLS the mail would go in clear. A password is never shown to such a server.
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context


def _refused_recipients(error: smtplib.SMTPRecipientsRefused) -> Refused | NotNow:
    replies = list(error.recipients.values())
    text = ", ".join(f"{code} {reply!r}" for code, reply in replies)
    return Refused(text) if all(code >= 500 for code, _reply in replies) else NotNow(text)
