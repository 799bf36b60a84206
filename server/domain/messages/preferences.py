"""Which mails one may leave, and who has left which. Source: reference-portal 8.2."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel


@dataclass(frozen=True, slots=True)
class Optional:
    """A mail that one may leave: its words on the page, whose it is, and whether it comes unasked.

    Links and passwords are not among them, nor is what happens to one's own keys.
    """

    title: str
    audience: str  # provider, developer
    default: bool = True


OPTIONAL: Mapping[str, Optional] = {
    "account_created": Optional("An account waits for approval", "provider"),
    "application_plan_change_requested": Optional("A developer asks for another plan", "provider"),
    "cinstance_expired_trial": Optional(
        "The trial of an application is over", "provider", default=False
    ),
    "message_received": Optional("A developer writes a message", "provider"),
    "limit_alert_reached_provider": Optional("An application nears a limit", "provider"),
    "limit_violation_reached_provider": Optional("An application has used up a limit", "provider"),
    "post_created": Optional("Somebody writes in the forum", "provider", default=False),
    "new_forum_post": Optional("Somebody answers in a topic that I subscribed to", "developer"),
    "gallery_approved": Optional("An application of ours is approved for the gallery", "developer"),
    "gallery_refused": Optional("An application of ours is refused for the gallery", "developer"),
    "message_for_buyer": Optional("The provider writes a message", "developer"),
    "alert_messenger_limit_alert_for_buyer": Optional(
        "An application of ours nears a limit", "developer"
    ),
    "alert_messenger_limit_violation_for_buyer": Optional(
        "An application of ours has used up a limit", "developer"
    ),
}


class NotificationPreference(SQLModel, table=True):
    """What one user has chosen; what is not in it is as the mail's default."""

    __tablename__ = "notification_preferences"

    user_id: int = Field(foreign_key="users.id", primary_key=True, ondelete="CASCADE")
    provider_id: int = Field(foreign_key="providers.id")
    switches: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)  # name -> wanted


def is_wanted(chosen: Mapping[str, Any], name: str) -> bool:
    """Return whether a mail is to be written, after what its reader has chosen."""
    optional = OPTIONAL.get(name)
    return optional is None or bool(chosen.get(name, optional.default))
