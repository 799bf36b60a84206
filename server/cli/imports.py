"""`gatehouse import`: what is described elsewhere becomes a provider's configuration."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated
from urllib.parse import unquote, urlsplit

import typer

from server.as_code.apply import read_state
from server.as_code.openapi import Import, with_import
from server.cli.as_code import (
    ACCEPT_BREAKING,
    carry_out,
    explained,
    fetched,
    keeping_all,
    opened,
    workspace_of,
)
from server.cli.moving import three_scale
from server.cli.providers import PROVIDER
from server.cli.start import give_up
from server.domain.errors import DomainError, Invalid
from server.domain.portal.api_docs import clean_body, refuse_unknown_version
from server.domain.portal.specs.as_service import sketch_of
from server.domain.portal.specs.bundling import bundled, refuse_foreign
from server.domain.portal.specs.operations import readable
from server.domain.portal.specs.reading import parse_document
from server.domain.portal.specs.swagger_1 import is_swagger_1

import_app = typer.Typer(no_args_is_help=True, help="Bring in what is described elsewhere.")
import_app.command("3scale")(three_scale)


@import_app.command()
def openapi(  # noqa: PLR0913 - a command has as many options as it has
    document: Annotated[str, typer.Argument(metavar="FILE", help="A file, or an http address.")],
    provider: PROVIDER = "",
    service: Annotated[
        str, typer.Option(help="System name of the API; else made from the title.")
    ] = "",
    prefixes: Annotated[
        bool, typer.Option("--prefixes", help="Rules match all that begins like a path.")
    ] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Take base URL and credentials of the document too.")
    ] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Delete methods and rules that it does not name.")
    ] = False,
    accept_breaking: ACCEPT_BREAKING = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what it does.")] = False,
) -> None:
    """Make or update an API from a document of Swagger or OpenAPI: methods, rules, base URL."""
    with explained(), keeping_all(), opened() as storage:
        try:
            body = _read(document, partial(fetched, storage.installation))
            sketch = sketch_of(readable(body), prefixes=prefixes)
            with storage.database.write() as db:
                workspace = workspace_of(db, storage, provider, accepts_breaking=accept_breaking)
                given = Import(sketch, body, service, overwrite)
                outcome = with_import(read_state(workspace), given)
                for told in outcome.told:
                    typer.echo(f"Note: {told}", err=True)
                plan = carry_out(workspace, outcome.state, dry_run=dry_run, prune=prune)
        except DomainError as error:
            give_up(f"{document}: {error.field or 'document'} {error.message}")
        if plan.edits:
            typer.echo("Done.")


def _read(document: str, fetch: Callable[[str], str]) -> str:
    """Read a document with all that it refers to, as JSON. Raises: DomainError."""
    if urlsplit(document).scheme in ("http", "https"):
        address, read = document, fetch
    else:
        file = Path(document).absolute()
        address, read = file.as_uri(), partial(_beside, file.parent, fetch)
    body = clean_body(_together(read(address), address, read))
    refuse_unknown_version(body)
    refuse_foreign(body)
    return body


def _together(text: str, address: str, read: Callable[[str], str]) -> str:
    """Bring what a document refers to into it; a file of Swagger 1.2 stands for itself."""
    if address.startswith("file:") and is_swagger_1(parse_document(clean_body(text))):
        return text
    return bundled(text, address, clean_body, read)


def _beside(folder: Path, fetch: Callable[[str], str], address: str) -> str:
    """Read a file in a folder or below; an http address is fetched. Raises: DomainError."""
    parts = urlsplit(address)
    if parts.scheme != "file":
        return fetch(address)
    file = Path(unquote(parts.path))
    if not file.resolve().is_relative_to(folder.resolve()):
        raise Invalid("is in no folder below that of the document.", field="document")
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise Invalid(f"can't be read: {error.strerror}.", field="document") from error
    except UnicodeDecodeError as error:
        raise Invalid("must be text in UTF-8.", field="document") from error
