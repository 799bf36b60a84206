"""`gatehouse import 3scale`: a tenant of the reference system becomes a provider here."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from sqlmodel import Session

from server.actions.portal.api_docs_versions import ACCEPTING
from server.actions.rows import hold
from server.as_code.topic import Workspace
from server.cli.as_code import explained, fetched, opened
from server.cli.providers import PROVIDER, provider_or_exit
from server.cli.remote import token_of
from server.cli.start import give_up, settings_or_exit
from server.domain.actors import Actor
from server.domain.events import Face, came_through, savepoint
from server.runtime.storage import Storage

if TYPE_CHECKING:
    from server.as_code.moving.tenant import Source

REPORT_NAME = "import-3scale.json"


class _DryRun(Exception):
    """Rolls the transaction back."""


def three_scale(  # noqa: PLR0913 - a command has as many options as it has
    url: Annotated[str, typer.Option(help="Address of the admin portal there.")] = "",
    token_file: Annotated[
        Path | None, typer.Option(help="A file that holds an access token of there.")
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(help="Files instead: an export of a product, or resources; or a folder."),
    ] = None,
    provider: PROVIDER = "",
    report: Annotated[
        Path | None, typer.Option(help="Where the report goes; else into the data folder.")
    ] = None,
    rate: Annotated[
        float, typer.Option(min=0.1, max=1000, help="Requests a second at most.")
    ] = 10.0,
    mails: Annotated[
        bool, typer.Option(help="Whether people get a link to a new password, once.")
    ] = True,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what it does.")] = False,
) -> None:
    """Take over a tenant of the reference system; run again, it takes what changed there."""
    # Here and not above: other commands do without the client and the actions on customers.
    from server.as_code.moving.tenant import CannotMove

    with explained(), opened() as storage:
        try:
            source = _source_of(storage, url, token_file, file, rate)
        except CannotMove as error:
            give_up(str(error))
        place = report or settings_or_exit().data_dir / REPORT_NAME
        run_move(storage, source, provider, place, dry_run=dry_run, mails=mails)


def _source_of(
    storage: Storage, url: str, token_file: Path | None, file: Path | None, rate: float
) -> "Source":
    """Open the address or the files that are named. Raises: CannotMove."""
    if file is not None and not url and token_file is None:
        from server.as_code.moving.files.source import FileSource

        return FileSource(file, partial(fetched, storage.installation))
    if file is not None or not url or token_file is None:
        give_up("Name an address and a token's file (--url, --token-file), or files (--file).")
    from server.as_code.moving.client import Api
    from server.as_code.moving.reader import ApiReader

    return ApiReader(Api(url, token_of(token_file, "tenant"), per_s=rate))


def run_move(  # noqa: PLR0913 - what a command was told
    storage: Storage, source: "Source", provider: str, place: Path, *, dry_run: bool, mails: bool
) -> None:
    """Move a tenant in from any source, and write the report; exit when it can't be read."""
    from server.as_code.moving.report import Report
    from server.as_code.moving.tenant import CannotMove
    from server.as_code.moving.writer import Ways, move_in
    from server.usage import take_over

    report = Report(typer.echo)
    why = ""
    with storage.database.read() as db:
        provider_or_exit(db, provider)
    try:
        if dry_run:
            with storage.database.write() as db:
                ways = Ways(
                    lambda: _part(db, storage, provider), take_over, mails, reads_first=True
                )
                move_in(source, ways, report)
                raise _DryRun
        move_in(source, Ways(partial(_whole, storage, provider), take_over, mails), report)
    except _DryRun:
        pass
    except CannotMove as error:
        why = str(error)
    except KeyboardInterrupt:  # what was told so far is worth a report
        why = "It was ended. Run the same command again: it goes on where it stopped."
    for line in report.summary():
        typer.echo(line)
    _write(place, report.document(source.origin, dry_run=dry_run))
    if why:
        give_up(why)
    typer.echo("Dry run: nothing is stored." if dry_run else "Done.")


def _write(place: Path, text: str) -> None:
    try:
        place.write_text(text, encoding="utf-8")
        place.chmod(0o600)
        typer.echo(f"The report is in {place}.")
    except OSError as error:
        typer.echo(f"{place}: the report can't be written: {error.strerror}.", err=True)


def _workspace(db: Session, storage: Storage, name: str) -> Workspace:
    provider = hold(db, provider_or_exit(db, name))  # one move at a time notes what it took
    came_through(db, Face.IMPORT)
    actor = Actor.system(provider.id, "gatehouse import")
    return Workspace(db, actor, storage.installation, accepted=ACCEPTING)


@contextmanager
def _whole(storage: Storage, provider: str) -> Iterator[Workspace]:
    with storage.database.write() as db:
        yield _workspace(db, storage, provider)


@contextmanager
def _part(db: Session, storage: Storage, provider: str) -> Iterator[Workspace]:
    with savepoint(db):
        yield _workspace(db, storage, provider)
