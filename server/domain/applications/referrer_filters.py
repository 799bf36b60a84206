"""Referrer filters: from where an application may be used, where its API asks for that."""

import re
from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from server.domain.errors import Invalid
from server.domain.fields import created_at

MOST_FILTERS = 5
FILTER = re.compile(r"[A-Za-z0-9*.\-]{1,255}", re.ASCII)
FILTER_RULE = (
    "must be a host of letters, digits, dots and hyphens, with * for any run of characters."
)


class ReferrerFilter(SQLModel, table=True):
    """One pattern that a referrer of the application may fit."""

    __tablename__ = "referrer_filters"
    __table_args__ = (UniqueConstraint("application_id", "value"),)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    application_id: int = Field(foreign_key="applications.id", index=True)
    value: str
    created_at: datetime = created_at()


def clean_filter(text: str) -> str:
    """Check a referrer filter. Raises: Invalid."""
    value = text.strip()
    if not FILTER.fullmatch(value):
        raise Invalid(FILTER_RULE, field="referrer_filter")
    return value
