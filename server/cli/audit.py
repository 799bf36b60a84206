"""`gatehouse audit`: whether the log is as it was sealed, and the log as a file."""

import sys
from typing import Annotated

import typer

from server.actions.provider.audit import AuditFilter, export_events
from server.actions.provider.audit_chain import verify_chain
from server.actions.work import Work
from server.cli.as_code import explained, opened
from server.cli.providers import PROVIDER, provider_or_exit
from server.cli.start import give_up
from server.domain.actors import Actor

BROKEN = 3  # the exit code for a log that was changed
audit_app = typer.Typer(no_args_is_help=True, help="The audit log: verify it, export it.")


@audit_app.command()
def verify(
    provider: PROVIDER = "",
    head: Annotated[
        str, typer.Option(help="A head that was printed earlier: it must still be there.")
    ] = "",
) -> None:
    """Look whether every entry is as it was sealed, and print the head to keep elsewhere."""
    with explained(), opened() as storage, storage.database.read() as db:
        found = provider_or_exit(db, provider)
        work = Work(db, Actor.system(found.id, "gatehouse audit"), storage.installation)
        verdict = verify_chain(work, known=head)
    if verdict.fault:
        give_up(f"The log was changed behind our back. {verdict.fault}", BROKEN)
    typer.echo(f"{verdict.checked} entries are as they were sealed.")
    if verdict.unsealed:
        typer.echo(f"{verdict.unsealed} are not sealed yet: a running server does that.")
    typer.echo(f"Head: {verdict.head}")


@audit_app.command()
def export(
    provider: PROVIDER = "",
    form: Annotated[str, typer.Option("--format", help="jsonl or csv.")] = "jsonl",
    kind: Annotated[str, typer.Option(help="account.created, or account.")] = "",
) -> None:
    """Write the log to the standard output, oldest first."""
    if form not in {"jsonl", "csv"}:
        give_up("--format: must be jsonl or csv.", 2)
    with explained(), opened() as storage, storage.database.read() as db:
        found = provider_or_exit(db, provider)
        actor = Actor.system(found.id, "gatehouse audit")
        for piece in export_events(db, actor, AuditFilter(kind=kind), form):
            sys.stdout.write(piece)
