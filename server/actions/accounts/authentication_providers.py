"""Providers of identity that developers log in by. Source: reference-portal 1.6, 12.1."""

from typing import Any

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.resources import Lifecycle, Partly, Resource
from server.actions.rows import get_owned
from server.actions.secrets import unsealed
from server.actions.work import Work
from server.domain.accounts.authentication_providers import (
    MOST_FAULT,
    AccountType,
    AuthenticationProvider,
    AuthenticationProviderDraft,
    IdentityKind,
    SSOAuthorization,
)
from server.domain.accounts.identities import Registration
from server.domain.accounts.users import User
from server.domain.errors import Invalid, NotFound
from server.domain.events import EventKind
from server.domain.fields import HIDDEN, is_comparable
from server.domain.permissions import Permission, Role, permissions_of_role
from server.domain.provider.providers import Provider
from server.domain.provider.settings import Setting
from server.kit.paging import Listing


def _check(work: Work, row: AuthenticationProvider) -> None:
    """Refuse one that is nowhere, or has no secret of its own. Raises: Invalid."""
    if unsealed(work.installation.vault, row, "client_secret_sealed") == HIDDEN:
        raise Invalid("is hidden where you read it: give the secret.", field="client_secret")
    if row.account_type == AccountType.PROVIDER:
        _check_of_staff(work, row)
    if not row.site and row.kind != IdentityKind.GITHUB:
        raise Invalid("can't be blank: it is the issuer's address.", field="site")


def _check_of_staff(work: Work, row: AuthenticationProvider) -> None:
    """Refuse who does not reach all that an admin does, whom he could log in as.

    Raises: MoreThanOwn, Invalid.
    """
    admin = permissions_of_role(Role.ADMIN, is_staff=True)
    work.actor.require_to_give(admin, field="account_type")
    work.actor.require_to_give_services(None, field="account_type")
    if row.kind == IdentityKind.GITHUB:
        raise Invalid(
            "must be keycloak, auth0 or oidc: the staff has an issuer of its own.", field="kind"
        )


# A file that says (hidden) keeps the secret that stands.
SECRET = Partly(
    hide=lambda _secret: HIDDEN,
    keep=lambda secret, standing: standing if secret == HIDDEN else secret,
)
AUTHENTICATION_PROVIDERS = Resource(
    name="authentication_provider",
    noun="login provider",
    model=AuthenticationProvider,
    draft=AuthenticationProviderDraft,
    read=Permission.SETTINGS_READ,
    edit=Permission.SETTINGS_EDIT,
    events=Lifecycle(
        created=EventKind.AUTHENTICATION_PROVIDER_CREATED,
        updated=EventKind.AUTHENTICATION_PROVIDER_UPDATED,
        deleted=EventKind.AUTHENTICATION_PROVIDER_DELETED,
    ),
    listing=Listing("authentication_providers", AuthenticationProvider),
    partly={"client_secret": SECRET},
    prepare=_check,
)


def published_query(
    provider_id: int, account_type: AccountType = AccountType.DEVELOPER
) -> SelectOfScalar[AuthenticationProvider]:
    """Select those that a side's login page offers, in their order."""
    mine = select(AuthenticationProvider).where(AuthenticationProvider.provider_id == provider_id)
    theirs = mine.where(AuthenticationProvider.account_type == account_type.value)
    return theirs.where(col(AuthenticationProvider.published)).order_by(
        col(AuthenticationProvider.id)
    )


def is_sso_enforced(db: Session, provider_id: int) -> bool:
    """Return whether the staff logs in by an account elsewhere alone.

    Where no login of theirs is published any more, passwords count again: nobody is locked out.
    """
    if not db.get_one(Setting, provider_id).enforce_sso:
        return False
    return has_staff_login(db, provider_id)


def has_staff_login(db: Session, provider_id: int) -> bool:
    """Return whether the staff may log in by an account elsewhere."""
    published = published_query(provider_id, AccountType.PROVIDER).limit(1)
    return db.exec(published).first() is not None


def logins_query(
    provider_id: int,
) -> SelectOfScalar[tuple[SSOAuthorization, AuthenticationProvider]]:
    """Select what users are connected with, each with where it is; to be narrowed by user."""
    query: Any = (
        select(SSOAuthorization, AuthenticationProvider)
        .join(
            AuthenticationProvider,
            col(AuthenticationProvider.id) == SSOAuthorization.authentication_provider_id,
        )
        .join(User, col(User.id) == SSOAuthorization.user_id)
        .where(SSOAuthorization.provider_id == provider_id)
        .order_by(col(SSOAuthorization.id))
    )
    found: SelectOfScalar[tuple[SSOAuthorization, AuthenticationProvider]] = query
    return found


def get_published(
    work: Work, system_name: str, account_type: AccountType = AccountType.DEVELOPER
) -> AuthenticationProvider:
    """Find one that people may log in by. Raises: NotFound."""
    found = None
    if is_comparable(system_name):
        named = AuthenticationProvider.system_name == system_name
        published = published_query(work.actor.provider_id, account_type)
        found = work.db.exec(published.where(named)).first()
    if found is None:
        raise NotFound("There is no such way to log in.")
    return found


def callback_url(work: Work, row: AuthenticationProvider) -> str:
    """Tell where browsers come back to; it is registered at the provider of identity."""
    provider = work.db.get_one(Provider, row.provider_id)
    if row.account_type == AccountType.PROVIDER:
        base = work.installation.addresses.admin(provider)
        return f"{base}/p/admin/auth/{row.system_name}/callback"
    return f"{work.installation.addresses.portal(provider)}/auth/{row.system_name}/callback"


def registration_of(work: Work, row: AuthenticationProvider) -> Registration:
    """Tell what this portal is there, with its secret: for our own calls only."""
    return Registration(
        kind=row.kind,
        name=row.name,
        site=row.site,
        client_id=row.client_id,
        client_secret=unsealed(work.installation.vault, row, "client_secret_sealed"),
        callback_url=callback_url(work, row),
        identifier_key=row.identifier_key,
        username_key=row.username_key,
        trust_email=row.trust_email,
    )


def get_to_test(work: Work, row_id: int) -> Registration:
    """Find what is to be tested. Raises: NotFound, Forbidden."""
    work.actor.require(Permission.SETTINGS_EDIT)
    return registration_of(work, get_owned(work, AuthenticationProvider, row_id))


def note_fault(work: Work, row_id: int, reason: str) -> None:
    """Note for the provider why the last login failed; empty when it did not."""
    row = work.db.get(AuthenticationProvider, row_id)
    if row is not None and row.provider_id == work.actor.provider_id:
        row.fault = reason[:MOST_FAULT]
        row.fault_at = work.now if reason else None
