"""The gallery of applications that their owners and the provider chose to show. Mission E11."""

from datetime import datetime
from hashlib import sha256
from typing import Annotated

from sqlalchemy import Index, LargeBinary
from sqlmodel import Field, SQLModel

from server.domain.attributes import Name, ShortText, Text
from server.domain.drafts import Draft
from server.domain.errors import Invalid
from server.domain.fields import clean_text, created_at, moment
from server.domain.portal.redirects import ABSOLUTE, clean_target
from server.kit.pictures import read_picture

MOST_ABOUT = 1_000
MOST_PICTURE_BYTES = 512_000
MOST_PIXELS = 2_000  # of each side


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
    picture_type: str = ""  # empty: it has none
    picture_digest: str = ""  # SHA-256 of its bytes
    picture_alt: str = ""
    state: str = "pending"  # see states.GALLERY
    version: int = 1  # changed with what it says
    reason: str = ""  # why it is refused
    approved_at: datetime | None = moment()
    created_at: datetime = created_at()

    @property
    def picture_path(self) -> str:
        """Where the portal serves its picture; empty without one."""
        if not self.picture_digest:
            return ""
        return f"/gallery/pictures/{self.id}?v={self.picture_digest[:12]}"


class GalleryPicture(SQLModel, table=True):
    """The bytes of an entry's picture."""

    __tablename__ = "gallery_pictures"

    entry_id: int = Field(foreign_key="gallery_entries.id", primary_key=True, ondelete="CASCADE")
    content: bytes = Field(sa_type=LargeBinary)


def clean_picture(content: bytes, field: str = "picture") -> dict[str, str]:
    """Check a picture by its bytes, and tell what is stored of it; empty bytes are none.

    Raises: Invalid.
    """
    if not content:
        return {"picture_type": "", "picture_digest": ""}
    if len(content) > MOST_PICTURE_BYTES:
        raise Invalid(f"may have at most {MOST_PICTURE_BYTES // 1000} kB.", field=field)
    found = read_picture(content)
    if found is None:
        raise Invalid("must be a picture: PNG, JPEG or WebP.", field=field)
    if found.is_animated:
        raise Invalid("must stand still.", field=field)
    if not 0 < max(found.width, found.height) <= MOST_PIXELS:
        raise Invalid(
            f"may be at most {MOST_PIXELS} pixels wide and high; it has {found.width} x "
            f"{found.height}.",
            field=field,
        )
    return {"picture_type": found.media_type, "picture_digest": sha256(content).hexdigest()}


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
    picture_alt: ShortText = Field(
        default="", description="What its picture shows, for people who don't see it."
    )


class RefusalDraft(Draft):
    """Why something is not shown."""

    reason: ShortText = ""
