"""Cases and races of logins without a password of ours."""

from server.actions.accounts import identities, sso_tokens
from server.actions.accounts.authentication_providers import AUTHENTICATION_PROVIDERS
from server.actions.accounts.invitations import invite_user, issue_invitation_link
from server.actions.accounts.signup import NewSignup
from server.actions.work import Work
from server.domain.accounts.authentication_providers import AuthenticationProvider
from server.domain.accounts.identities import Identity
from server.domain.actors import Actor
from server.domain.events import EventKind as Kind
from tests.kit.cases.case import both, case, keeps
from tests.kit.cases.race import Race
from tests.kit.resources import SAMPLES
from tests.kit.work import by, proof_of
from tests.kit.world import World

KEPT = "login"


def _made(work: Work, world: World) -> int:
    values = SAMPLES["authentication_provider"](work.db, world.acme).values
    return AUTHENTICATION_PROVIDERS.create(work, values).id


has_login = keeps(KEPT, _made)


def _row(work: Work, world: World) -> AuthenticationProvider:
    return work.db.get_one(AuthenticationProvider, world.kept[KEPT])


def _visitor(work: Work, world: World) -> Work:
    return by(work.db, Actor.anonymous(world.acme.provider.id), work.installation)


def _gavin(number: int = 0, uid: str = "7", *, email_verified: bool = True) -> Identity:
    return Identity(uid=uid, email=f"gavin{number}@x.example", email_verified=email_verified)


def _draft(number: int = 0) -> NewSignup:
    name = f"gavin{number}"
    return NewSignup(org_name=name, username=name, email=f"{name}@x.example")


def _come_in(work: Work, world: World, email: str) -> object:
    identity = Identity(uid="7", email=email, email_verified=True)
    return identities.come_in(_visitor(work, world), _row(work, world), identity)


def _sign_up(work: Work, world: World, identity: Identity, number: int = 0) -> object:
    visitor = _visitor(work, world)
    return identities.sign_up_by_identity(visitor, _row(work, world), identity, _draft(number))


def _link(work: Work, world: World, uid: str = "7") -> object:
    john, proof = world.developer(work.db), proof_of(world.acme.sample.user)
    return identities.link_identity(john, _row(work, world), Identity(uid=uid), proof)


def _invited(work: Work, world: World) -> None:
    made = invite_user(work, world.account_id, {"email": "milton@x.example"})
    world.kept["link"] = issue_invitation_link(work.db, work.installation, made)


def _sso_token(work: Work, world: World) -> str:
    given = {"user_id": world.acme.sample.user.id}
    return sso_tokens.create_sso_token(work, given).token


SIGNED_UP = (Kind.ACCOUNT_CREATED, Kind.APPLICATION_CREATED, Kind.IDENTITY_LINKED)
LOGINS = (
    case(
        identities.come_in,
        lambda work, w: _come_in(work, w, w.acme.sample.user.email),
        Kind.IDENTITY_LINKED,
        before=has_login,
    ),
    case(
        identities.come_in,
        lambda work, w: _come_in(work, w, "erin@x.example"),
        Kind.IDENTITY_LINKED,
        Kind.USER_ACTIVATED,
        before=has_login,
        note="before a mailed link",
    ),
    case(identities.link_identity, _link, Kind.IDENTITY_LINKED, before=has_login),
    case(
        identities.unlink_identity,
        lambda work, w: identities.unlink_identity(w.developer(work.db), "acme-id"),
        Kind.IDENTITY_UNLINKED,
        before=both(has_login, _link),
    ),
    case(
        identities.sign_up_by_identity,
        lambda work, w: _sign_up(work, w, _gavin()),
        *SIGNED_UP,
        Kind.USER_CREATED,
        Kind.USER_ACTIVATED,
        Kind.ACCOUNT_APPROVED,
        before=has_login,
    ),
    case(
        identities.sign_up_by_identity,
        lambda work, w: _sign_up(work, w, _gavin(email_verified=False)),
        *SIGNED_UP,
        Kind.USER_SIGNED_UP,
        before=has_login,
        note="with a mail that nobody has verified",
    ),
    case(
        identities.join_by_identity,
        lambda work, w: identities.join_by_identity(
            _visitor(work, w), _row(work, w), _gavin(), w.kept["link"], {"username": "milton"}
        ),
        Kind.USER_CREATED,
        Kind.INVITATION_ACCEPTED,
        Kind.IDENTITY_LINKED,
        before=both(has_login, _invited),
    ),
    case(sso_tokens.create_sso_token, _sso_token, Kind.SSO_TOKEN_CREATED),
    case(
        sso_tokens.make_sso_key,
        lambda work, _: sso_tokens.make_sso_key(work),
        Kind.SETTING_UPDATED,
    ),
)
LOGIN_RACES = (
    Race(
        name="one identity signs up as many",
        act=lambda work, w, number: _sign_up(work, w, _gavin(number), number),
        before=has_login,
        wins=1,
        holds=("sso_authorizations.authentication_provider_id,uid",),
    ),
    Race(
        name="one user is connected with many identities",
        act=lambda work, w, number: _link(work, w, f"uid-{number}"),
        before=has_login,
        wins=1,
        holds=("sso_authorizations.authentication_provider_id,user_id",),
    ),
    Race(
        name="one address that logs in once",
        act=lambda work, w, _: sso_tokens.use_sso_token(_visitor(work, w), w.kept["token"]),
        before=keeps("token", _sso_token),
        wins=1,
    ),
    Race(
        name="one system name of a login",
        act=lambda work, w, number: AUTHENTICATION_PROVIDERS.create(
            work,
            {
                **SAMPLES["authentication_provider"](work.db, w.acme).values,
                "name": f"Name {number}",
            },
        ),
        wins=1,
        holds=("authentication_providers.provider_id,system_name",),
    ),
)
