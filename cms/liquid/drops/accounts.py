"""Accounts and their users."""

from dataclasses import dataclass
from typing import ClassVar

from sqlmodel import col, select

from cms.liquid.drops.applications import ApplicationDrop
from cms.liquid.drops.billing import BillingAddressDrop
from cms.liquid.drops.collection import Collection
from cms.liquid.drops.drop import Drop, number_of
from cms.liquid.drops.errors import FormObject
from cms.liquid.drops.fields import FIELDS, FieldsDrop, column_shown, fields_of, plain_text_of
from cms.liquid.drops.identities import SSOAuthorizationDrop
from cms.liquid.drops.messages import Letter, MessageDrop
from cms.liquid.drops.services import AccountPlanDrop, ServiceContractDrop
from server.actions.messages.alerts import count_of
from server.actions.messages.messages import count_unread
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.plans.plans import AccountPlan
from server.domain.provider.field_definitions import FieldTarget


class ByName(Collection[ApplicationDrop]):
    """Applications, also by their name: they have no system name."""

    key = "name"


class AccountAbilitiesDrop(Drop[Account]):
    """What who looks may do with the account.

    Example: {% if current_account.can.be_updated? %}<a href="/admin/account/edit">Edit</a>
    {% else %}No{% endif %}
    """

    shows = ("be_updated?", "be_deleted?")

    @property
    def be_updated(self) -> bool:
        """Return whether its details may be changed."""
        is_own = number_of(self.model) == self.data.account_id is not None
        return is_own and self.data.settings.useraccountarea_enabled

    @property
    def be_deleted(self) -> bool:
        """Return whether it may be deleted: that is the provider's."""
        return False


class AccountDrop(FormObject[Account]):
    """A developer organisation.

    Example: {{ current_account.name }} is on {{ current_account.bought_account_plan.name }}
    """

    shows = (
        "id",
        "name",
        "display_name",
        "state",
        "created_at",
        "bought_account_plan",
        "paid?",
        "on_trial?",
        "wanted_account_plan",
        "subscribed_services",
        "approval_required?",
        "applications",
        "multiple_applications_allowed?",
        "admin",
        "fields",
        "extra_fields",
        "builtin_fields",
        "fields_plain_text",
        "extra_fields_plain_text",
        "telephone_number",
        "country_name",
        "billing_address",
        "has_billing_address?",
        "unread_messages",
        "latest_messages",
        "unread_messages_count",
        "unread_alerts_count",
        "edit_url",
        "can",
        "errors",
    )
    typed_as = {"name": "org_name", "display_name": "org_name"}
    types = {**FormObject.types, **FIELDS}

    @property
    def name(self) -> str:
        """The organisation's name."""
        return self.model.org_name

    @property
    def display_name(self) -> str:
        """The organisation's name."""
        return self.model.org_name

    @property
    def bought_account_plan(self) -> AccountPlanDrop | None:
        """The plan that the account is on; nothing while it is not made yet."""
        return AccountPlanDrop(self._plan, self.data) if self._plan else None

    @property
    def paid(self) -> bool:
        """Return whether anything that it is on costs something."""
        plans = [application.plan for application in self.applications]
        costs = [plan.model for plan in plans if plan] + ([self._plan] if self._plan else [])
        return not all(plan.is_free for plan in costs)

    @property
    def on_trial(self) -> bool:
        """Return whether an application of it costs something, but not yet."""
        return any(application.trial for application in self.applications)

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
        return self._plan is not None and self._plan.approval_required

    @property
    def can(self) -> AccountAbilitiesDrop:
        """What who looks may do with it."""
        return AccountAbilitiesDrop(self.model, self.data)

    @property
    def applications(self) -> Collection[ApplicationDrop]:
        """Its applications, when it is the account that looks; also by name."""
        if not number_of(self.model) == self.data.account_id is not None:
            return Collection()
        return ByName(ApplicationDrop(row, self.data) for row in self.data.applications)

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
    def fields(self) -> FieldsDrop:
        """All its fields, as the provider ordered them."""
        return fields_of(FieldTarget.ACCOUNT, self.model, self.data)

    @property
    def extra_fields(self) -> FieldsDrop:
        """Those that the provider thought of."""
        return fields_of(FieldTarget.ACCOUNT, self.model, self.data, builtin=False)

    @property
    def builtin_fields(self) -> FieldsDrop:
        """Those that every portal knows."""
        return fields_of(FieldTarget.ACCOUNT, self.model, self.data, builtin=True)

    @property
    def fields_plain_text(self) -> str:
        """All its fields that have a value, one a line."""
        return plain_text_of(self.fields)

    @property
    def extra_fields_plain_text(self) -> str:
        """The same of those that the provider thought of."""
        return plain_text_of(self.extra_fields)

    @property
    def telephone_number(self) -> str:
        """The field of this name, where there is one."""
        return self._text_of("telephone_number")

    @property
    def country_name(self) -> str:
        """The name of the country, where there is such a field."""
        return self._text_of("country")

    @property
    def billing_address(self) -> BillingAddressDrop:
        """Where its bills go, as the provider says."""
        return BillingAddressDrop(self.model, self.data)

    @property
    def has_billing_address(self) -> bool:
        """Return whether anything is said of that."""
        return bool(self.model.billing_address)

    def _text_of(self, name: str) -> str:
        found = (each.model.text for each in self.builtin_fields if each.model.name == name)
        return next(found, "")

    @property
    def _plan(self) -> AccountPlan | None:
        number = number_of(self.model, "account_plan_id")
        return None if number is None else self.data.row(AccountPlan, number)


