"""Secrets stand in no file: a folder names variables of the environment, `${NAME}`."""

import re
from collections.abc import Mapping
from dataclasses import replace

from server.as_code.accounts.authentication_providers import AUTHENTICATION_PROVIDER_TOPIC
from server.as_code.entries import BadFolder, State
from server.as_code.provider.webhooks import WEBHOOK_TOPIC

VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
SECRETS: Mapping[str, str] = {  # the word of a topic -> the field that may name a variable
    AUTHENTICATION_PROVIDER_TOPIC.word: "client_secret",
    WEBHOOK_TOPIC.word: "secret",
}


def with_environment(state: State, environment: Mapping[str, str]) -> State:
    """Put secrets where a folder names variables. Raises: BadFolder for one that is not set."""
    found = dict(state)
    for key, entry in state.items():
        field = SECRETS.get(entry.word)
        named = VARIABLE.fullmatch(entry.values[field]) if field else None
        if field is None or named is None:
            continue
        secret = environment.get(named[1], "")
        if not secret:
            told = f"{field} is the variable {named[1]}, which is not set. Set it and apply again."
            raise BadFolder(f"{entry.where}: {told}")
        found[key] = replace(entry, values={**entry.values, field: secret})
    return found
