"""Mails are written once and lost never."""

from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from sqlmodel import select

from server.actions.messages.mails import MOST_ATTEMPTS
from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.auth.dependencies import Dependencies
from server.domain.events import EventKind, EventRecord
from server.domain.messages.mails import Mail
from server.domain.messages.rendered import RenderedMail
from server.domain.provider.providers import Provider
from server.jobs.mail import FIRST_DELAY, MailSender, MailWriter
from server.jobs.mail_headers import sender_of
from server.jobs.outbox import Outbox
from server.jobs.smtp import NotNow, Refused, SMTPServer
from tests.kit.make import TEST_VAULT, staff
from tests.kit.work import by
from tests.server.jobs.conftest import Box, PlainRenderer, reject
from tests.server.jobs.mailbox import running_mailbox

JOHN = "admin+test@acme.example"


@pytest.fixture
def posted() -> list[int]:
    return []


@pytest.fixture
def outbox(
    deps: Dependencies, acme: NewProvider, renderer: PlainRenderer, posted: list[int]
) -> Outbox:
    """Make an outbox whose mails are sent, with one rejected account to tell of."""
    mail_writer = MailWriter(deps.installation, renderer, posted.append)
    outbox = Outbox(deps.database, deps.installation.clock, [mail_writer.listener()])
    outbox.sweep()
    reject(deps, acme)
    return outbox


def only_mail(deps: Dependencies) -> Mail:
    with deps.database.write() as db:  # whose rows can be read afterwards
        return db.exec(select(Mail)).one()


def queue_mail(deps: Dependencies, acme: NewProvider, **over: Any) -> int:
    fields: dict[str, Any] = {
        "provider_id": acme.provider.id,
        "template": "account_rejected",
        "sender": "Acme <admin@acme.example>",
        "recipient": JOHN,
        "subject": "Hello",
        "body_sealed": TEST_VAULT.seal("World"),
        **over,
    }
    with deps.database.write() as db:
        mail = Mail(**fields)
        db.add(mail)
        db.flush()
        return mail.id


def test_an_event_becomes_a_mail_that_is_posted(
    deps: Dependencies, outbox: Outbox, posted: list[int]
) -> None:
    outbox.sweep()

    mail = only_mail(deps)
    assert (mail.template, mail.recipient, mail.state) == ("account_rejected", JOHN, "queued")
    assert mail.sender == "Acme <admin@acme.example>"
    assert mail.subject == "About account_rejected"
    assert posted == [mail.id]


def test_a_mail_comes_from_whom_the_settings_say(
    deps: Dependencies, acme: NewProvider, renderer: PlainRenderer
) -> None:
    with deps.database.write() as db:
        changes = {"name": "Weather Office", "from_email": "sky@weather.example"}
        update_settings(by(db, staff(acme)), changes)
    reject(deps, acme)
    mail_writer = MailWriter(deps.installation, renderer, None)

    Outbox(deps.database, deps.installation.clock, [mail_writer.listener()]).sweep()

    assert only_mail(deps).sender == "Weather Office <sky@weather.example>"


def test_without_a_server_mails_are_kept(
    deps: Dependencies, acme: NewProvider, renderer: PlainRenderer
) -> None:
    reject(deps, acme)
    mail_writer = MailWriter(deps.installation, renderer, None)

    Outbox(deps.database, deps.installation.clock, [mail_writer.listener()]).sweep()

    assert only_mail(deps).state == "kept"


def test_an_event_delivered_twice_makes_one_mail(
    deps: Dependencies, outbox: Outbox, posted: list[int]
) -> None:
    outbox.sweep()
    with deps.database.write() as db:  # as if the mark had got lost
        query = select(EventRecord).where(EventRecord.kind == EventKind.ACCOUNT_REJECTED)
        db.exec(query).one().delivered_at = None

    outbox.sweep()

    assert posted == [only_mail(deps).id]


def test_a_provider_without_a_mail_address_writes_as_no_reply(
    deps: Dependencies, acme: NewProvider, outbox: Outbox
) -> None:
    with deps.database.write() as db:
        db.get_one(Provider, acme.provider.id).from_email = ""

    outbox.sweep()

    assert only_mail(deps).sender == "Acme <no-reply@localhost>"


