"""Developer organisations and their subscriptions."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from server.domain.accounts.billing import AddressLines
from server.domain.attributes import ExtraFields, Flag, Name, ShortText
from server.domain.drafts import Draft
from server.domain.fields import created_at, moment, updated_at
from server.domain.search import MANY_PEOPLE, keep_search_text


class Account(SQLModel, table=True):
    """A developer organisation of a provider; its plan is its account plan."""

    __tablename__ = "accounts"
    __table_args__ = (
        Index("ix_accounts_provider_id_id", "provider_id", "id"),
        Index("ix_accounts_provider_id_state", "provider_id", "state", "id"),
        Index("ix_accounts_provider_id_account_plan_id", "provider_id", "account_plan_id"),
        Index("ix_accounts_provider_id_created_at", "provider_id", "created_at"),
        Index("ix_accounts_provider_id_sort_name", "provider_id", "sort_name", "id"),
        Index(
            "ix_accounts_many_people",
            "provider_id",
            sqlite_where=text(f"beside_text = '{MANY_PEOPLE}'"),
            postgresql_where=text(f"beside_text = '{MANY_PEOPLE}'"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    org_name: str
    state: str = "created"  # see states.ACCOUNT
    account_plan_id: int = Field(foreign_key="account_plans.id")
    wanted_plan_id: int | None = Field(default=None, index=True)  # waits for the provider's word
    created_by_provider: bool = False
    monthly_billing_enabled: bool = True
    monthly_charging_enabled: bool = True
    managed_by: str = ""  # the program that keeps it, as it says itself
    billing_address: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)  # see billing
    extra_fields: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    search_text: str = ""  # see search
    beside_text: str = ""  # written by triggers
    sort_name: str = ""
    deletion_at: datetime | None = moment()
    created_at: datetime = created_at()
    updated_at: datetime = updated_at()


keep_search_text(Account, "org_name")


class ServiceContract(SQLModel, table=True):
    """A subscription of an account to a service, on a service plan."""

    __tablename__ = "service_contracts"
    __table_args__ = (
        UniqueConstraint("account_id", "service_id"),
        Index("ix_service_contracts_trial_due_at", "trial_due_at"),
        Index("ix_service_contracts_provider_id_id", "provider_id", "id"),
        Index("ix_service_contracts_provider_id_account_id", "provider_id", "account_id"),
        Index("ix_service_contracts_provider_id_state", "provider_id", "state"),
        Index("ix_service_contracts_provider_id_service_id", "provider_id", "service_id"),
        Index("ix_service_contracts_provider_id_service_plan_id", "provider_id", "service_plan_id"),
    )

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    account_id: int = Field(foreign_key="accounts.id", index=True)
    service_id: int = Field(foreign_key="services.id", index=True)
    service_plan_id: int = Field(foreign_key="service_plans.id")
    wanted_plan_id: int | None = Field(default=None, index=True)  # waits for the provider's word
    state: str = "live"  # see states.CONTRACT
    trial_ends_at: datetime | None = moment()  # until then a plan that costs is free; see trials
    trial_due_at: datetime | None = moment()  # when there is something to tell of it
    created_at: datetime = created_at()


class AccountDraft(Draft):
    """What a provider or the developers themselves say of an account."""

    org_name: Name
    monthly_billing_enabled: Flag = True
    monthly_charging_enabled: Flag = True
    managed_by: ShortText = ""
    billing_address: AddressLines = {}
    extra_fields: ExtraFields = {}


BY_PROVIDER = frozenset(
    {"monthly_billing_enabled", "monthly_charging_enabled", "managed_by", "billing_address"}
)
