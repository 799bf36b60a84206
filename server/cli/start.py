"""What commands that serve have in common: reading settings, and what stops a start."""

import os
from typing import NoReturn

import typer
from sqlalchemy.exc import SQLAlchemyError

from gateway.errors import JournalDamaged, JournalLocked, StoreUnavailable
from server.kit.crypto import DamagedKey
from server.kit.redaction import redact
from server.kit.urls import masked
from server.migrations.version import UnknownVersion
from server.runtime import ops
from server.runtime.calls import make_sure_of_counting
from server.runtime.descriptors import TooFewDescriptors, raise_descriptors
from server.runtime.logs import set_up_logs
from server.runtime.metrics_address import serve_metrics
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


def open_or_exit(settings: Settings) -> Storage:
    """Open data directory and database; what can't be opened is told in one line."""
    try:
        return open_storage(settings)
    except SQLAlchemyError as error:
        words = str(getattr(error, "orig", None) or error).strip().splitlines() or [""]
        give_up(f"{PREFIX}DATABASE_URL: the database cannot be opened: {masked(words[0])}")
    except UnknownVersion as error:
        give_up(f"{PREFIX}DATABASE_URL: {error}")
    except OSError as error:
        give_up(f"{PREFIX}DATA_DIR: {settings.data_dir}: {error.strerror or error}.")
    except DamagedKey as error:
        give_up(f"{PREFIX}DATA_DIR: {error}")


def open_to_count(settings: Settings) -> Storage:
    """Take descriptors, open database and counters; a failure is told in one line."""
    try:
        raise_descriptors()
    except TooFewDescriptors as error:
        give_up(str(error))
    storage = open_or_exit(settings)
    try:
        make_sure_of_counting(settings, storage)
    except JournalLocked as error:
        give_up(f"{error} Give this one another {PREFIX}DATA_DIR, or set {PREFIX}REDIS_URL.")
    except StoreUnavailable as error:
        give_up(f"{PREFIX}REDIS_URL: {masked(str(error))}")
    except JournalDamaged as error:
        give_up(str(error))
    return storage


def metrics_or_exit(settings: Settings, *, one_of_many: bool = False) -> None:
    """Serve /metrics on its own address, if it has one."""
    try:
        serve_metrics(settings.metrics_address, lambda: ops.metrics_text(one_of_many=one_of_many))
    except OSError as error:
        give_up(
            f"{PREFIX}METRICS_ADDRESS: {settings.metrics_address}: {error.strerror or error}.", 2
        )


def give_up(message: str, status: int = 1) -> NoReturn:
    """End the command with a message."""
    plain = redact(message).encode(errors="replace").decode()  # names of files need not be text
    typer.secho(plain, err=True, fg=typer.colors.RED)
    raise typer.Exit(status)
