"""What commands have in common: reading settings, opening the database, and what stops a start."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from server.kit.crypto import DamagedKey
from server.kit.redaction import redact
from server.kit.urls import masked
from server.migrations.version import BrokenReference, ForeignDatabase, UnknownVersion
from server.runtime.logs import set_up_logs
from server.runtime.serving import find_port
from server.runtime.storage import MASTER_KEY, Storage, open_storage
from server.settings import PREFIX, BadSetting, Settings

DATA_DIR_WAY_OUT = "It must be a folder that this user may write, or one that can be made."


def settings_or_exit(port: int | None = None) -> Settings:
    """Read the environment; a bad value stops the start and names the variable.

    Without a port of its own a command takes the one that was served on last: what it tells of
    addresses is what the server tells.
    """
    try:
        settings = Settings.from_env(os.environ, port=port)
        if port is None:
            settings = Settings.from_env(os.environ, port=find_port(settings.data_dir))
    except BadSetting as error:
        give_up(str(error), 2)
    set_up_logs(settings.log, settings.passwords)
    return settings


@contextmanager
def storage_told(settings: Settings) -> Iterator[None]:
    """Tell in one line why data directory or database can't be used, and what to do."""
    try:
        yield
    except SQLAlchemyError as error:
        words = str(getattr(error, "orig", None) or error).strip().splitlines() or [""]
        why, way_out = masked(words[0]).rstrip("."), _way_out(settings, error)
        give_up(f"{PREFIX}DATABASE_URL: the database cannot be opened: {why}. {way_out}")
    except (UnknownVersion, ForeignDatabase, BrokenReference) as error:
        give_up(f"{PREFIX}DATABASE_URL: {error}")
    except OSError as error:
        place = error.filename or settings.data_dir
        why = (error.strerror or str(error)).rstrip(".")
        give_up(f"{PREFIX}DATA_DIR: {place}: {why}. {DATA_DIR_WAY_OUT}")
    except DamagedKey as error:
        give_up(f"{PREFIX}DATA_DIR: {error}")


def _way_out(settings: Settings, error: SQLAlchemyError) -> str:
    """Say what helps against a database that can't be opened."""
    if not settings.database_url.startswith("sqlite"):
        return "Start it, or mend the address."
    if isinstance(error, OperationalError):
        return "The file must be one that this user may write, in a folder of the same kind."
    return "Bring the file back from a backup, or name another one."


def open_or_exit(settings: Settings) -> Storage:
    """Open data directory and database; what can't be opened is told in one line."""
    with storage_told(settings):
        return open_storage(settings)


def open_existing_or_exit(settings: Settings) -> Storage:
    """Open what `serve` made before: a command in a wrong folder makes no installation there."""
    if not (settings.data_dir / MASTER_KEY).is_file():
        give_up(
            f"{PREFIX}DATA_DIR: there is no installation in {settings.data_dir.absolute()}. "
            f"Run this where the server runs, or set {PREFIX}DATA_DIR.",
            2,
        )
    return open_or_exit(settings)


def give_up(message: str, status: int = 1) -> NoReturn:
    """End the command with a message."""
    plain = redact(message).encode(errors="replace").decode()  # names of files need not be text
    typer.secho(plain, err=True, fg=typer.colors.RED)
    raise typer.Exit(status)
