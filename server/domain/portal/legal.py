"""Legal texts of a portal, each version of them, and who accepted which. Source: 2.6, 4.1."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from server.domain.fields import created_at


class TermsKind(StrEnum):
    """What a legal text is for; licences are accepted, the others are read."""

    SIGNUP = "signup_licence"
    SUBSCRIPTION = "service_subscription_licence"
    APPLICATION = "new_application_licence"
    PRIVACY = "privacy_policy"
    REFUNDS = "refund_policy"


class LegalTerms(SQLModel, table=True):
    """One version of a text, in Markdown; the newest holds, an empty one is none."""

    __tablename__ = "legal_terms"
    __table_args__ = (UniqueConstraint("provider_id", "kind", "version"),)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    kind: str  # see TermsKind
    version: int
    text: str = Field(sa_type=Text)
    created_at: datetime = created_at()


class TermsAcceptance(SQLModel, table=True):
    """That somebody accepted a version for his account, and when."""

    __tablename__ = "terms_acceptances"
    __table_args__ = (UniqueConstraint("account_id", "terms_id"),)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    account_id: int = Field(foreign_key="accounts.id")
    terms_id: int = Field(foreign_key="legal_terms.id", index=True)
    user_id: int | None = None  # who did; he may be gone by now
    accepted_at: datetime = created_at()
