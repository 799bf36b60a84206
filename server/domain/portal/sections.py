"""Sections: a tree of content. Who may see a page or file is said of the section it is in."""

from datetime import datetime
from typing import Annotated

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from server.domain.attributes import (
    FIXED,
    Flag,
    Id,
    MadeFrom,
    Name,
    Refers,
    ShortText,
    Text,
    given_system_name,
)
from server.domain.drafts import Draft
from server.domain.fields import clean_system_name, created_at, updated_at

ROOT = "root"  # the system name of what all others are in


class Section(SQLModel, table=True):
    """A part of the content; without a parent it is right below the root."""

    __tablename__ = "sections"
    __table_args__ = (
        UniqueConstraint("provider_id", "system_name"),
        Index("ix_sections_parent_id", "parent_id"),
    )

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    parent_id: int | None = Field(default=None, foreign_key="sections.id")
    title: str
    system_name: str
    public: bool = True
    partial_path: str = ""  # where new pages of it begin
    is_builtin: bool = False  # the root
    created_at: datetime = created_at()
    updated_at: datetime = updated_at()


class SectionDraft(Draft):
    """What a section is made of."""

    title: Name
    system_name: Annotated[
        str, Text(given_system_name), FIXED, MadeFrom("title", clean_system_name)
    ] = ""
    public: Flag = Field(
        default=True, description="Whether visitors see it; else only accounts of its groups."
    )
    parent_id: Annotated[Id | None, Refers(Section)] = None
    partial_path: ShortText = Field(default="", description="Where the paths of its pages begin.")
