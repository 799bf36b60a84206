"""Lists of messages, mails and alerts: what narrows them."""

from dataclasses import dataclass

from sqlmodel import col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.messages.alerts import alerts_query, state_column
from server.actions.messages.messages import copies_query
from server.domain.accounts.accounts import Account
from server.domain.actors import Actor
from server.domain.applications.applications import Application
from server.domain.fields import clean_optional_text
from server.domain.messages.alerts import Alert
from server.domain.messages.mails import Mail
from server.domain.messages.messages import Folder, Message, MessageCopy
from server.domain.permissions import Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageFilter:
    """Which of one's own copies a list holds; what is empty narrows nothing."""

    folder: Folder = Folder.INBOX
    state: str = ""  # unread, read
    search: str = ""  # a part of the subject, the text, or of who wrote it


@dataclass(frozen=True, slots=True, kw_only=True)
class MailFilter:
    """Which mails a list holds; what is empty narrows nothing."""

    state: str = ""
    search: str = ""  # a part of the subject or the address


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertFilter:
    """Which alerts a list holds; what is empty narrows nothing."""

    state: str = ""  # unread, read
    search: str = ""  # a part of the name of the application, or of the metric
    application_id: int | None = None
    service_id: int | None = None


def narrowed_copies(actor: Actor, wanted: MessageFilter) -> SelectOfScalar[MessageCopy]:
    """Select the copies of a list. Raises: Forbidden, Invalid for what no text can hold."""
    query = copies_query(actor, wanted.folder)
    if wanted.state:
        query = query.where(MessageCopy.state == wanted.state)
    search = clean_optional_text(wanted.search, "search")
    if search:
        wrote = select(Account.id).where(
            Account.id == Message.account_id,
            col(Account.org_name).icontains(search, autoescape=True),
        )
        columns = (col(Message.subject), col(Message.body), col(Message.author))
        says = (each.icontains(search, autoescape=True) for each in columns)
        said = select(Message.id).where(
            Message.provider_id == actor.provider_id, or_(*says, wrote.exists())
        )
        query = query.where(col(MessageCopy.message_id).in_(said))
    return query


def narrowed_mails(actor: Actor, wanted: MailFilter) -> SelectOfScalar[Mail]:
    """Select the mails of a list. Raises: Forbidden, Invalid for what no text can hold."""
    actor.require(Permission.SETTINGS_EDIT)
    query = select(Mail).where(Mail.provider_id == actor.provider_id)
    if wanted.state:
        query = query.where(Mail.state == wanted.state)
    search = clean_optional_text(wanted.search, "search")
    if search:
        columns = (col(Mail.subject), col(Mail.recipient))
        query = query.where(or_(*(each.icontains(search, autoescape=True) for each in columns)))
    return query


def narrowed_alerts(actor: Actor, wanted: AlertFilter) -> SelectOfScalar[Alert]:
    """Select the alerts of a list. Raises: Forbidden, Invalid for what no text can hold."""
    query = alerts_query(actor, application_id=wanted.application_id)
    if wanted.state:
        query = query.where(getattr(Alert, state_column(actor)) == wanted.state)
    if wanted.service_id is not None:
        query = query.where(Alert.service_id == wanted.service_id)
    search = clean_optional_text(wanted.search, "search")
    if search:
        named = select(Application.id).where(
            Application.id == Alert.application_id,
            col(Application.name).icontains(search, autoescape=True),
        )
        metric = col(Alert.metric_name).icontains(search, autoescape=True)
        query = query.where(or_(named.exists(), metric))
    return query
