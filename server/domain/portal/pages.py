"""Portal templates that a provider changed; what is not here comes from the theme."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from server.domain.attributes import FIXED, LONG, Checked, Name, ShortText
from server.domain.drafts import Draft
from server.domain.errors import Invalid, TooLong
from server.domain.fields import created_at, is_comparable, moment, updated_at

MOST_TEMPLATE = 262_144


class TemplateKind(StrEnum):
    """What a template is for."""

    LAYOUT = "layout"
    PAGE = "page"
    PARTIAL = "partial"
    EMAIL = "email"


class Handler(StrEnum):
    """What reads a template's text before Liquid does."""

    NONE = ""
    MARKDOWN = "markdown"


class Template(SQLModel, table=True):
    """A page, layout, partial or e-mail in Liquid."""

    __tablename__ = "templates"
    __table_args__ = (UniqueConstraint("provider_id", "kind", "name"),)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    kind: str  # see TemplateKind
    name: str  # a page's path or system name; the others' system name
    title: str = ""
    published: str | None = Field(default=None, sa_type=Text)  # None: never published
    draft: str | None = Field(default=None, sa_type=Text)
    layout: str = "main_layout"
    handler: str = ""  # see Handler
    created_at: datetime = created_at()
    updated_at: datetime = updated_at()
    # What went wrong when it was rendered, as it was changed last at `fault_of`.
    fault: str | None = Field(default=None, sa_type=Text)
    fault_line: int | None = None
    fault_of: datetime | None = moment()


def _template_text(value: str | None) -> str | None:
    if value is not None and len(value) > MOST_TEMPLATE:
        raise TooLong("", MOST_TEMPLATE)
    if value is not None and not is_comparable(value):
        raise Invalid("must be valid Unicode text without NUL characters.")
    return value


TemplateText = Annotated[str | None, Checked(_template_text), LONG]


class TemplateDraft(Draft):
    """What a template is made of; what was never published has no such text."""

    kind: Annotated[TemplateKind, FIXED]
    name: Annotated[Name, FIXED]
    title: ShortText = ""
    layout: ShortText = "main_layout"
    handler: Handler = Handler.NONE
    published: TemplateText = None
    draft: TemplateText = None