def test_a_sent_mail_is_noted(deps: Dependencies, acme: NewProvider, box: Box) -> None:
    mail_id = queue_mail(deps, acme)

    again = MailSender(deps, box).send(mail_id, 0)

    (message,) = box.messages
    assert again is None
    assert message["To"] == JOHN
    assert message["Subject"] == "Hello"
    assert message["Message-ID"] == f"<mail.{mail_id}@localhost>"
    assert message.get_content() == "World\n"
    mail = only_mail(deps)
    assert (mail.state, mail.attempts, mail.error) == ("sent", 1, "")
    assert mail.sent_at is not None


def test_an_attempt_asked_for_twice_is_made_once(
    deps: Dependencies, acme: NewProvider, box: Box
) -> None:
    mail_id = queue_mail(deps, acme)
    mail_sender = MailSender(deps, box)

    for _ in range(3):
        mail_sender.send(mail_id, 0)

    assert len(box.messages) == 1


def test_a_mail_in_hand_is_not_sent_by_a_second_job(
    deps: Dependencies, acme: NewProvider, box: Box
) -> None:
    mail_id = queue_mail(deps, acme)
    mail_sender = MailSender(deps, box)
    answers: list[timedelta | None] = []
    box.meanwhile = lambda: answers.append(mail_sender.send(*mail_sender.queued()[0]))

    mail_sender.send(mail_id, 0)

    assert answers == [None]
    assert len(box.messages) == 1


def test_a_server_that_is_down_is_tried_again_later_and_later(
    deps: Dependencies, acme: NewProvider, box: Box
) -> None:
    mail_id = queue_mail(deps, acme)
    mail_sender = MailSender(deps, box)
    box.error = NotNow("Connection refused")

    delays = [mail_sender.send(mail_id, attempt) for attempt in range(3)]

    assert delays == [FIRST_DELAY, 2 * FIRST_DELAY, 4 * FIRST_DELAY]
    mail = only_mail(deps)
    assert (mail.state, mail.attempts, mail.error) == ("queued", 3, "Connection refused")
    assert mail_sender.queued() == [(mail_id, 3)]

    box.error = None
    assert mail_sender.send(mail_id, 3) is None
    assert only_mail(deps).state == "sent"


def test_after_the_last_attempt_the_mail_is_kept_as_failed(
    deps: Dependencies, acme: NewProvider, box: Box
) -> None:
    mail_id = queue_mail(deps, acme, attempts=MOST_ATTEMPTS - 1)
    box.error = NotNow("Connection refused")

    again: timedelta | None = MailSender(deps, box).send(mail_id, MOST_ATTEMPTS - 1)

    assert again is None
    mail = only_mail(deps)
    assert (mail.state, mail.error) == ("failed", "Connection refused")


def test_a_refused_mail_fails_at_once(deps: Dependencies, acme: NewProvider, box: Box) -> None:
    mail_id = queue_mail(deps, acme)
    box.error = Refused("550 no such user")

    assert MailSender(deps, box).send(mail_id, 0) is None

    assert (only_mail(deps).state, only_mail(deps).error) == ("failed", "550 no such user")


@pytest.mark.parametrize(
    "over",
    [
        {"subject": "Hello\r\nBcc: victim@example.com"},
        {"recipient": "a@b.example\nBcc: victim@example.com"},
        {"sender": "Acme\r\nX-Evil: 1 <admin@acme.example>"},
    ],
)
def test_no_header_can_be_smuggled_in(
    deps: Dependencies, acme: NewProvider, box: Box, over: dict[str, str]
) -> None:
    mail_id = queue_mail(deps, acme, **over)

    MailSender(deps, box).send(mail_id, 0)

    assert box.messages == []
    assert only_mail(deps).state == "failed"


def test_a_subject_of_several_lines_becomes_one(deps: Dependencies, acme: NewProvider) -> None:
    reject(deps, acme)
    smuggler = RenderedMail("A\r\nBcc: b", "text", headers={"Reply-To": "a@b.example\r\nX: y"})
    mail_writer = MailWriter(deps.installation, lambda *_: smuggler, None)

    Outbox(deps.database, deps.installation.clock, [mail_writer.listener()]).sweep()

    assert only_mail(deps).subject == "A Bcc: b"
    assert only_mail(deps).headers == {"Reply-To": "a@b.example X: y"}


@pytest.mark.parametrize(
    ("given", "sender"),
    [
        ("", "Acme <admin+test@acme.example>"),
        ("The Sky <sky@acme.example>", "The Sky <sky@acme.example>"),
        ("sky@ACME.example", "Acme <sky@ACME.example>"),
        ("The Sky <sky@evil.example>", "The Sky <admin+test@acme.example>"),
        ("The Sky", "The Sky <admin+test@acme.example>"),
    ],
)
def test_a_template_names_a_sender_of_the_providers_domain_alone(
    deps: Dependencies, acme: NewProvider, given: str, sender: str
) -> None:
    own = acme.provider.from_email
    rendered = RenderedMail("s", "t", headers={"From": given} if given else {})

    assert sender_of(acme.provider, deps.installation, rendered) == sender.replace(
        "admin+test@acme.example", own
    )


