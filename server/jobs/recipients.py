"""Who reads a mail: the people of one event, and which of its mails each of them wants."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.events import EventRecord
from server.domain.installation import Installation
from server.domain.messages.preferences import NotificationPreference, is_wanted
from server.domain.provider.providers import Provider
from server.domain.provider.settings import Setting


@dataclass(frozen=True, slots=True)
class Notification:
    """One mail to write. The variables are made late: a one-time link kills earlier ones."""

    template: str
    to: User | None  # None: the address of somebody who is no user yet
    variables: Callable[[], Mapping[str, Any]]
    before: str = ""  # another mail address: that he had before, or that was typed
    mark: str = ""  # before the subject of one that is only tried

    @property
    def recipient(self) -> str:
        """Return where it goes; empty for who has no address."""
        return self.before or (self.to.email if self.to else "")

    @property
    def account_id(self) -> int | None:
        """Return of which account he is; None for the provider's people, and who is none yet."""
        return self.to.account_id if self.to else None


@dataclass(frozen=True, slots=True)
class NotificationContext:
    """What the notifications of one event are written from."""

    db: Session
    installation: Installation
    provider: Provider
    event: EventRecord

    @property
    def account(self) -> Account:
        return self.db.get_one(Account, self.event.account_id)

    def staff(self) -> Iterator[User]:
        """Find the provider's admins."""
        yield from self.admins(None)

    def developers(self) -> Iterator[User]:
        """Find the people of the event's account, but not who did it."""
        for user in self.people():
            if user.id != self.event.user_id:
                yield user

    def people(self) -> Iterator[User]:
        """Find whom of the event's account mails go to: all of it, or its admins alone."""
        settings = self.db.get_one(Setting, self.provider.id)
        yield from self._users(self.event.account_id, admins_only=not settings.email_all_users)

    def admins(self, account_id: int | None) -> Iterator[User]:
        """Find the admins of an account; None means the provider's."""
        yield from self._users(account_id, admins_only=True)

    def wants(self, user: User | None, name: str) -> bool:
        """Return whether somebody wants a mail; what can't be left everybody does."""
        if user is None:
            return True
        chosen = self.db.get(NotificationPreference, user.id)
        return is_wanted(chosen.switches if chosen else {}, name)

    def _users(self, account_id: int | None, *, admins_only: bool) -> Iterator[User]:
        query = select(User).where(
            User.provider_id == self.provider.id,
            User.account_id == account_id,
            User.state != "suspended",
        )
        if admins_only:
            query = query.where(User.role == "admin")
        yield from self.db.exec(query.order_by(col(User.id)))
