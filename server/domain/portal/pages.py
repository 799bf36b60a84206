"""Portal templates that a provider changed; what is not here comes from the theme."""

from datetime import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from server.domain.fields import created_at, updated_at

KINDS = ("layout", "page", "partial", "email")
HANDLERS = ("", "markdown")


class Template(SQLModel, table=True):
    """A page, layout, partial or e-mail in Liquid."""

    __tablename__ = "templates"
    __table_args__ = (UniqueConstraint("provider_id", "kind", "name"),)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    kind: str  # one of KINDS
    name: str  # a page's path or system name; the others' system name
    title: str = ""
    published: str | None = Field(default=None, sa_type=Text)  # None: never published
    draft: str | None = Field(default=None, sa_type=Text)
    layout: str = "main_layout"
    handler: str = ""  # one of HANDLERS
    created_at: datetime = created_at()
    updated_at: datetime = updated_at()
