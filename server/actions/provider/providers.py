"""Tenants: created with everything they need to start."""

from dataclasses import dataclass, field

from sqlmodel import Session, select

from server.actions.portal.content import add_root
from server.actions.provider.field_definitions import add_default_definitions
from server.actions.provider.hosts import save_with_hosts
from server.actions.provider.samples import Sample, add_samples
from server.actions.work import Work
from server.domain.accounts.users import User, clean_email
from server.domain.actors import Actor
from server.domain.events import Event, EventKind, record
from server.domain.fields import clean_name
from server.domain.installation import Installation
from server.domain.permissions import Scope
from server.domain.plans.plans import AccountPlan
from server.domain.provider.providers import Provider
from server.domain.provider.settings import Setting
from server.domain.provider.tokens import AccessToken
from server.kit.crypto import token_digest
from server.kit.ids import random_hex, slug_of
from server.kit.locks import take_turns
from server.kit.passwords import hash_password

ADMIN_USERNAME = "admin"


@dataclass(frozen=True, slots=True)
class EmptyProvider:
    """What a provider without an API made: its secrets are here and nowhere else in clear."""

    provider: Provider
    admin: User
    admin_password: str
    provider_key: str
    access_token: str


@dataclass(frozen=True, slots=True)
class NewProvider(EmptyProvider):
    """What a new provider made, sample data and all."""

    sample: Sample


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstAdmin:
    """Who the first of the staff is besides his mail address, and what his token is for."""

    username: str = ADMIN_USERNAME
    password: str = field(default="", repr=False)  # empty: a random one is made
    token_name: str = "First start"  # noqa: S105 - a name
    scopes: tuple[Scope, ...] = tuple(Scope)


def create_provider(
    db: Session,
    installation: Installation,
    name: str,
    admin_email: str,
    first: FirstAdmin = FirstAdmin(),
) -> NewProvider:
    """Create a provider with admin user, settings, default plans, service and sample data.

    Raises: Invalid, Taken.
    """
    made = create_empty_provider(db, installation, name, admin_email, first)
    work = Work(db, Actor.system(made.provider.id), installation)
    sample = add_samples(work, made.admin.email)
    secrets = made.admin_password, made.provider_key, made.access_token
    return NewProvider(made.provider, made.admin, *secrets, sample)


def create_empty_provider(
    db: Session,
    installation: Installation,
    name: str,
    admin_email: str,
    first: FirstAdmin = FirstAdmin(),
) -> EmptyProvider:
    """Create a provider that has no API yet: its APIs come from elsewhere.

    Raises: Invalid, Taken.
    """
    take_turns(db, Provider)  # names are chosen, and one is the first
    provider, provider_key = _provider_row(db, installation, clean_name(name, "name"))
    db.add(Setting(provider_id=provider.id))
    add_default_definitions(db, provider.id)
    db.add(
        AccountPlan(
            provider_id=provider.id,
            name="Default",
            system_name="default",
            state="published",
            is_default=True,
        )
    )
    password = first.password or random_hex(10)
    admin = User(
        provider_id=provider.id,
        audience="provider",
        username=first.username,
        email=clean_email(admin_email),
        password_hash=hash_password(password),
        role="admin",
        state="active",
    )
    provider.from_email = provider.support_email = admin.email
    db.add(admin)
    db.flush()  # the sample data and the token need the ids
    token = _first_token(db, admin, first)
    actor = Actor.system(provider.id)
    add_root(Work(db, actor, installation))
    record(db, actor, Event(EventKind.PROVIDER_CREATED, provider.id))
    return EmptyProvider(provider, admin, password, provider_key, token)


def _provider_row(db: Session, installation: Installation, name: str) -> tuple[Provider, str]:
    key = random_hex(16)
    provider = Provider(
        name=name,
        subdomain="",  # the first free one, below
        is_first=db.exec(select(Provider).limit(1)).first() is None,
        provider_key_digest=installation.vault.digest(key),
        provider_key_sealed=installation.vault.seal(key),
    )
    base = slug_of(name, separator="-")[:30].strip("-") or "provider"
    save_with_hosts(db, installation.addresses, provider, base)
    return provider, key


def _first_token(db: Session, admin: User, first: FirstAdmin) -> str:
    value = random_hex(48)
    db.add(
        AccessToken(
            provider_id=admin.provider_id,
            user_id=admin.id,
            name=first.token_name,
            digest=token_digest(value),
            hint=value[-4:],
            scopes=sorted(first.scopes),
            permission="rw",
        )
    )
    return value


def find_first_provider(db: Session) -> Provider | None:
    """Find the provider that a bare host serves."""
    return db.exec(select(Provider).where(Provider.is_first)).first()


def provider_key_of(installation: Installation, provider: Provider) -> str:
    """Read the provider key in clear."""
    return installation.vault.unseal(provider.provider_key_sealed)
