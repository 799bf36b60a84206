"""Redirects: paths that are somewhere else now."""

import re
from datetime import datetime
from typing import Annotated

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from server.domain.attributes import Text
from server.domain.drafts import Draft
from server.domain.errors import Blank, Invalid, TooLong
from server.domain.fields import CONTROLS, created_at, is_comparable, updated_at
from server.domain.portal.content_paths import clean_path

MOST_TARGET = 2_000
ABSOLUTE = re.compile(r"https?://[^/\s\\@]+(/\S*)?", re.IGNORECASE)


class Redirect(SQLModel, table=True):
    """A path of the portal, and where it leads."""

    __tablename__ = "redirects"
    __table_args__ = (UniqueConstraint("provider_id", "source"),)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    source: str
    target: str
    created_at: datetime = created_at()
    updated_at: datetime = updated_at()


def clean_target(value: str | None, field: str = "target") -> str:
    """Check where a redirect leads: a path of the portal, or a whole address.

    Raises: Blank, TooLong, Invalid.
    """
    text = (value or "").strip()
    if not text:
        raise Blank(field)
    if len(text) > MOST_TARGET:
        raise TooLong(field, MOST_TARGET)
    is_path = text.startswith("/") and not text.startswith(("//", "/\\")) and "\\" not in text
    is_clean = is_comparable(text) and not CONTROLS.search(text) and not re.search(r"\s", text)
    if not is_clean or not (is_path or ABSOLUTE.fullmatch(text)):
        raise Invalid(
            "must be a path such as /docs or an address such as https://www.example.com/docs.",
            field=field,
        )
    return text


class RedirectDraft(Draft):
    """What a redirect is made of."""

    source: Annotated[str, Text(clean_path, least=1)]
    target: Annotated[str, Text(clean_target, least=1, most=MOST_TARGET)]
