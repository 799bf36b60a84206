"""Accounts and their users."""

from sqlmodel import col, select

from cms.liquid.drops.applications import ApplicationDrop
from cms.liquid.drops.drop import Drop
from cms.liquid.drops.messages import Letter, MessageDrop
from cms.liquid.drops.services import AccountPlanDrop
from server.actions.messages.alerts import count_of
from server.actions.messages.messages import count_unread
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.plans.plans import AccountPlan


class AccountDrop(Drop[Account]):
    """A developer organisation."""

    shows = (
        "id",
        "name",
        "display_name",
        "state",
        "created_at",
        "bought_account_plan",
        "approval_required?",
        "applications",
        "multiple_applications_allowed?",
        "admin",
        "unread_messages",
        "latest_messages",
        "unread_messages_count",
        "unread_alerts_count",
        "edit_url",
    )

    @property
    def name(self) -> str:
        """The organisation's name."""
        return self.model.org_name

    @property
    def display_name(self) -> str:
        """The organisation's name."""
        return self.model.org_name

    @property
    def bought_account_plan(self) -> AccountPlanDrop:
        """The plan that the account is on."""
        return AccountPlanDrop(self._plan, self.data)

    @property
    def approval_required(self) -> bool:
        """Return whether accounts of its plan wait for approval."""
        return self._plan.approval_required

    @property
    def applications(self) -> list[ApplicationDrop]:
        """Its applications, when it is the account that looks."""
        if self.model.id != self.data.account_id:
            return []
        return [ApplicationDrop(row, self.data) for row in self.data.applications]

    @property
    def multiple_applications_allowed(self) -> bool:
        """Return whether it may have several applications."""
        return self.data.settings.multiple_applications

    @property
    def admin(self) -> "UserDrop | None":
        """Its first admin."""
        query = select(User).where(User.account_id == self.model.id, User.role == "admin")
        user = self.data.db.exec(query.order_by(col(User.id))).first()
        return UserDrop(user, self.data) if user else None

    @property
    def unread_messages(self) -> list[MessageDrop]:
        """What the provider wrote and nobody has read, newest first."""
        return [drop for drop in self.latest_messages if drop.unread]

    @property
    def latest_messages(self) -> list[MessageDrop]:
        """What the provider wrote, newest first."""
        if self.model.id != self.data.account_id:
            return []
        found = self.data.latest_messages
        return [MessageDrop(Letter(*row, self.model.org_name), self.data) for row in found]

    @property
    def unread_messages_count(self) -> int:
        """How many messages nobody has read."""
        is_own = self.model.id == self.data.account_id
        data = self.data
        return count_unread(data.db, data.provider.id, self.model.id) if is_own else 0

    @property
    def unread_alerts_count(self) -> int:
        """How many alerts of its applications nobody has read."""
        is_own = self.model.id == self.data.account_id
        return count_of(self.data.db, self.model.id) if is_own else 0

    @property
    def edit_url(self) -> str:
        """The page that changes it."""
        return "/admin/account/edit"

    @property
    def _plan(self) -> AccountPlan:
        return self.data.row(AccountPlan, self.model.account_plan_id)


class UserDrop(Drop[User]):
    """A person who logs in."""

    shows = (
        "id",
        "username",
        "email",
        "name",
        "first_name",
        "last_name",
        "display_name",
        "role",
        "state",
        "admin?",
        "account",
        "edit_url",
    )

    @property
    def name(self) -> str:
        """The full name, or the username when there is none."""
        full = f"{self.model.first_name} {self.model.last_name}".strip()
        return full or self.model.username

    @property
    def display_name(self) -> str:
        """The full name, or the username when there is none."""
        return self.name

    @property
    def admin(self) -> bool:
        """Return whether it is an admin of its account."""
        return self.model.role == "admin"

    @property
    def account(self) -> AccountDrop | None:
        """The account that the user belongs to."""
        if self.model.account_id is None:
            return None
        return AccountDrop(self.data.row(Account, self.model.account_id), self.data)

    @property
    def edit_url(self) -> str:
        """The page that changes it."""
        return "/admin/account/personal_details"