def test_a_mail_travels_as_text_and_html_with_its_headers(
    deps: Dependencies, acme: NewProvider, renderer: PlainRenderer, box: Box
) -> None:
    renderer.headers = {"Cc": "boss@acme.example", "X-Kind": "news"}
    with deps.database.write() as db:
        changes = {"reply_to_email": "answers@acme.example"}
        update_settings(by(db, staff(acme)), changes)
    reject(deps, acme)
    posted: list[int] = []
    mail_writer = MailWriter(deps.installation, renderer, posted.append)
    Outbox(deps.database, deps.installation.clock, [mail_writer.listener()]).sweep()

    MailSender(deps, box).send(posted[0], 0)

    read = message_from_bytes(box.messages[0].as_bytes(), policy=policy.default)
    assert read.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in read.iter_parts()] == ["text/plain", "text/html"]
    assert (read["Cc"], read["X-Kind"]) == ("boss@acme.example", "news")
    assert read["Reply-To"] == "answers@acme.example"
    html = read.get_body(("html",))
    assert html
    assert html.get_content().startswith("<p>Follow ")


@pytest.mark.parametrize("unicode", [True, False])
@pytest.mark.parametrize(
    ("recipient", "arrives_at"),
    [
        ("u@müller.example", "u@xn--mller-kva.example"),
        ("u@straße.example", "u@xn--strae-oqa.example"),
        ("u@MÜLLER.example", "u@xn--mller-kva.example"),
        ("u@почта.example", "u@xn--80a1acny.example"),
        ("u@plain.example", "u@plain.example"),
    ],
)
def test_a_mail_reaches_an_international_domain(
    deps: Dependencies, acme: NewProvider, unicode: bool, recipient: str, arrives_at: str
) -> None:
    sender = '"Müller, Co" <post@müller.example>'
    queue_mail(deps, acme, recipient=recipient, sender=sender, subject="Grüße")

    with running_mailbox(unicode=unicode) as mailbox:
        server = SMTPServer.of(f"smtp://127.0.0.1:{mailbox.port}", helo="localhost")
        MailSender(deps, server).send(only_mail(deps).id, 0)

    mail = only_mail(deps)
    assert (mail.state, mail.error, mail.recipient) == ("sent", "", recipient)
    (message,) = mailbox.messages
    assert mailbox.recipients == [arrives_at]
    assert message["To"] == arrives_at
    assert message["Subject"] == "Grüße"
    assert message["From"].addresses[0].addr_spec == "post@xn--mller-kva.example"
    assert message["From"].addresses[0].display_name == "Müller, Co"


def test_a_letter_that_only_such_servers_take_is_told_in_clear_words(
    deps: Dependencies, acme: NewProvider
) -> None:
    queue_mail(deps, acme, recipient="jö@müller.example")

    with running_mailbox(unicode=False) as mailbox:
        server = SMTPServer.of(f"smtp://127.0.0.1:{mailbox.port}", helo="localhost")
        MailSender(deps, server).send(only_mail(deps).id, 0)

    mail = only_mail(deps)
    assert mail.state == "failed"
    assert "SMTPUTF8" in mail.error


def test_a_domain_that_cannot_be_is_refused(
    deps: Dependencies, acme: NewProvider, box: Box
) -> None:
    queue_mail(deps, acme, recipient=f"u@{'ü' * 100}.example")

    MailSender(deps, box).send(only_mail(deps).id, 0)

    assert only_mail(deps).state == "failed"
    assert "no such domain" in only_mail(deps).error


def test_a_provider_may_write_from_an_international_domain(
    deps: Dependencies, acme: NewProvider, outbox: Outbox, box: Box
) -> None:
    with deps.database.write() as db:
        provider = db.get_one(Provider, acme.provider.id)
        provider.name, provider.from_email = "Müller, Co", "post@müller.example"

    outbox.sweep()
    MailSender(deps, box).send(only_mail(deps).id, 0)

    assert only_mail(deps).sender == '"Müller, Co" <post@müller.example>'
    (message,) = box.messages
    assert message["From"].addresses[0].addr_spec == "post@xn--mller-kva.example"
