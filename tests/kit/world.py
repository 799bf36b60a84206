"""A world to act in: two providers, the first with one of everything, and what a gateway asks."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from server.actions.accounts.users import create_user
from server.actions.applications.keys import user_key_of
from server.actions.portal.pages import TEMPLATES
from server.actions.provider.providers import NewProvider, create_provider
from server.actions.services.configs import deploy_to_staging, promote
from server.actions.services.services import create_service
from server.actions.work import Work
from server.auth.actors import actor_of_user
from server.auth.dependencies import Dependencies
from server.directory import DatabaseDirectory
from server.domain.accounts.users import User
from server.domain.applications.applications import Application
from server.domain.plans.plans import AccountPlan, ApplicationPlan
from server.domain.provider.providers import Provider
from server.domain.services.services import Service
from tests.kit.make import copy_of_migrated, make_deps
from tests.kit.work import by

FRESH = "fresh-secret-0123456789"  # the value of every secret that a case gives
Question = tuple[str, tuple[Any, ...]]  # a method of the directory, and its arguments


@dataclass(frozen=True, slots=True)
class Known:
    """What a world begins with; everything is the first provider's, but for `globex`."""

    database: bytes
    acme: NewProvider
    globex: NewProvider
    weather_id: int  # a second service, deployed everywhere
    gold_id: int  # an application plan that nobody is on
    silver_id: int  # an account plan that nobody is on
    erin_id: int  # a pending user of the sample account


@dataclass
class World:
    """A world of its own for one case."""

    deps: Dependencies
    known: Known
    kept: dict[str, Any] = field(default_factory=dict)  # by a case's preparation, for its action

    @property
    def acme(self) -> NewProvider:
        """The provider in whose name a case acts."""
        return self.known.acme

    @property
    def service_id(self) -> int:
        """Its sample service."""
        return self.acme.sample.service.id

    @property
    def application_id(self) -> int:
        """The sample developer's application."""
        return self.acme.sample.application.id

    @property
    def account_id(self) -> int:
        """The sample developer's account."""
        return self.acme.sample.application.account_id

    @property
    def plan_id(self) -> int:
        """The plan of the sample application."""
        return self.acme.sample.application.plan_id

    def work(self, db: Session) -> Work:
        """Let the provider's admin work."""
        return by(db, actor_of_user(self.acme.admin), self.deps.installation)

    def developer(self, db: Session) -> Work:
        """Let the sample developer work."""
        user = db.get_one(User, self.acme.sample.user.id)
        return by(db, actor_of_user(user), self.deps.installation)


def make_world(folder: Path) -> World:
    """Make a world in a folder."""
    known = _known()
    (folder / "test.db").write_bytes(known.database)
    return World(make_deps(folder), known)


@cache
def _known() -> Known:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy_of_migrated(folder / "test.db")
        deps = make_deps(folder)
        known = furnish(deps)
        deps.database.close()
        return replace(known, database=(folder / "test.db").read_bytes())


def furnish(deps: Dependencies) -> Known:
    """Make everything that a world begins with in an empty, migrated database."""
    with deps.database.write() as db:
        acme, globex = (
            create_provider(db, deps.installation, name, f"admin@{name.lower()}.example")
            for name in ("Acme", "Globex")
        )
        ids = _furnished(by(db, actor_of_user(acme.admin), deps.installation), acme)
    return Known(b"", acme, globex, **ids)


def _furnished(work: Work, acme: NewProvider) -> dict[str, int]:
    weather = create_service(work, {"name": "Weather"})
    deploy_to_staging(work, weather.id)
    promote(work, weather.id)
    silver = AccountPlan(provider_id=acme.provider.id, name="Silver", system_name="silver")
    work.db.add(silver)
    erin = {"username": "erin", "email": "erin@x.example"}
    TEMPLATES.create(work, {"kind": "page", "name": "/docs", "draft": "Soon."})
    work.db.flush()
    return {
        "weather_id": weather.id,
        "gold_id": other_plan(work.db, acme),
        "silver_id": silver.id,
        "erin_id": create_user(work, acme.sample.application.account_id, erin).id,
    }


def other_plan(db: Session, acme: NewProvider) -> int:
    """Find the sample service's plan that the sample application is not on."""
    query = select(ApplicationPlan.id).where(
        ApplicationPlan.service_id == acme.sample.service.id,
        ApplicationPlan.id != acme.sample.application.plan_id,
    )
    return db.exec(query).one()


def questions(world: World) -> Sequence[Question]:
    """List what gateways may ask: about all that there is, and about what may come to be."""
    with world.deps.database.read() as db:
        services = db.exec(select(Service).order_by(col(Service.id))).all()
        providers = {provider.id: provider for provider in db.exec(select(Provider))}
        applications = db.exec(select(Application)).all()
    vault = world.deps.installation.vault
    labels = {f"{each.system_name}-{providers[each.provider_id].subdomain}" for each in services}
    labels |= {"rain-acme", "api-initech"}
    names = {each.system_name for each in services} | {"rain"}
    ids = [each.id for each in services]
    keys = {user_key_of(vault, each) for each in applications} | {FRESH}
    app_ids = {each.application_id for each in applications} | {"fresh-id"}
    provider_keys = (world.acme.provider_key, world.known.globex.provider_key, "nobody's")
    tokens = {vault.unseal(each.service_token_sealed) for each in services}
    return [
        *(("service", (number,)) for number in (*ids, max(ids) + 1)),
        *(("document_by_host", (f"{each}{stage}.localhost",)) for each in sorted(labels)
          for stage in ("", ".staging")),
        *(("document_by_name", (stage, name)) for name in sorted(names)
          for stage in ("staging", "production")),
        *(("application_by_user_key", (number, key)) for number in ids for key in sorted(keys)),
        *(("application_by_app_id", (number, key)) for number in ids for key in sorted(app_ids)),
        *(("provider_by_key", (key,)) for key in provider_keys),
        *(("service_token_matches", (number, token)) for number in ids
          for token in sorted(tokens)),
    ]  # fmt: skip


async def answers(directory: DatabaseDirectory, asked: Sequence[Question]) -> dict[Question, Any]:
    """Ask a directory everything; the answers are comparable."""
    return {(name, args): _content(await getattr(directory, name)(*args)) for name, args in asked}


def _content(value: Any) -> Any:
    """Take an answer apart: policies and compiled rules are else equal only to themselves."""
    if isinstance(value, list | tuple):
        return [_content(each) for each in value]
    if isinstance(value, dict):
        return {key: _content(each) for key, each in value.items()}
    if callable(value):
        return getattr(value, "__qualname__", "")
    if isinstance(value, Enum) or not type(value).__module__.startswith("gateway."):
        return value
    names = [field.name for field in fields(value)] if is_dataclass(value) else []
    names += [*getattr(value, "__dict__", ()), *getattr(type(value), "__slots__", ())]
    return type(value).__name__, {name: _content(getattr(value, name)) for name in names}
