"""Messages: each side has a copy, developers write to their provider, nobody reads another's."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from server.actions.accounts.accounts import delete_account
from server.actions.accounts.signup import NewSignup, sign_up
from server.actions.messages import messages as actions
from server.actions.messages.many import MOST_RECIPIENTS, count_reached, send_to_many
from server.actions.messages.messages import MOST_AN_HOUR
from server.actions.provider.providers import NewProvider
from server.actions.work import Work
from server.auth.actors import actor_of_user
from server.auth.dependencies import Dependencies
from server.domain.errors import (
    Blank,
    DomainError,
    Forbidden,
    Invalid,
    LimitReached,
    NotFound,
    TooLong,
)
from server.domain.events import EventRecord
from server.domain.messages.messages import MOST_LETTER, Folder, Message, MessageCopy
from server.domain.permissions import OF_DEVELOPER_ROLE, OF_STAFF_ROLE, Role
from server.jobs.messages import MessageDelivery
from server.kit.clock import FixedClock
from tests.kit.make import staff
from tests.kit.work import by

HELLO = {"subject": "Rain", "body": "Does it <b>rain</b>?"}


def provider_of(db: Session, deps: Dependencies, acme: NewProvider) -> Work:
    return by(db, staff(acme), deps.installation)


def john_of(db: Session, deps: Dependencies, acme: NewProvider) -> Work:
    return by(db, actor_of_user(acme.sample.user), deps.installation)


def account_of(acme: NewProvider) -> int:
    return acme.sample.application.account_id


def folder(work: Work, name: Folder) -> list[MessageCopy]:
    return list(work.db.exec(actions.copies_query(work.actor, name)).all())


def test_what_a_developer_writes_is_unread_with_the_provider_and_sent_with_him(
    db: Session, deps: Dependencies, acme: NewProvider
) -> None:
    john, provider = john_of(db, deps, acme), provider_of(db, deps, acme)

    message = actions.send_message(john, HELLO)

    assert (message.state, message.author, message.account_id) == ("sent", "john", account_of(acme))
    assert message.body == "Does it <b>rain</b>?"
    (mine,) = folder(john, Folder.SENT)
    (theirs,) = folder(provider, Folder.INBOX)
    assert (mine.state, theirs.state) == ("read", "unread")
    assert actions.count_unread(db, acme.provider.id, None) == 1
    assert not folder(john, Folder.INBOX)


def test_an_answer_goes_back_with_re_and_reading_is_noted_once(
    db: Session, deps: Dependencies, acme: NewProvider
) -> None:
    john, provider = john_of(db, deps, acme), provider_of(db, deps, acme)
    actions.send_message(john, HELLO)
    (copy,) = folder(provider, Folder.INBOX)

    actions.mark_message_read(provider, copy.id)
    answer = actions.reply_to_message(provider, copy.id, "No.")
    (got,) = folder(john, Folder.INBOX)
    again = actions.reply_to_message(john, got.id, "Thanks.")

    assert (answer.subject, answer.account_id, answer.reply_to_id) == (
        "Re: Rain",
        None,
        copy.message_id,
    )
    assert again.subject == "Re: Rain"
    assert actions.count_unread(db, acme.provider.id, None) == 1
    assert actions.count_unread(db, acme.provider.id, account_of(acme)) == 1


def test_the_trash_of_one_side_is_nothing_to_the_other(
    db: Session, deps: Dependencies, acme: NewProvider
) -> None:
    john, provider = john_of(db, deps, acme), provider_of(db, deps, acme)
    actions.send_message(john, HELLO)
    (mine,) = folder(john, Folder.SENT)

    actions.trash_message(john, mine.id)
    assert [copy.id for copy in folder(john, Folder.TRASH)] == [mine.id]
    assert actions.restore_message(john, mine.id).folder == "sent"
    actions.trash_message(john, mine.id)

    assert actions.empty_trash(john) == 1
    assert actions.empty_trash(john) == 0
    assert not db.exec(actions.copies_query(john.actor)).all()
    assert len(folder(provider, Folder.INBOX)) == 1
    with pytest.raises(NotFound):
        actions.get_copy(john, mine.id)


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"body": ""}, Blank),
        ({"body": " \n"}, Blank),
        ({"subject": "x"}, Invalid),
        ({"body": "x" * (MOST_LETTER + 1)}, TooLong),
        ({"body": "\x00"}, Invalid),
        ({"subject": "a\nb", "body": "x"}, Invalid),
        ({"subject": "x" * 300, "body": "x"}, TooLong),
    ],
)
def test_what_is_no_message_is_refused_and_nothing_kept(
    db: Session,
    deps: Dependencies,
    acme: NewProvider,
    values: dict[str, str],
    error: type[DomainError],
) -> None:
    with pytest.raises(error):
        actions.send_message(john_of(db, deps, acme), values)

    assert not db.exec(select(Message)).all()


def test_without_a_subject_the_first_words_are_it(
    db: Session, deps: Dependencies, acme: NewProvider
) -> None:
    message = actions.send_message(john_of(db, deps, acme), {"body": "word\n" * 40})

    assert message.subject.startswith("word word")
    assert len(message.subject) == 60


def test_a_developer_writes_so_often_an_hour(
    db: Session, deps: Dependencies, acme: NewProvider
) -> None:
    work = john_of(db, deps, acme)
    for _ in range(MOST_AN_HOUR):
        actions.send_message(work, HELLO)

    with pytest.raises(LimitReached) as refused:
        actions.send_message(work, HELLO)
    later = FixedClock(work.now + timedelta(minutes=61))
    installation = replace(deps.installation, clock=later)
    actions.send_message(by(db, work.actor, installation), HELLO)

    assert 3000 < (refused.value.retry_after_s or 0) <= 3600


def test_nobody_reads_or_writes_for_another(
    db: Session, deps: Dependencies, acme: NewProvider, globex: NewProvider
) -> None:
    john = john_of(db, deps, acme)
    actions.send_message(john, HELLO)
    (mine,) = folder(john, Folder.SENT)
    stranger = by(db, staff(globex), deps.installation)
    other = by(db, actor_of_user(globex.sample.user), deps.installation)
    member = replace(staff(acme), permissions=OF_STAFF_ROLE[Role.MEMBER])

    for work in (stranger, other):
        with pytest.raises(NotFound):
            actions.get_copy(work, mine.id)
        with pytest.raises(NotFound):
            actions.trash_message(work, mine.id)
    with pytest.raises(NotFound):
        actions.send_message(stranger, HELLO, account_of(acme))
    with pytest.raises(Forbidden):
        actions.send_message(by(db, member, deps.installation), HELLO, account_of(acme))
    assert actions.send_message(other, HELLO, account_of(acme)).provider_id == globex.provider.id
    colleague = replace(john.actor, permissions=OF_DEVELOPER_ROLE[Role.MEMBER])
    letter = actions.send_message(by(db, colleague, deps.installation), HELLO)
    assert letter.account_id == account_of(acme)


def accounts(deps: Dependencies, acme: NewProvider, number: int) -> None:
    with deps.database.write() as db:
        for at in range(number):
            name = f"gavin{at}"
            draft = NewSignup(
                org_name=name,
                username=name,
                email=f"{name}@x.example",
                password="six green apples fell down",
            )
            sign_up(provider_of(db, deps, acme), draft, "api")


def test_one_to_many_reaches_each_once_however_often_it_is_delivered(
    deps: Dependencies, acme: NewProvider
) -> None:
    accounts(deps, acme, 60)
    with deps.database.write() as db:
        message = send_to_many(provider_of(db, deps, acme), HELLO)
        assert (message.state, message.recipients) == ("queued", 61)

    delivery = MessageDelivery(deps)
    assert delivery.run() == 1
    assert delivery.run() == 0

    with deps.database.read() as db:
        query = select(MessageCopy.account_id).where(MessageCopy.role == "recipient")
        got = list(db.exec(query).all())
        told = db.exec(select(EventRecord).where(EventRecord.kind == "message.sent")).all()
        assert db.get_one(Message, message.id).state == "sent"
    assert len(got) == len(set(got)) == len(told) == 61


def test_one_to_many_may_be_of_an_api_and_never_of_nobody(
    deps: Dependencies, acme: NewProvider
) -> None:
    accounts(deps, acme, 2)
    with deps.database.write() as db:
        work = provider_of(db, deps, acme)
        of_api = send_to_many(work, HELLO, service_id=acme.sample.service.id)
        assert of_api.recipients == count_reached(work, service_id=acme.sample.service.id) >= 1
        with pytest.raises(Invalid, match="reaches nobody"):
            send_to_many(work, HELLO, service_id=999_999)
    assert MOST_RECIPIENTS == 10_000


def test_an_account_goes_with_its_messages(
    db: Session, deps: Dependencies, acme: NewProvider
) -> None:
    actions.send_message(john_of(db, deps, acme), HELLO)
    provider = provider_of(db, deps, acme)
    actions.send_message(provider, HELLO, account_of(acme))

    delete_account(provider, account_of(acme))
    db.flush()
    db.expire_all()

    assert not db.exec(select(MessageCopy).where(MessageCopy.role == "recipient")).all()
