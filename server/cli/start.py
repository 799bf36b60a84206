"""What commands that serve have in common: reading settings, and what stops a start."""

import os
from typing import NoReturn

import typer

from gateway.errors import JournalDamaged, JournalLocked, StoreUnavailable
from server.kit.redaction import redact
from server.runtime.calls import make_sure_of_counting
from server.runtime.logs import set_up_logs
from server.runtime.storage import Storage, open_storage
from server.settings import PREFIX, BadSetting, Settings


def settings_or_exit(port: int | None = None) -> Settings:
    """Read the environment; a bad value stops the start and names the variable."""
    try:
        settings = Settings.from_env(os.environ, port=port)
    except BadSetting as error:
        give_up(str(error), 2)
    set_up_logs(settings.log, settings.passwords)
    return settings


def need_redis(settings: Settings, what: str) -> None:
    """Stop a start that would count in two places at once."""
    if not settings.redis_url:
        give_up(
            f"{what} needs {PREFIX}REDIS_URL: without it each process has counters of its own, "
            "and limits would be multiplied.",
            2,
        )


def open_to_count(settings: Settings) -> Storage:
    """Open database and counters; a failure is told in one line."""
    storage = open_storage(settings)
    try:
        make_sure_of_counting(settings, storage)
    except JournalLocked as error:
        give_up(f"{error} Give this one another {PREFIX}DATA_DIR, or set {PREFIX}REDIS_URL.")
    except StoreUnavailable as error:
        give_up(f"{PREFIX}REDIS_URL: {error}")
    except JournalDamaged as error:
        give_up(str(error))
    return storage


def give_up(message: str, status: int = 1) -> NoReturn:
    """End the command with a message."""
    plain = redact(message).encode(errors="replace").decode()  # names of files need not be text
    typer.secho(plain, err=True, fg=typer.colors.RED)
    raise typer.Exit(status)
