"""Accounts and their users."""

from sqlmodel import col, select

from cms.liquid.drops.applications import ApplicationDrop
from cms.liquid.drops.drop import Drop
from cms.liquid.drops.fields import FieldsDrop, column_shown, fields_of, plain_text_of
from cms.liquid.drops.services import AccountPlanDrop
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.plans.plans import AccountPlan
from server.domain.provider.field_definitions import FieldTarget


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
        "fields",
        "extra_fields",
        "builtin_fields",
        "fields_plain_text",
        "extra_fields_plain_text",
        "telephone_number",
        "country_name",
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

    def _text_of(self, name: str) -> str:
        found = (each.model.text for each in self.builtin_fields if each.model.name == name)
        return next(found, "")

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
        "fields",
        "extra_fields",
        "builtin_fields",
        "edit_url",
    )

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
    def edit_url(self) -> str:
        """The page that changes it."""
        return "/admin/account/personal_details"

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
