"""The gallery of applications that their owners and the provider chose to show. Mission E11."""

from datetime import datetime
from typing import Annotated

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from server.domain.attributes import Name, ShortText, Text
from server.domain.drafts import Draft
from server.domain.errors import Invalid
from server.domain.fields import clean_text, created_at, moment
from server.domain.portal.redirects import ABSOLUTE, clean_target

MOST_ABOUT = 1_000


class GalleryEntry(SQLModel, table=True):
    """An application as its owner wants it shown; what is changed is looked at anew."""

    __tablename__ = "gallery_entries"
    __table_args__ = (Index("ix_gallery_entries_state", "provider_id", "state", "id"),)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    account_id: int = Field(foreign_key="accounts.id", ondelete="CASCADE", index=True)
    application_id: int = Field(foreign_key="applications.id", ondelete="CASCADE", unique=True)
    title: str
    description: str
    link: str = ""
    state: str = "pending"  # see states.GALLERY
    version: int = 1  # changed with what it says
    reason: str = ""  # why it is refused
    approved_at: datetime | None = moment()
    created_at: datetime = created_at()


def _about(text: str, field: str) -> str:
    return clean_text(text, field, most=MOST_ABOUT)


def _link(text: str, field: str) -> str:
    """Check where an application is; nothing where it is nowhere. Raises: Invalid, TooLong."""
    if not text.strip():
        return ""
    link = clean_target(text, field)
    if not ABSOLUTE.fullmatch(link):
        raise Invalid("must be an address such as https://www.example.com.", field=field)
    return link


class GalleryDraft(Draft):
    """What the owner of an application says of it."""

    title: Name
    description: Annotated[str, Text(_about, least=1, most=MOST_ABOUT)]
    link: Annotated[str, Text(_link, most=2_000)] = ""


class RefusalDraft(Draft):
    """Why something is not shown."""

    reason: ShortText = ""
