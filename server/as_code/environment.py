"""Secrets stand in no file: a folder names variables of the environment, `${NAME}`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from server.actions.provider.settings import ACCESS_CODE
from server.actions.services.policies import fill_secrets
from server.as_code.accounts.authentication_providers import AUTHENTICATION_PROVIDER_TOPIC
from server.as_code.entries import BadFolder, Entry, State
from server.as_code.provider.settings import SETTINGS_TOPIC
from server.as_code.provider.webhooks import WEBHOOK_TOPIC
from server.as_code.services.proxies import CHAIN, PROXY_TOPIC
from server.domain.fields import HIDDEN

VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
Fill = Callable[[Any], Any]  # a secret, or what names its variable -> the secret


def _whole(value: Any, fill: Fill) -> Any:
    return fill(value)


# the word of a topic -> the field that may name variables, and where in its value it may
SECRETS: Mapping[str, tuple[str, Callable[[Any, Fill], Any]]] = {
    AUTHENTICATION_PROVIDER_TOPIC.word: ("client_secret", _whole),
    PROXY_TOPIC.word: (CHAIN, fill_secrets),
    SETTINGS_TOPIC.word: (ACCESS_CODE, _whole),
    WEBHOOK_TOPIC.word: ("secret", _whole),
}


def with_environment(
    state: State, environment: Mapping[str, str], *, unset: list[str] | None = None
) -> State:
    """Put secrets where a folder names variables.

    Raises: BadFolder for one that is not set; with `unset`, its place goes there instead, and the
    secret is hidden, as one that stays as it stands.
    """
    found = dict(state)
    for key, entry in state.items():
        if entry.word not in SECRETS:
            continue
        name, within = SECRETS[entry.word]
        value = within(entry.values[name], _filled_from(environment, entry, name, unset))
        if value != entry.values[name]:
            found[key] = replace(entry, values={**entry.values, name: value})
    return found


def _filled_from(
    environment: Mapping[str, str], entry: Entry, field: str, unset: list[str] | None
) -> Fill:
    def fill(value: Any) -> Any:
        named = VARIABLE.fullmatch(value) if isinstance(value, str) else None
        if named is None:
            return value
        if secret := environment.get(named[1], ""):
            return secret
        told = f"{entry.where}: {field} is the variable {named[1]}"
        if unset is None:
            raise BadFolder(f"{told}, which is not set. Set it and apply again.")
        unset.append(told)
        return HIDDEN

    return fill
