"""Cases and races of second factors."""

from typing import Any

from sqlmodel import Session, select

from server.actions.accounts import factors
from server.actions.work import Work
from server.auth.challenges import Asked, new_challenge, spend_challenge
from server.auth.second_factors import prove_by_code
from server.domain.accounts.factors import MOST_PASSKEYS, Authenticator, NewPasskey, Passkey
from server.domain.accounts.users import User
from server.domain.events import EventKind as Kind
from server.kit.totp import code_at
from tests.kit.cases.case import both, case, keeps
from tests.kit.cases.race import Race
from tests.kit.work import proof_of
from tests.kit.world import World


def begin(work: Work, world: World) -> Authenticator:
    """Begin to set up the sample developer's app."""
    proof = proof_of(world.acme.sample.user)
    return factors.set_up_authenticator(world.developer(work.db), proof)


def current_code(work: Work, world: World) -> str:
    """Tell what the app shows now."""
    app = work.db.get_one(Authenticator, world.acme.sample.user.id)
    secret = work.installation.vault.unseal(app.secret_sealed)
    return code_at(secret, work.now)


def confirm(work: Work, world: World) -> object:
    """Type the first code."""
    return factors.confirm_authenticator(world.developer(work.db), current_code(work, world))


def set_up(work: Work, world: World) -> None:
    """Have the app count, keep its recovery codes and forget that its first code was used."""
    begin(work, world)
    world.kept["codes"] = confirm(work, world)
    work.db.get_one(Authenticator, world.acme.sample.user.id).last_step = 0


def register(work: Work, world: World, number: int = 0) -> object:
    """Register a passkey."""
    made = NewPasskey(f"credential-{number}", b"key", 0, "localhost")
    return factors.add_passkey(world.developer(work.db), f"key {number}", made)


def _all_but_one(work: Work, world: World) -> None:
    for number in range(100, 100 + MOST_PASSKEYS - 1):
        register(work, world, number)


def _passkey_id(work: Work, _world: World) -> int:
    return work.db.exec(select(Passkey.id)).one()


def _proved(code: str, work: Work, world: World) -> object:
    user = work.db.get_one(User, world.acme.sample.user.id)
    return prove_by_code(work.db, work.installation, user, code)


def _asked(world: World) -> Asked:
    return Asked(world.acme.provider.id, "race", "seed")


def _spend(work: Work, world: World, _number: int) -> object:
    asked = _asked(world)
    spend_challenge(work.db, work.installation, asked, world.kept["challenge"])
    return asked


def _few_passkeys(db: Session, _world: World) -> bool:
    rows: Any = db.exec(select(Passkey)).all()
    return len(rows) == MOST_PASSKEYS


FACTORS = (
    case(factors.confirm_authenticator, confirm, Kind.FACTORS_CHANGED, before=begin),
    case(
        factors.remove_authenticator,
        lambda work, w: factors.remove_authenticator(
            w.developer(work.db), proof_of(w.acme.sample.user)
        ),
        Kind.FACTORS_CHANGED,
        before=set_up,
    ),
    case(factors.add_passkey, register, Kind.FACTORS_CHANGED),
    case(
        factors.remove_passkey,
        lambda work, w: factors.remove_passkey(
            w.developer(work.db), proof_of(w.acme.sample.user), w.kept["passkey"]
        ),
        Kind.FACTORS_CHANGED,
        before=both(register, keeps("passkey", _passkey_id)),
    ),
    case(
        factors.renew_recovery_codes,
        lambda work, w: factors.renew_recovery_codes(
            w.developer(work.db), proof_of(w.acme.sample.user)
        ),
        Kind.FACTORS_CHANGED,
        before=set_up,
    ),
    case(
        factors.remove_factors,
        lambda work, w: factors.remove_factors(work, w.acme.sample.user.id),
        Kind.FACTORS_CHANGED,
        before=set_up,
    ),
)
RACES_OF_FACTORS = (
    Race(
        name="one code of an app",
        act=lambda work, w, _: _proved(current_code(work, w), work, w),
        before=set_up,
        wins=1,
    ),
    Race(
        name="one recovery code",
        act=lambda work, w, _: _proved(w.kept["codes"][0], work, w),
        before=set_up,
        wins=1,
    ),
    Race(
        name="an app is confirmed",
        act=lambda work, w, _: confirm(work, w),
        before=begin,
        wins=1,
    ),
    Race(
        name="one challenge is answered",
        act=_spend,
        before=keeps("challenge", lambda work, w: new_challenge(work.installation, _asked(w))),
        wins=1,
        holds=("spent_challenges.digest",),
    ),
    Race(
        name="one passkey is registered",
        act=lambda work, w, _: register(work, w),
        wins=1,
        holds=("passkeys.provider_id,credential_id",),
    ),
    Race(
        name="the last passkey that a user may have",
        act=register,
        before=_all_but_one,
        wins=1,
        claim=_few_passkeys,
        holds=("MOST_PASSKEYS",),
    ),
)
