"""Groups of accounts, which may see sections that are not public."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from server.domain.attributes import Name
from server.domain.drafts import Draft
from server.domain.fields import created_at, updated_at


class Group(SQLModel, table=True):
    """A group of accounts."""

    __tablename__ = "account_groups"
    __table_args__ = (UniqueConstraint("provider_id", "name"),)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    name: str
    created_at: datetime = created_at()
    updated_at: datetime = updated_at()


class GroupSection(SQLModel, table=True):
    """A section that a group may see."""

    __tablename__ = "account_group_sections"

    group_id: int = Field(foreign_key="account_groups.id", primary_key=True)
    section_id: int = Field(foreign_key="sections.id", primary_key=True, index=True)


class GroupAccount(SQLModel, table=True):
    """An account of a group."""

    __tablename__ = "account_group_accounts"

    account_id: int = Field(foreign_key="accounts.id", primary_key=True)
    group_id: int = Field(foreign_key="account_groups.id", primary_key=True, index=True)


class GroupDraft(Draft):
    """What a group is made of; its sections and accounts are put in one by one."""

    name: Name
