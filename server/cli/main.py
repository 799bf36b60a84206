"""The command line: one sub-command a job of the operator."""

import asyncio
import json
from typing import Annotated

import typer

from server.cli.as_code import apply, export
from server.cli.audit import audit_app
from server.cli.drift import Comparing, diff
from server.cli.gateway import gateway_app
from server.cli.greeting import in_words
from server.cli.imports import import_app
from server.cli.passwords import reset_password
from server.cli.start import give_up, open_existing_or_exit, open_or_exit, settings_or_exit
from server.cli.theme import theme_app
from server.domain.errors import DomainError
from server.runtime.first_start import empty_provider, new_provider
from server.runtime.version import version_of_program
from server.settings import PREFIX

app = typer.Typer(
    no_args_is_help=True,
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="API management: plans, keys, a gateway, a developer portal and a GraphQL admin API.",
)
provider_app = typer.Typer(no_args_is_help=True, help="Tenants that offer APIs.")
app.add_typer(provider_app, name="provider")
app.add_typer(gateway_app, name="gateway")
app.add_typer(theme_app, name="theme")
app.add_typer(audit_app, name="audit")
app.add_typer(import_app, name="import")


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and end.", is_eager=True)
    ] = False,
) -> None:
    """Be the command; what it does, its sub-commands say."""
    if version:
        typer.echo(f"gatehouse {version_of_program()}")
        raise typer.Exit


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8000,
    workers: Annotated[
        int, typer.Option(help="Processes; more than one needs Redis.", min=1, max=256)
    ] = 1,
) -> None:
    """Serve everything: portals, APIs and gateways. Makes the database on the first start."""
    from server.cli.serving import serve_all  # here: other commands do without all of the server

    serve_all(host, port, workers)


@app.command()
def worker() -> None:
    """Run jobs (mails and what else follows from events) beside the processes that serve."""
    from server.worker import work  # here: who serves loads the jobs later (D18)

    settings = settings_or_exit()
    asyncio.run(work(settings, open_existing_or_exit(settings)))


@app.command()
def migrate() -> None:
    """Bring the database to this version's tables."""
    settings = settings_or_exit()
    open_or_exit(settings).database.close()
    typer.echo("The database is up to date.")


@app.command("settings")
def show_settings() -> None:
    """Print each setting with its value and where it came from."""
    settings = settings_or_exit()
    for name, origin in settings.origins.items():
        typer.echo(f"{PREFIX}{name.upper()}={settings.shown(name)}  ({origin})")


@provider_app.command("create")
def create_provider(
    name: Annotated[str, typer.Option(help="The provider's name.")],
    admin_email: Annotated[str, typer.Option(help="Mail address of its first admin.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    empty: Annotated[
        bool,
        typer.Option("--empty", help="Without sample data: all of it is going to be imported."),
    ] = False,
) -> None:
    """Create a provider with sample data. Its secrets are printed once."""
    settings = settings_or_exit()
    storage = open_or_exit(settings)
    try:
        with storage.database.write() as db:
            make = empty_provider if empty else new_provider
            summary = make(db, storage.installation, name, admin_email)
    except DomainError as error:
        give_up(f"{error.field or 'provider'}: {error.message}")
    typer.echo(json.dumps(summary, indent=2) if as_json else in_words(summary))


provider_app.command("reset-password")(reset_password)
app.command()(export)
app.command()(apply)
app.command(cls=Comparing)(diff)
