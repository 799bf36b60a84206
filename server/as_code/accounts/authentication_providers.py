"""Providers of identity. Their secrets stand in no file: `${NAME}` takes one of the environment."""

from collections.abc import Set as AbstractSet

from server.actions.accounts.authentication_providers import AUTHENTICATION_PROVIDERS
from server.as_code.entries import Entry
from server.as_code.resources import ResourceTopic


class AuthenticationProviders(ResourceTopic):
    """Folders from before there were any take none away: that does only who lists some."""

    def stays(self, entry: Entry, listed: AbstractSet[str]) -> bool:
        return self.word not in listed


AUTHENTICATION_PROVIDER_TOPIC = AuthenticationProviders(AUTHENTICATION_PROVIDERS)
