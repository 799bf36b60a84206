"""Logging developers in without their passwords: one-time tokens, ours or signed by the provider.

Source: reference-portal 1.1, 12.1.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated, Any
from urllib.parse import urlencode, urlsplit

from pydantic import Field
from sqlmodel import Session, select

from server.actions.accounts.users import hold_link, hold_with_account
from server.actions.rows import hold, save
from server.actions.secrets import reveal, unsealed
from server.actions.work import Work
from server.domain.accounts.users import OneTimeToken, Proof, User
from server.domain.actors import Actor
from server.domain.attributes import Id, ShortText, Text, Whole
from server.domain.drafts import Draft, parse
from server.domain.errors import BadToken, Invalid, NotFound, Taken
from server.domain.events import HIDDEN, Event, EventKind
from server.domain.fields import clean_optional_text, is_comparable
from server.domain.permissions import Permission
from server.domain.provider.providers import Provider
from server.domain.provider.settings import Setting
from server.kit.crypto import token_digest
from server.kit.ids import random_hex

PURPOSE = "sso"
LEAST_S, USUAL_S, MOST_S = 31, 600, 86_400
LEEWAY_S = 60  # that the clock of who signs may be ahead
MOST_URL, MOST_TOKEN, MOST_JTI = 1_000, 4_000, 255
SHORTEST_JTI = 8
DEAD = "This link was used or has expired. Log in, or get another one where it came from."
KEY = "sso_key_sealed"


@dataclass(frozen=True, slots=True)
class SSOToken:
    """A new token, and the address that logs in by it."""

    sso_url: str
    token: str = field(repr=False)
    expires_at: datetime


def _clean_protocol(text: str, name: str) -> str:
    if text not in {"", "http", "https"}:
        raise Invalid("must be http or https.", field=name)
    return text


class SSOTokenDraft(Draft):
    """Whom to log in, until when, and where to."""

    user_id: Id | None = Field(default=None, description="Whom; or give the username.")
    username: ShortText = ""
    expires_in: Annotated[int, Whole(LEAST_S, MOST_S)] = Field(
        default=USUAL_S, description="Seconds."
    )
    redirect_url: Annotated[
        str, Text(lambda text, name: clean_optional_text(text, name, most=MOST_URL), most=MOST_URL)
    ] = Field(default="", description="A page of the portal, which is shown then.")
    protocol: Annotated[str, Text(_clean_protocol)] = Field(
        default="", description="http or https. The portal's own is used whatever is said."
    )


def create_sso_token(work: Work, values: Mapping[str, Any]) -> SSOToken:
    """Make a one-time address that logs a developer in.

    Whoever has it acts as that developer, who sees his keys.
    Raises: Forbidden, NotFound, Invalid at the field.
    """
    work.actor.require(Permission.ACCOUNTS_EDIT)
    work.actor.require(Permission.APPLICATIONS_SECRETS)
    given = parse(SSOTokenDraft, values)
    user = _find_user(work, given)
    base = base_url(work)
    target = own_target(base, given.redirect_url)
    if given.redirect_url and not target:
        raise Invalid(
            f"must be a page of the portal: a path, or below {base}.", field="redirect_url"
        )
    hold_with_account(work.db, user)
    token = random_hex(32)
    expires_at = work.now + timedelta(seconds=given.expires_in)
    work.db.add(_row(user, token, expires_at))
    work.record(Event(EventKind.SSO_TOKEN_CREATED, user.id, account_id=user.account_id))
    query = {
        "token": token,
        "expires_at": str(int(expires_at.timestamp())),
        **({"redirect_url": target} if target else {}),
    }
    return SSOToken(f"{base}/session/create?{urlencode(query)}", token, expires_at)


def _find_user(work: Work, given: SSOTokenDraft) -> User:
    """Find the developer. Raises: Invalid, NotFound."""
    if given.user_id is None and not given.username:
        raise Invalid("can't be blank: give it, or username.", field="user_id")
    query = select(User).where(
        User.provider_id == work.actor.provider_id, User.audience == "developer"
    )
    if given.user_id is not None:
        query = query.where(User.id == given.user_id)
    if given.username:
        query = query.where(User.username == given.username)
    user = work.db.exec(query).first()
    if user is None:
        wrong = "username" if given.user_id is None else "user_id"
        raise NotFound("There is no such developer.", field=wrong)
    return user


def _row(user: User, token: str, expires_at: datetime) -> OneTimeToken:
    return OneTimeToken(
        provider_id=user.provider_id,
        user_id=user.id,
        purpose=PURPOSE,
        digest=token_digest(token),
        expires_at=expires_at,
    )


def base_url(work: Work) -> str:
    """Tell where the portal is."""
    provider = work.db.get_one(Provider, work.actor.provider_id)
    return work.installation.addresses.portal(provider)


def own_target(base: str, text: str) -> str:
    """Turn an address of the portal into its path; empty for anything else."""
    if not text.isascii() or not text.isprintable() or "\\" in text or " " in text:
        return ""
    path = text.removeprefix(base) if text.startswith((f"{base}/", f"{base}?")) else text
    try:
        parts = urlsplit(path)
    except ValueError:
        return ""
    is_path = path.startswith("/") and not path.startswith("//")
    return path if is_path and not parts.scheme and not parts.netloc else ""


def use_sso_token(work: Work, token: str) -> Proof:
    """Use a token once: ours, or one that the provider has signed. Raises: BadToken."""
    if token.count(".") == 2:
        return _use_signed(work, token)
    db, installation = work.db, work.installation
    try:
        link, user = hold_link(db, installation, work.actor.provider_id, PURPOSE, token)
    except BadToken as error:
        raise BadToken(DEAD) from error
    link.used_at = work.now
    return Proof(user.id, user.password_hash)


def make_sso_key(work: Work) -> str:
    """Make the key that the provider signs tokens with; the one before signs nothing any more.

    Raises: Forbidden.
    """
    work.actor.require(Permission.SETTINGS_EDIT)
    work.actor.require(Permission.SETTINGS_SECRETS)
    settings = hold(work.db, work.db.get_one(Setting, work.actor.provider_id))
    key = random_hex(32)
    settings.sso_key_sealed = work.installation.vault.seal(key)
    changes = {"sso_key": [HIDDEN, HIDDEN]}
    work.record(Event(EventKind.SETTING_UPDATED, work.actor.provider_id, changes=changes))
    return key


def find_sso_key(work: Work) -> str | None:
    """Show the key to who may read it; None while there is none. Raises: Forbidden."""
    work.actor.require(Permission.SETTINGS_READ)
    settings = work.db.get_one(Setting, work.actor.provider_id)
    return None if settings.sso_key_sealed is None else reveal(work, settings, KEY)


def _use_signed(work: Work, token: str) -> Proof:
    """Use a token that the provider has signed. Raises: BadToken, which tells nothing."""
    settings = work.db.get_one(Setting, work.actor.provider_id)
    if settings.sso_key_sealed is None or len(token) > MOST_TOKEN:
        raise BadToken(DEAD)
    key = unsealed(work.installation.vault, settings, KEY)
    claims = _claims(token, key, base_url(work), int(work.now.timestamp()))
    user = _signed_user(work.db, work.actor, claims.get("sub"))
    expires_at = work.now + timedelta(seconds=claims["exp"] - work.now.timestamp())
    used = _row(user, f"{PURPOSE} {user.provider_id} {claims['jti']}", expires_at)
    used.used_at = work.now
    hold_with_account(work.db, user)
    try:
        save(work.db, used, unique="token")
    except Taken as error:
        raise BadToken(DEAD) from error
    return Proof(user.id, user.password_hash)


def _claims(token: str, key: str, base: str, now_s: int) -> dict[str, Any]:
    """Check a signed token: by whom, for which portal, and when. Raises: BadToken."""
    from joserfc import jwt  # only where somebody logs in like this
    from joserfc.errors import JoseError
    from joserfc.jwk import OctKey

    registry = jwt.JWTClaimsRegistry(
        now=now_s,
        leeway=LEEWAY_S,
        aud={"essential": True, "value": base},
        exp={"essential": True},
        iat={"essential": True},
        sub={"essential": True},
        jti={"essential": True},
    )
    try:
        claims = jwt.decode(token, OctKey.import_key(key), algorithms=["HS256"]).claims
        registry.validate(claims)
    except (JoseError, ValueError, TypeError) as error:
        raise BadToken(DEAD) from error
    lives_s = claims["exp"] - claims["iat"]
    is_bounded = 0 < lives_s <= MOST_S and SHORTEST_JTI <= len(claims["jti"]) <= MOST_JTI
    if not is_bounded or claims["exp"] <= now_s:
        raise BadToken(DEAD)
    return dict(claims)


def _signed_user(db: Session, actor: Actor, username: object) -> User:
    """Find whom a signed token names. Raises: BadToken."""
    if not isinstance(username, str) or not is_comparable(username):
        raise BadToken(DEAD)
    query = select(User).where(
        User.provider_id == actor.provider_id,
        User.audience == "developer",
        User.username == username,
    )
    user = db.exec(query).first()
    if user is None:
        raise BadToken(DEAD)
    return user