class UserAbilitiesDrop(Drop[User]):
    """What whoever looks may do with a user, or may do himself when it is his own.

    Example: {% if current_user.can.create_application? %}<a href="/admin/applications/new">New</a>
    {% else %}No{% endif %}
    """

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
        may_several = self.data.settings.multiple_applications or not self.data.applications
        is_offered = any(row.buyers_manage_apps for row in self.data.services)
        return self.data.role == "admin" and may_several and is_offered


@dataclass(frozen=True, slots=True)
class UserRole:
    """A role that a user may have, with what it means."""

    name: str
    description: str


class RoleDrop(Drop[UserRole]):
    """A role that a user may have.

    Example: {% for role in current_user.roles_collection %}{{ role.name }} {% endfor %}
    """

    shows = ("name", "description")


ROLES = (
    UserRole("admin", "Manages applications, keys, plans, the account and its users."),
    UserRole("member", "Sees applications with their keys and usage, and changes nothing."),
)


class UserDrop(FormObject[User]):
    """A person who logs in.

    Example: Hello {{ current_user.display_name }}
    """

    shows: ClassVar[tuple[str, ...]] = (
        "id",
        "username",
        "email",
        "name",
        "first_name",
        "last_name",
        "locale",
        "display_name",
        "role",
        "state",
        "admin?",
        "oauth2?",
        "using_password?",
        "password_required?",
        "account",
        "fields",
        "extra_fields",
        "builtin_fields",
        "roles_collection",
        "can",
        "url",
        "edit_url",
        "suspend_url",
        "unsuspend_url",
        "errors",
    )
    says = {
        "username": "What the user logs in with.",
        "email": "The mail address.",
        "first_name": "The first name.",
        "last_name": "The last name.",
        "role": "`admin` or `member` of its account.",
        "locale": "The language of the mails to the user; empty for that of the portal.",
    }
    types = {**FormObject.types, **FIELDS}

    @property
    def name(self) -> str:
        """The full name, or the username when there is none."""
        full = f"{self.first_name} {self.last_name}".strip()
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
    def oauth2(self) -> bool:
        """Return whether it is connected with a provider of identity."""
        number = number_of(self.model)
        return number is not None and bool(self.data.sso_logins.get(number))

    @property
    def using_password(self) -> bool:
        """Return whether there is a password to log in with."""
        return bool(self.model.password_hash)

    @property
    def password_required(self) -> bool:
        """Return whether a password has to be given: who comes by another login needs none."""
        return not self.oauth2

    @property
    def account(self) -> AccountDrop | None:
        """The account that the user belongs to."""
        if self.model.account_id is None:
            return None
        return AccountDrop(self.data.row(Account, self.model.account_id), self.data)

    @property
    def first_name(self) -> str:
        """The first name, where developers are asked for it."""
        return self._own("first_name")

    @property
    def last_name(self) -> str:
        """The last name, where developers are asked for it."""
        return self._own("last_name")

    def _own(self, name: str) -> str:
        if self.model.account_id is None:
            text: str = getattr(self.model, name)
            return text
        return column_shown(FieldTarget.USER, self.model, name, self.data)

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

    @property
    def fields(self) -> FieldsDrop:
        """All its fields, as the provider ordered them."""
        return fields_of(FieldTarget.USER, self.model, self.data)

    @property
    def extra_fields(self) -> FieldsDrop:
        """Those that the provider thought of."""
        return fields_of(FieldTarget.USER, self.model, self.data, builtin=False)

    @property
    def builtin_fields(self) -> FieldsDrop:
        """Those that every portal knows."""
        return fields_of(FieldTarget.USER, self.model, self.data, builtin=True)


class CurrentUserDrop(UserDrop):
    """Who is logged in.

    Example: {{ current_user.username }}
    """

    shows = (*UserDrop.shows, "sso_authorizations")

    @property
    def sso_authorizations(self) -> list[SSOAuthorizationDrop]:
        """The providers of identity that he is connected with."""
        found = self.data.sso_logins.get(number_of(self.model) or 0, [])
        return [SSOAuthorizationDrop(login, self.data) for login in found]
