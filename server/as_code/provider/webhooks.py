"""Endpoints of webhooks. Their secrets stand in no file: `${NAME}` takes one of the environment."""

from collections.abc import Set as AbstractSet
from dataclasses import replace

from server.actions.provider.webhooks import ENDPOINTS
from server.as_code.entries import Entry
from server.as_code.fields import Field
from server.as_code.resources import ResourceTopic
from server.domain.attributes import Attribute
from server.domain.fields import HIDDEN
from server.domain.provider.webhooks import clean_secret

SECRET = "secret"  # noqa: S105 - the name of a field


def _check_secret(text: str) -> str:
    """Let through what is no secret yet: one that is hidden, or the name of a variable."""
    return text if text == HIDDEN or text.startswith("${") else clean_secret(text, SECRET)


class Webhooks(ResourceTopic):
    """Folders from before there were any take none away: that does only who lists some."""

    word, section = "webhook", "webhooks"
    file = "webhooks.yaml"
    named_by = ("name",)

    def field_of(self, attribute: Attribute) -> Field:
        field = super().field_of(attribute)
        return replace(field, check=_check_secret) if attribute.name == SECRET else field

    def stays(self, entry: Entry, listed: AbstractSet[str]) -> bool:
        return self.word not in listed


WEBHOOK_TOPIC = Webhooks(ENDPOINTS)
