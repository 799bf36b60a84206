"""Accounts, their users and invitations."""

from dataclasses import dataclass

from sqlmodel import col, select

from cms.liquid.drops.applications import ApplicationDrop
from cms.liquid.drops.drop import Drop
from cms.liquid.drops.services import AccountPlanDrop, ServiceContractDrop
from server.domain.accounts.accounts import Account
from server.domain.accounts.invitations import Invitation
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
        "wanted_account_plan",
        "subscribed_services",
        "approval_required?",
        "applications",
        "multiple_applications_allowed?",
        "admin",
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
    def wanted_account_plan(self) -> AccountPlanDrop | None:
        """The plan that was asked for and that the provider has said nothing about yet."""
        if self.model.wanted_plan_id is None:
            return None
        return AccountPlanDrop(self.data.row(AccountPlan, self.model.wanted_plan_id), self.data)

    @property
    def subscribed_services(self) -> list[ServiceContractDrop]:
        """Its subscriptions, when it is the account that looks."""
        if self.model.id != self.data.account_id:
            return []
        return [ServiceContractDrop(row, self.data) for row in self.data.contracts.values()]

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
    def edit_url(self) -> str:
        """The page that changes it."""
        return "/admin/account/edit"

    @property
    def _plan(self) -> AccountPlan:
        return self.data.row(AccountPlan, self.model.account_plan_id)


class UserAbilitiesDrop(Drop[User]):
    """What whoever looks may do with a user, or may do himself when it is his own."""

    shows = (
        "be_managed?",
        "be_update_role?",
        "be_destroyed?",
        "be_suspended?",
        "invite_users?",
        "create_application?",
    )

    @property
    def be_managed(self) -> bool:
        """Return whether it is a user whom who looks may change."""
        is_of_account = self.model.account_id == self.data.account_id
        return is_of_account and self.invite_users

    @property
    def be_update_role(self) -> bool:
        """Return whether its role may be changed."""
        return self.be_managed and self.model.id != self.data.user_id

    @property
    def be_destroyed(self) -> bool:
        """Return whether it may be deleted."""
        return self.be_update_role

    @property
    def be_suspended(self) -> bool:
        """Return whether it may be locked out, or let in again."""
        return self.be_update_role

    @property
    def invite_users(self) -> bool:
        """Return whether who looks may invite others and manage them."""
        settings = self.data.settings
        allowed = settings.multiple_users and settings.useraccountarea_enabled
        return self.data.role == "admin" and allowed

    @property
    def create_application(self) -> bool:
        """Return whether who looks may create an application."""
        is_first = self.data.settings.multiple_applications or not self.data.applications
        return self.data.role == "admin" and is_first


class InvitationDrop(Drop[Invitation]):
    """An invitation into the account. Source: reference-portal 2.3."""

    shows = (
        "id",
        "email",
        "state",
        "accepted?",
        "expired?",
        "accepted_at",
        "sent_at",
        "expires_at",
        "resend_url",
        "url",
    )

    @property
    def state(self) -> str:
        """What became of it: open, expired or accepted."""
        return self.model.state_at(self.data.now)

    @property
    def accepted(self) -> bool:
        """Return whether somebody joined by it."""
        return self.model.accepted_at is not None

    @property
    def expired(self) -> bool:
        """Return whether its link opens nothing any more."""
        return self.state == "expired"

    @property
    def url(self) -> str:
        """What withdraws it."""
        return f"/admin/account/invitations/{self.model.id}"

    @property
    def resend_url(self) -> str:
        """What sends it again."""
        return f"{self.url}/resend"


@dataclass(frozen=True, slots=True)
class UserRole:
    """A role that a user may have, with what it means."""

    name: str
    description: str


class RoleDrop(Drop[UserRole]):
    """A role that a user may have."""

    shows = ("name", "description")


ROLES = (
    UserRole("admin", "Manages applications, keys, plans, the account and its users."),
    UserRole("member", "Sees applications with their keys and usage, and changes nothing."),
)


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
        "roles_collection",
        "can",
        "url",
        "edit_url",
        "suspend_url",
        "unsuspend_url",
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
    def roles_collection(self) -> list[RoleDrop]:
        """The roles that it may have."""
        return [RoleDrop(role, self.data) for role in ROLES]

    @property
    def can(self) -> UserAbilitiesDrop:
        """What may be done with it; of who looks, what he may do."""
        return UserAbilitiesDrop(self.model, self.data)

    @property
    def url(self) -> str:
        """What changes or deletes it."""
        return f"/admin/account/users/{self.model.id}"

    @property
    def edit_url(self) -> str:
        """The page that changes it."""
        is_own = self.model.id == self.data.user_id
        return "/admin/account/personal_details" if is_own else f"{self.url}/edit"

    @property
    def suspend_url(self) -> str:
        """What locks it out."""
        return f"{self.url}/suspend"

    @property
    def unsuspend_url(self) -> str:
        """What lets it in again."""
        return f"{self.url}/unsuspend"
