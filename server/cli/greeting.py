"""What is said after a start and of a new provider: where everything is, and how to log in."""

import sys
from collections.abc import Mapping
from typing import Any

import typer

from server.settings import Settings


def greet(settings: Settings, summary: Mapping[str, Any] | None) -> None:
    """Say that it serves; passwords are told to a person alone."""
    if summary is None:
        typer.echo(f"Gatehouse serves on {settings.public_url} (data in {settings.data_dir}).")
    elif sys.stdout.isatty():
        typer.echo(in_words(summary))
        typer.echo(f"All of this is in {settings.data_dir / 'first-start.json'} too.")
    else:  # what is not read by a person ends in a log
        typer.echo(
            f"Gatehouse serves on {settings.public_url}. How to log in is told in ", nl=False
        )
        typer.echo(f"{settings.data_dir / 'first-start.json'}, which only you may read.")
    sys.stdout.flush()


def in_words(summary: Mapping[str, Any]) -> str:
    """Say what a new provider has."""
    provider = summary["provider"]
    lines = [
        f"Provider {provider['name']} is ready.",
        f"  Admin portal      {provider['admin_base_url']}/p/admin",
        f"    log in as       {summary['admin']['username']} / {summary['admin']['password']}",
        f"  Developer portal  {provider['portal_base_url']}/",
        f"  Admin GraphQL     {provider['admin_base_url']}/admin/api/graphql",
    ]
    if "sample" in summary:
        service, sample = summary["service"], summary["sample"]
        login = f"    sample login    {sample['username']} / {sample['password']}"
        call = f"{service['staging_base_url']}/hello?user_key={sample['user_key']}"
        lines = [*lines[:4], login, *lines[4:], f"  Try a call        curl '{call}'"]
    return "\n".join(lines)
