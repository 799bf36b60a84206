"""`gatehouse gateway bundle`: a deployed configuration as a folder for a stock nginx."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import typer
from sqlmodel import Session, col, select

from gateway.bundle.render import MARK, BadBundle, BundleSpec, render_bundle
from gateway.directory import Environment
from gateway.errors import BadDocument
from server.actions.services.configs import find_current_config
from server.cli.start import give_up, open_existing_or_exit, settings_or_exit
from server.directory_queries import find_document_record, find_service_by_name
from server.domain.installation import Addresses
from server.domain.provider.providers import Provider
from server.domain.services.services import Service
from server.kit.files import write_private
from server.runtime.storage import Storage

DEPLOY = {
    "staging": "Deploy it first, in the admin portal under Integration.",
    "production": "Promote a staging version first, in the admin portal under Integration.",
}


def bundle(
    service: Annotated[str, typer.Option(help="System name of a service of the first provider.")],
    environment: Annotated[
        Literal["staging", "production"], typer.Option(help="Whose newest version is taken.")
    ],
    out: Annotated[Path, typer.Option(help="Folder to write to: empty, or an earlier bundle.")],
    backend: Annotated[
        str, typer.Option(help="Where nginx reaches Gatehouse, if not at its public URL.")
    ] = "",
    port: Annotated[int, typer.Option(help="Port nginx listens on.", min=1, max=65535)] = 8080,
) -> None:
    """Write nginx.conf and Lua that enforce a deployed configuration in a stock nginx."""
    storage = open_existing_or_exit(settings_or_exit())
    try:
        files = render_bundle(_plan(storage, service, environment, backend, port))
        _refuse_foreign(out)
        _write(out, files)
    except (BadBundle, BadDocument) as error:
        give_up(str(error))
    except OSError as error:
        give_up(f"{out} can't be written: {error.strerror}.")
    finally:
        storage.database.close()
    typer.echo(f"Wrote {len(files)} files to {out}; README.txt there tells how to run them.")
    typer.echo("They hold secrets of the service: only you may read them. Keep it so.", err=True)


def _plan(
    storage: Storage, name: str, environment: Environment, backend: str, port: int
) -> BundleSpec:
    """Read what the environment runs. Raises: BadBundle."""
    with storage.database.read() as db:
        service_id = find_service_by_name(db, name)
        if service_id is None:
            raise BadBundle(f"There is no service {name!r}. These exist: {_names(db)}.")
        config = find_current_config(db, service_id, environment)
        if config is None:
            raise BadBundle(f"{name} was never deployed to {environment}. {DEPLOY[environment]}")
        document = find_document_record(db, storage.installation, environment, service_id)
        if document is None:
            raise BadBundle(f"{name} is closed. Open it first.")
        return BundleSpec(
            document=document,
            environment=environment,
            version=config.version,
            backend=backend or _home(db, service_id, storage.installation.addresses),
            port=port,
        )


def _names(db: Session) -> str:
    query = select(Service.system_name).where(
        Service.provider_id == Provider.id, col(Provider.is_first), Service.state != "deleted"
    )
    return ", ".join(db.exec(query.order_by(Service.system_name))) or "none"


def _home(db: Session, service_id: int, addresses: Addresses) -> str:
    """Return where the Service Management API of a service's provider answers."""
    service = db.get_one(Service, service_id)
    return addresses.admin(db.get_one(Provider, service.provider_id))


def _refuse_foreign(out: Path) -> None:
    """Refuse a folder that holds something else than a bundle. Raises: BadBundle, OSError."""
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return
    conf = out / "nginx.conf"
    if not conf.is_file() or not conf.read_text(errors="replace").startswith(MARK):
        raise BadBundle(f"{out} holds other files. Name a new folder or an earlier bundle.")


def _write(out: Path, files: Mapping[str, str]) -> None:
    """Write files that only their owner may read: secrets are among them."""
    for name, text in files.items():
        file = out / name
        for folder in (out, *(out / each for each in reversed(Path(name).parents[:-1]))):
            folder.mkdir(mode=0o700, exist_ok=True)
        new = file.with_name(f"{file.name}.new")
        write_private(new, text)
        new.replace(file)
