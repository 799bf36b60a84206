"""Mails reach a real SMTP server, or the right error comes back."""

import ssl
import subprocess
from email.message import EmailMessage
from pathlib import Path

import pytest

from server.jobs.smtp import NotNow, Refused, SMTPServer
from tests.kit.services import free_port
from tests.server.jobs.mailbox import running_mailbox


def message(**headers: str) -> EmailMessage:
    made = EmailMessage()
    fields = {"From": "a@a.example", "To": "jö@b.example", "Subject": "Grüße", **headers}
    for name, value in fields.items():
        made[name] = value
    made.set_content("Schöne Grüße.")
    return made


def server_at(port: int, login: str = "") -> SMTPServer:
    return SMTPServer.of(f"smtp://{login}127.0.0.1:{port}", helo="localhost")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """Make a certificate that nobody signed."""
    folder: Path = tmp_path_factory.mktemp("tls")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=relay"]
        + ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context


def test_a_mail_arrives_as_it_was_written() -> None:
    with running_mailbox() as mailbox:
        server_at(mailbox.port).send(message())

    (arrived,) = mailbox.messages
    assert arrived["To"] == "jö@b.example"
    assert arrived["Subject"] == "Grüße"
    assert arrived.get_content().strip() == "Schöne Grüße."
    assert mailbox.encrypted == [False]


def test_it_logs_in_with_the_name_of_the_url() -> None:
    with running_mailbox(login=True) as mailbox:
        server_at(mailbox.port, "me:se%2Fcret@").send(message())

    assert mailbox.logins == ["me:se/cret"]
    assert len(mailbox.messages) == 1


def test_a_wrong_password_is_tried_again_when_it_may_be_mended() -> None:
    with running_mailbox(login=True) as mailbox, pytest.raises(NotNow, match="Authentication"):
        server_at(mailbox.port, "me:wrong@").send(message())


def test_starttls_is_used_when_offered(certificate: ssl.SSLContext) -> None:
    with running_mailbox(tls=certificate) as mailbox:
        server_at(mailbox.port).send(message())

    assert mailbox.encrypted == [True]


def test_a_password_is_not_shown_to_a_server_with_a_certificate_of_nobody(
    certificate: ssl.SSLContext,
) -> None:
    with (
        running_mailbox(tls=certificate, login=True) as mailbox,
        pytest.raises(NotNow, match="CERTIFICATE_VERIFY_FAILED"),
    ):
        server_at(mailbox.port, "me:se%2Fcret@").send(message())

    assert mailbox.logins == []


@pytest.mark.parametrize(
    ("reply", "error"), [("550 no such user", Refused), ("450 mailbox busy", NotNow)]
)
def test_the_reply_to_a_recipient_decides(reply: str, error: type[Exception]) -> None:
    with running_mailbox() as mailbox:
        mailbox.to_recipient = reply
        with pytest.raises(error, match=reply[:3]):
            server_at(mailbox.port).send(message())


@pytest.mark.parametrize(("reply", "error"), [("554 spam", Refused), ("451 local error", NotNow)])
def test_the_reply_to_the_data_decides(reply: str, error: type[Exception]) -> None:
    with running_mailbox() as mailbox:
        mailbox.to_data = reply
        with pytest.raises(error, match=reply[:3]):
            server_at(mailbox.port).send(message())


def test_no_server_means_not_now() -> None:
    with pytest.raises(NotNow, match="ConnectionRefusedError"):
        server_at(free_port()).send(message())


def test_a_url_without_port_means_the_usual_one() -> None:
    plain = SMTPServer.of("smtp://mail.example", helo="x")
    encrypted = SMTPServer.of("smtps://me:p%40ss@mail.example", helo="x")

    assert (plain.port, plain.tls_from_start) == (25, False)
    assert (encrypted.port, encrypted.tls_from_start, encrypted.password) == (465, True, "p@ss")
    assert "p@ss" not in repr(encrypted)
