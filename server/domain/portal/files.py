"""Files of the portal: images, style sheets, documents, served as they were given."""

from datetime import datetime
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Annotated

from sqlalchemy import Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from server.domain.attributes import Flag, Id, Refers, Text
from server.domain.drafts import Draft
from server.domain.errors import Invalid
from server.domain.fields import clean_line, created_at, updated_at
from server.domain.portal.content_paths import clean_path
from server.domain.portal.media_types import MEDIA_TYPE, media_type_of
from server.domain.portal.sections import Section

MOST_FILE_BYTES = 10_485_760
CHUNK_BYTES = 262_144  # what is read at once when a file is served


class PortalFile(SQLModel, table=True):
    """A file without its bytes."""

    __tablename__ = "portal_files"
    __table_args__ = (
        UniqueConstraint("provider_id", "path"),
        Index("ix_portal_files_section_id", "section_id"),
    )

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    section_id: int | None = Field(default=None, foreign_key="sections.id")  # None: the root
    path: str
    downloadable: bool = False
    content_type: str = ""  # empty: what its path says
    size_bytes: int = 0
    digest: str = sha256(b"").hexdigest()  # SHA-256 of its bytes
    created_at: datetime = created_at()
    updated_at: datetime = updated_at()

    @property
    def name(self) -> str:
        """The last part of its path."""
        return PurePosixPath(self.path).name

    @property
    def media_type(self) -> str:
        """What it is, as browsers are told."""
        return self.content_type or media_type_of(self.path)


class FileChunk(SQLModel, table=True):
    """A part of a file's bytes: all but the last have `CHUNK_BYTES`."""

    __tablename__ = "portal_file_chunks"

    file_id: int = Field(foreign_key="portal_files.id", primary_key=True)
    number: int = Field(primary_key=True)
    content: bytes = Field(sa_type=LargeBinary)


def clean_media_type(value: str, field: str) -> str:
    """Check a content type; empty for what the path says. Raises: TooLong, Invalid."""
    text = clean_line(value, field)
    if text and not MEDIA_TYPE.fullmatch(text):
        raise Invalid("must be a media type such as image/png.", field=field)
    return text


MediaType = Annotated[str, Text(clean_media_type)]


class PortalFileDraft(Draft):
    """What a file is made of, beside its bytes."""

    path: Annotated[str, Text(clean_path, least=1)]
    section_id: Annotated[Id | None, Refers(Section)] = None
    downloadable: Flag = Field(
        default=False, description="Whether browsers keep it as a file instead of showing it."
    )
    content_type: MediaType = Field(
        default="", description="What browsers are told it is; by default what its path says."
    )
