"""Which provider a command is about."""

from typing import Annotated

import typer
from sqlmodel import Session, select

from server.actions.provider.providers import find_first_provider
from server.cli.start import give_up
from server.domain.provider.providers import Provider

PROVIDER = Annotated[
    str, typer.Option(help="The provider's name or subdomain; without it the first one.")
]


def provider_or_exit(db: Session, name: str) -> Provider:
    """Find the provider of a name or subdomain; one that can't be meant is told."""
    if not name:
        if (first := find_first_provider(db)) is None:
            give_up("There is no provider yet: `gatehouse provider create` makes one.", 2)
        return first
    every = db.exec(select(Provider).order_by(Provider.subdomain)).all()
    found = [each for each in every if each.subdomain == name]
    found = found or [each for each in every if each.name == name]
    if len(found) != 1:
        known = ", ".join(each.subdomain for each in found or every)
        problem = "several providers are" if found else "no provider is"
        give_up(f"--provider: {problem} called {name!r}. Choose from: {known}.", 2)
    return found[0]
