"""`gatehouse provider reset-password`: a way in for who has lost the admin's password."""

from typing import Annotated

import typer
from sqlmodel import Session, col, select

from server.actions.accounts.users import replace_lost_password
from server.actions.provider.providers import ADMIN_USERNAME
from server.actions.work import Work
from server.cli.providers import PROVIDER, provider_or_exit
from server.cli.start import give_up, open_existing_or_exit, settings_or_exit
from server.domain.accounts.users import User
from server.domain.actors import Actor
from server.domain.provider.providers import Provider


def reset_password(
    provider: PROVIDER = "",
    user: Annotated[
        str, typer.Option(help="Username or mail address of somebody of the provider's staff.")
    ] = ADMIN_USERNAME,
) -> None:
    """Give an admin a new password, which is printed once, and log him out everywhere."""
    storage = open_existing_or_exit(settings_or_exit())
    try:
        with storage.database.write() as db:
            owner = provider_or_exit(db, provider)
            found = _user_or_exit(db, owner, user)
            work = Work(db, Actor.system(owner.id, "gatehouse"), storage.installation)
            password = replace_lost_password(work, found.id)
        home = f"{storage.installation.addresses.admin(owner)}/p/admin"
    finally:
        storage.database.close()
    typer.echo(f"Log in at {home} as {found.username} / {password}")
    typer.echo("The sessions and access tokens of this user have ended.", err=True)


def _user_or_exit(db: Session, provider: Provider, name: str) -> User:
    staff = select(User).where(User.provider_id == provider.id, User.audience == "provider")
    everybody = db.exec(staff.order_by(col(User.username))).all()
    found = [each for each in everybody if name in {each.username, each.email}]
    if len(found) != 1:
        known = ", ".join(each.username for each in everybody)
        give_up(f"--user: nobody of {provider.name} is called {name!r}. Choose from: {known}.", 2)
    if found[0].state != "active":
        give_up(f"{found[0].username} is {found[0].state}: a password would not let him in.")
    return found[0]
