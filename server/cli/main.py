"""The command line: one sub-command a job of the operator."""

import asyncio
import json
import sys
from typing import Annotated, Any

import typer

from server.app import app_of_worker, build_app
from server.cli.as_code import apply, export
from server.cli.gateway import gateway_app
from server.cli.listen import bind_or_exit, listen, listen_with_workers
from server.cli.passwords import reset_password
from server.cli.start import (
    give_up,
    metrics_or_exit,
    need_redis,
    open_existing_or_exit,
    open_or_exit,
    open_to_count,
    settings_or_exit,
    storage_told,
)
from server.cli.theme import theme_app
from server.domain.errors import DomainError
from server.runtime.echo import follow_echo
from server.runtime.first_start import ensure_provider, new_provider
from server.runtime.serving import note_port
from server.runtime.version import version_of_program
from server.settings import PREFIX, Settings

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
    settings = settings_or_exit(port)
    if workers > 1:
        need_redis(settings, "--workers above 1")
    with bind_or_exit(host, port) as taken:
        metrics_or_exit(settings, one_of_many=workers > 1)
        storage = open_to_count(settings)
        with storage_told(settings):
            note_port(settings.data_dir, port)
            summary = ensure_provider(storage, settings.data_dir)
            follow_echo(storage)
        _greet(settings, summary)
        if workers == 1:
            listen(build_app(settings, storage), settings, taken)
        else:
            storage.database.close()
            listen_with_workers(app_of_worker, settings, taken, workers)


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
) -> None:
    """Create a provider with sample data. Its secrets are printed once."""
    settings = settings_or_exit()
    storage = open_or_exit(settings)
    try:
        with storage.database.write() as db:
            summary = new_provider(db, storage.installation, name, admin_email)
    except DomainError as error:
        give_up(f"{error.field or 'provider'}: {error.message}")
    typer.echo(json.dumps(summary, indent=2) if as_json else _in_words(summary))


provider_app.command("reset-password")(reset_password)
app.command()(export)
app.command()(apply)


def _greet(settings: Settings, summary: dict[str, Any] | None) -> None:
    if summary is None:
        typer.echo(f"Gatehouse serves on {settings.public_url} (data in {settings.data_dir}).")
    elif sys.stdout.isatty():
        typer.echo(_in_words(summary))
        typer.echo(f"All of this is in {settings.data_dir / 'first-start.json'} too.")
    else:  # what is not read by a person ends in a log
        typer.echo(
            f"Gatehouse serves on {settings.public_url}. How to log in is told in ", nl=False
        )
        typer.echo(f"{settings.data_dir / 'first-start.json'}, which only you may read.")
    sys.stdout.flush()


def _in_words(summary: dict[str, Any]) -> str:
    provider, service, sample = summary["provider"], summary["service"], summary["sample"]
    return "\n".join(
        [
            f"Provider {provider['name']} is ready.",
            f"  Admin portal      {provider['admin_base_url']}/p/admin",
            f"    log in as       {summary['admin']['username']} / {summary['admin']['password']}",
            f"  Developer portal  {provider['portal_base_url']}/",
            f"    sample login    {sample['username']} / {sample['password']}",
            f"  Admin GraphQL     {provider['admin_base_url']}/admin/api/graphql",
            "  Try a call        "
            f"curl '{service['staging_base_url']}/hello?user_key={sample['user_key']}'",
        ]
    )
