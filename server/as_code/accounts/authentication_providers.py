"""Providers of identity. Their secrets stand in no file: `${NAME}` takes one of the environment."""

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

from server.actions.accounts.authentication_providers import AUTHENTICATION_PROVIDERS
from server.as_code.entries import BadFolder, Entry, State
from server.as_code.resources import ResourceTopic

SECRET = "client_secret"  # noqa: S105 - the name of a field
VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


class AuthenticationProviders(ResourceTopic):
    """Folders from before there were any take none away: that does only who lists some."""

    def stays(self, entry: Entry, listed: AbstractSet[str]) -> bool:
        return self.word not in listed


AUTHENTICATION_PROVIDER_TOPIC = AuthenticationProviders(AUTHENTICATION_PROVIDERS)


def with_environment(state: State, environment: Mapping[str, str]) -> State:
    """Put secrets where a folder names variables. Raises: BadFolder for one that is not set."""
    found = dict(state)
    for key, entry in state.items():
        if entry.word != AUTHENTICATION_PROVIDER_TOPIC.word:
            continue
        named = VARIABLE.fullmatch(entry.values[SECRET])
        if named is None:
            continue
        secret = environment.get(named[1], "")
        if not secret:
            told = f"{SECRET} is the variable {named[1]}, which is not set. Set it and apply again."
            raise BadFolder(f"{entry.where}: {told}")
        found[key] = replace(entry, values={**entry.values, SECRET: secret})
    return found
