"""Who has a template open in the editor: told to others who open it too."""

from datetime import datetime, timedelta

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from server.domain.fields import created_at

# An editor tells every minute that it is still there; without scripts only when it is opened.
STAYS = timedelta(minutes=5)


class TemplateOpening(SQLModel, table=True):
    """Somebody at one template; a row that is not renewed is soon past.

    Nothing but what is told hangs on it, so two of one person at once do no harm.
    """

    __tablename__ = "template_openings"
    __table_args__ = (Index("ix_template_openings_template_id", "template_id"),)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    template_id: int = Field(foreign_key="templates.id")
    user_id: int
    name: str  # of the user
    seen_at: datetime = created_at()
    created_at: datetime = created_at()
