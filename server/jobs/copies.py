"""Mails to developers that also come as messages, once for each account. Source: 8.1, 8.3."""

from collections.abc import Mapping

from sqlmodel import select

from server.actions.messages.messages import put_recipient_copy
from server.actions.work import Work
from server.domain.actors import Actor
from server.domain.messages.messages import MOST_LETTER, Message
from server.domain.messages.rendered import RenderedMail
from server.jobs.recipients import Notification, NotificationContext

# template -> how the reference labels the message. Links that open something are in none of them;
# alerts have a page of their own, and what comes as a message is one already.
COPIED: Mapping[str, str] = {
    "cinstance_messenger_accept": "new_app",
    "cinstance_messenger_reject": "cinstance_cancellation",
    "cinstance_messenger_suspended": "app_suspended",
    "cinstance_messenger_plan_change_for_buyer": "plan_change",
    "cinstance_messenger_key_created": "key_created",
    "cinstance_messenger_key_deleted": "key_deleted",
    "plans_messenger_plan_change_request_made": "plan_change_request",
    "plan_change_request_refused": "plan_change_request",
    "service_contract_messenger_accept": "new_contract",
    "service_contract_messenger_suspended": "contract_suspended",
    "service_contract_messenger_reject": "contract_cancellation",
    "cinstance_messenger_expired_trial_period_notification": "trial",
    "service_contract_messenger_expired_trial_period_notification": "trial",
}


def put_inbox_copy(
    ctx: NotificationContext, notification: Notification, rendered: RenderedMail
) -> None:
    """Put what a mail says into the inbox of its account too, unless it is there."""
    label, account_id = COPIED.get(notification.template), notification.account_id
    if label is None or account_id is None:
        return
    there = select(Message.id).where(Message.event_id == ctx.event.id, Message.label == label)
    if ctx.db.exec(there).first() is not None:
        return
    work = Work(ctx.db, Actor.system(ctx.provider.id, "mail"), ctx.installation)
    message = Message(
        provider_id=ctx.provider.id,
        subject=" ".join(rendered.subject.split())[:255],
        body=rendered.text[:MOST_LETTER],
        state="sent",
        label=label,
        event_id=ctx.event.id,
        recipients=1,
        created_at=work.now,
    )
    ctx.db.add(message)
    ctx.db.flush()  # the copy needs its id
    put_recipient_copy(work, message, account_id)
