"""Messages and alerts, for the account that they went to. Source: reference-portal 2.3."""

from dataclasses import dataclass
from datetime import datetime

from cms.liquid.drops.drop import Drop
from cms.liquid.drops.render_data import RenderData
from server.domain.accounts.accounts import Account
from server.domain.messages.alerts import Alert, message_of
from server.domain.messages.messages import Folder, Message, MessageCopy

FOLDERS = {"inbox": "received", "sent": "sent", "trash": "trash"}


@dataclass(frozen=True, slots=True)
class Letter:
    """One's own copy of a message, with what was written."""

    copy: MessageCopy
    message: Message
    account_name: str = ""  # of the developers who write or read it


class MessageDrop(Drop[Letter]):
    """A message: its text is text, never HTML.

    Example: {% for message in current_account.latest_messages %}{{ message.subject }}
    {% endfor %}
    """

    shows = (
        "id",
        "subject",
        "body",
        "created_at",
        "url",
        "state",
        "unread?",
        "sent?",
        "trashed?",
        "sender",
        "to",
        "recipients",
    )

    def __str__(self) -> str:
        return self.subject

    @property
    def id(self) -> int:
        """The number of one's own copy."""
        return self.model.copy.id

    @property
    def subject(self) -> str:
        """What it is about; how the text begins, where nothing was said."""
        return self.model.message.subject

    @property
    def body(self) -> str:
        """The text."""
        return self.model.message.body

    @property
    def created_at(self) -> datetime:
        """When it was written."""
        return self.model.message.created_at

    @property
    def url(self) -> str:
        """Its page, also what deletes it."""
        return f"/admin/messages/{FOLDERS[self.model.copy.folder]}/{self.model.copy.id}"

    @property
    def state(self) -> str:
        """Whether it was read: unread or read."""
        return self.model.copy.state

    @property
    def unread(self) -> bool:
        """Return whether nobody of the account has read it."""
        return self.model.copy.state == "unread"

    @property
    def sent(self) -> bool:
        """Return whether the account wrote it."""
        return self.model.copy.role == "sender"

    @property
    def trashed(self) -> bool:
        """Return whether it is in the trash."""
        return self.model.copy.folder == "trash"

    @property
    def sender(self) -> str:
        """Who wrote it: the provider's name, or the organisation's with the person's."""
        message = self.model.message
        if message.account_id is None:
            return self.data.provider.name
        who = f" ({message.author})" if message.author else ""
        return f"{self._account_name}{who}"

    @property
    def to(self) -> str:
        """Whom it went to."""
        if self.model.message.account_id is None:
            return self._account_name
        return self.data.provider.name

    @property
    def recipients(self) -> list[str]:
        """The same as a list."""
        return [self.to]

    @property
    def _account_name(self) -> str:
        account_id = self.model.message.account_id or self.data.account_id
        if self.model.account_name or account_id is None:
            return self.model.account_name
        return self.data.row(Account, account_id).org_name


def letter_of(message: Message, data: RenderData) -> MessageDrop:
    """Show a message that is told by mail, before anybody has opened his copy."""
    copy = MessageCopy(
        id=0,
        provider_id=message.provider_id,
        message_id=message.id,
        role="recipient",
        folder=Folder.INBOX,
    )
    return MessageDrop(Letter(copy, message), data)


class AlertDrop(Drop[Alert]):
    """An application that has used a share of a limit.

    Example: {% for alert in application.alerts %}{{ alert.message }}{% endfor %}
    """

    shows = (
        "id",
        "level",
        "message",
        "utilization",
        "timestamp",
        "unread?",
        "state",
        "violation?",
        "application_name",
        "application_url",
        "read_alert_url",
        "delete_alert_url",
        "dom_level",
        "formatted_level",
    )
    says = {
        "level": "How much of the limit that is at least, in percent.",
        "state": "Whether it was read: unread or read.",
    }

    @property
    def message(self) -> str:
        """What was used, such as hits per day: 5 of 5."""
        return message_of(self.model)

    @property
    def utilization(self) -> float:
        """How much of the limit that is; 1.0 is all of it."""
        return self.model.used / self.model.limit_value

    @property
    def timestamp(self) -> datetime:
        """When it was noticed."""
        return self._by_our_clock(self.model.created_at)

    @property
    def unread(self) -> bool:
        """Return whether nobody of the account has read it."""
        return self.model.state == "unread"

    @property
    def violation(self) -> bool:
        """Return whether the limit is used up."""
        return self.model.level >= 100

    @property
    def application_name(self) -> str:
        """The application that used it."""
        found = [row for row in self.data.applications if row.id == self.model.application_id]
        return found[0].name if found else ""

    @property
    def application_url(self) -> str:
        """The page of that application."""
        return f"/admin/applications/{self.model.application_id}"

    @property
    def read_alert_url(self) -> str:
        """What marks it read."""
        return f"{self.application_url}/alerts/{self.model.id}/read"

    @property
    def delete_alert_url(self) -> str:
        """What deletes it."""
        return f"{self.application_url}/alerts/{self.model.id}"

    @property
    def dom_level(self) -> str:
        """A class for its colour, such as above-100."""
        return f"above-{self.model.level}"

    @property
    def formatted_level(self) -> str:
        """Its level in words."""
        return f"≥ {self.model.level} %"


@dataclass(frozen=True, slots=True)
class Optional:
    """A mail that somebody may leave."""

    name: str
    title: str
    wanted: bool
    url: str = ""


class OptionalMailDrop(Drop[Optional]):
    """A mail that one may leave.

    Example: {% for mail in notifications %}{{ mail.title }}{% endfor %}
    """

    shows = ("name", "title", "wanted?", "url")
    says = {"url": "What leaves it, without a login; empty where one is logged in."}

    @property
    def wanted(self) -> bool:
        """Return whether one gets it."""
        return self.model.wanted
