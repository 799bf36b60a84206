"""`gatehouse diff`: whether a provider is as a folder says, for people and for pipelines."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from server.as_code.apply import read_state
from server.as_code.drift import DIFFERENT, Drift, drift_of
from server.as_code.environment import with_environment
from server.as_code.folder import read_folder
from server.as_code.portal.api_docs import with_fetched
from server.as_code.reading import parse_folder
from server.cli.as_code import FOLDER, explained, fetched, keeping_all, opened, workspace_of
from server.cli.providers import PROVIDER
from server.cli.remote import TOKEN_FILE, URL, drift_over, find_remote
from server.domain.provider.providers import Provider

FAULT = 1  # the exit code of all that keeps us from comparing
USAGE_ERROR: type[Any] = typer.BadParameter.__mro__[1]  # Typer has no public name for it


class Comparing(TyperCommand):
    """A command whose wrong options end with 1: its 2 says that something differs."""

    def make_context(self, *arguments: Any, **extra: Any) -> Any:
        try:
            return super().make_context(*arguments, **extra)
        except USAGE_ERROR as error:
            error.exit_code = FAULT
            raise


def diff(
    folder: FOLDER,
    provider: PROVIDER = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    url: URL = "",
    token_file: TOKEN_FILE = None,
) -> None:
    """Say where a provider's configuration is not as a folder says; stores nothing.

    Ends with 0 when all is the same, with 2 when something differs, with 1 when it can't be told.
    """
    unset: list[str] = []
    with _told_apart(), explained(), keeping_all():
        remote = find_remote(url, token_file, provider)
        if remote is not None:
            drift, name = drift_over(remote, read_folder(folder), unset)
        else:
            drift, name = _drift_here(folder, provider, unset)
    for place in unset:
        typer.echo(f"Warning: {place}, which is not set: that secret is not compared.", err=True)
    if as_json:
        typer.echo(json.dumps(drift.plain(name), indent=2, ensure_ascii=False))
    else:
        for line in drift.lines():
            typer.echo(line)
    raise typer.Exit(DIFFERENT if drift.differences else 0)


def _drift_here(folder: Path, provider: str, unset: list[str]) -> tuple[Drift, str]:
    """Compare with what the database holds; tell the provider's name, too."""
    wanted = with_environment(parse_folder(read_folder(folder)), os.environ, unset=unset)
    with opened() as storage:
        wanted = with_fetched(wanted, partial(fetched, storage.installation))
        with storage.database.read() as db:
            workspace = workspace_of(db, storage, provider)
            drift = drift_of(wanted, read_state(workspace))
            return drift, db.get_one(Provider, workspace.actor.provider_id).name


@contextmanager
def _told_apart() -> Iterator[None]:
    """Let whatever else ends the command end it with 1, also a setting that does not parse."""
    try:
        yield
    except typer.Exit as end:
        raise typer.Exit(FAULT) from end
