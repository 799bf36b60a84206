"""Cases of messages, alerts and mails."""

from datetime import UTC, datetime

from server.actions.messages import examples, limits_reached, many, messages
from server.actions.services.metrics import list_metrics
from server.actions.work import Work
from server.domain.events import EventKind as Kind
from server.domain.messages.messages import Folder
from tests.kit.cases.case import case, keeps
from tests.kit.world import World

HELLO = {"subject": "Rain", "body": "Does it rain?"}


def _written(work: Work, world: World) -> int:
    messages.send_message(world.developer(work.db), HELLO)
    return work.db.exec(messages.copies_query(work.actor, Folder.INBOX)).one().id


def _reached(work: Work, world: World) -> limits_reached.Reached:
    metric = list_metrics(work.db, world.service_id)[0]
    return limits_reached.Reached(
        world.acme.provider.id,
        world.account_id,
        world.application_id,
        world.service_id,
        metric.id,
        "Hits",
        "day",
        datetime(2026, 11, 21, tzinfo=UTC),
        5,
        4,
    )


MESSAGES = (
    case(
        messages.send_message,
        lambda work, w: messages.send_message(work, HELLO, w.account_id),
        Kind.MESSAGE_SENT,
    ),
    case(
        messages.send_message,
        lambda work, w: messages.send_message(w.developer(work.db), HELLO),
        Kind.MESSAGE_SENT,
        note="to the provider",
    ),
    case(
        messages.reply_to_message,
        lambda work, w: messages.reply_to_message(work, w.kept["copy"], "No."),
        Kind.MESSAGE_SENT,
        before=keeps("copy", _written),
    ),
    case(
        many.send_to_many,
        lambda work, _: many.send_to_many(work, HELLO),
        Kind.MESSAGE_QUEUED,
    ),
    case(
        limits_reached.note_reached,
        lambda work, w: limits_reached.note_reached(work, [_reached(work, w)]),
        Kind.LIMIT_REACHED,
    ),
    case(
        examples.ask_for_test_mail,
        lambda work, w: examples.ask_for_test_mail(work, "account_approved"),
        Kind.TEST_MAIL_ASKED,
    ),
)
