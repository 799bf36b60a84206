"""`gatehouse export` and `gatehouse apply`: a provider's configuration as a folder of files."""

import asyncio
import gc
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from server.actions.portal.api_docs_versions import ACCEPTING
from server.as_code.apply import Refused, read_state, run
from server.as_code.changeset import Changeset, compare
from server.as_code.entries import BadFolder, State
from server.as_code.environment import with_environment
from server.as_code.folder import read_folder, write_folder
from server.as_code.portal.api_docs import with_fetched
from server.as_code.reading import parse_folder
from server.as_code.topic import Workspace
from server.as_code.writing import texts_of
from server.cli.providers import PROVIDER, provider_or_exit
from server.cli.remote import TOKEN_FILE, URL, applied, find_remote
from server.cli.start import give_up, open_existing_or_exit, settings_or_exit
from server.domain.actors import Actor
from server.domain.events import Face, came_through
from server.domain.installation import Installation
from server.runtime.storage import Storage

FOLDER = Annotated[Path, typer.Argument(metavar="DIR", help="The folder.")]
ACCEPT_BREAKING = Annotated[
    bool, typer.Option("--accept-breaking", help="Go ahead where specifications break callers.")
]

WITH_SECRETS = "Warning: secrets are in these files. Keep them out of git."
WITHOUT_SECRETS = (
    "Secrets are left out: each says (hidden), and applying keeps what stands. "
    "To write them too, use --secrets."
)


class _DryRun(Exception):
    """Rolls the transaction back."""


def export(
    folder: FOLDER,
    provider: PROVIDER = "",
    secrets: Annotated[
        bool, typer.Option("--secrets", help="Write secrets too, in clear.")
    ] = False,
    url: URL = "",
    token_file: TOKEN_FILE = None,
) -> None:
    """Write a provider's configuration into a folder, without secrets and customers."""
    remote = find_remote(url, token_file, provider)
    if remote is not None:
        with explained():
            files, told = remote.export(secrets=secrets)
            write_folder(folder, files)
            _tell_written(folder, files, secrets=secrets, is_hidden=told["secrets_left_out"])
        return
    with explained():
        with opened() as storage, storage.database.read() as db, keeping_all():
            state = read_state(workspace_of(db, storage, provider))
            texts, open_texts = texts_of(state), texts_of(state, secrets=True)
        write_folder(folder, open_texts if secrets else texts)
        is_hidden = texts != open_texts and not secrets
        _tell_written(folder, texts, secrets=secrets and texts != open_texts, is_hidden=is_hidden)


def _tell_written(
    folder: Path, texts: Mapping[str, str], *, secrets: bool, is_hidden: bool
) -> None:
    typer.echo(f"{len(texts)} files are in {folder}.")
    if secrets or is_hidden:
        typer.echo(WITH_SECRETS if secrets else WITHOUT_SECRETS, err=True)


def apply(  # noqa: PLR0913 - a command has as many options as it has
    folder: FOLDER,
    provider: PROVIDER = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what it does.")] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Delete what the folder does not name.")
    ] = False,
    accept_breaking: ACCEPT_BREAKING = False,
    url: URL = "",
    token_file: TOKEN_FILE = None,
) -> None:
    """Bring a provider's configuration to what a folder says, all of it or nothing."""
    remote = find_remote(url, token_file, provider)
    if remote is not None:
        flags = {"dry_run": dry_run, "prune": prune, "accept_breaking": accept_breaking}
        with explained():
            applied(remote, read_folder(folder), flags)
        return
    with explained(), keeping_all():
        wanted = with_environment(parse_folder(read_folder(folder)), os.environ)
        with opened() as storage:
            wanted = with_fetched(wanted, partial(fetched, storage.installation))
            with storage.database.write() as db:
                workspace = workspace_of(db, storage, provider, accepts_breaking=accept_breaking)
                plan = carry_out(workspace, wanted, dry_run=dry_run, prune=prune)
        if plan.edits:
            typer.echo("Done.")


def carry_out(workspace: Workspace, wanted: State, *, dry_run: bool, prune: bool) -> Changeset:
    """Say what brings the provider to `wanted`, and do it. Raises: Refused, _DryRun."""
    plan = compare(wanted, read_state(workspace), prune=prune)
    for line in (*plan.lines(), plan.summary()):
        typer.echo(line)
    run(workspace, plan, wanted, prune=prune)
    if plan.edits:
        # Here and not above: it loads the template engine.
        from server.as_code.portal.checks import warnings_of

        for warning in warnings_of(plan, wanted):
            typer.echo(f"Warning: {warning}", err=True)
    if dry_run:
        raise _DryRun
    return plan


def fetched(installation: Installation, url: str) -> str:
    """Read the text at a specification's address. Raises: DomainError."""
    # Here and not above: it loads the gateway's client.
    from server.runtime.fetching import SpecificationFetcher, text_of

    return text_of(asyncio.run(SpecificationFetcher(settings_or_exit(), installation).read(url)))


@contextmanager
def keeping_all() -> Iterator[None]:
    """Look for no garbage: a command is short, makes nearly none, and looking took a quarter."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def opened() -> Iterator[Storage]:
    """Open what there is, and close it again."""
    storage = open_existing_or_exit(settings_or_exit())
    try:
        yield storage
    finally:
        storage.database.close()


def workspace_of(
    db: Session, storage: Storage, name: str, *, accepts_breaking: bool = False
) -> Workspace:
    """Make the workspace of a provider; exit when there is none of the name."""
    provider = provider_or_exit(db, name)
    actor = Actor.system(provider.id, "gatehouse apply")
    came_through(db, Face.AS_CODE)
    accepted = ACCEPTING if accepts_breaking else frozenset[str]()
    return Workspace(db, actor, storage.installation, accepted=accepted)


@contextmanager
def explained() -> Iterator[None]:
    """Turn what may go wrong into a message and an exit code."""
    try:
        yield
    except _DryRun:
        typer.echo("Dry run: nothing is stored.")
    except BadFolder as error:
        give_up(str(error))
    except Refused as error:
        give_up(f"{error} Nothing is stored.")
    except SQLAlchemyError as error:
        reason = " ".join(str(getattr(error, "orig", error)).split())
        give_up(f"The database refused: {reason}. Nothing is stored.")
