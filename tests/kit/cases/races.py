"""What many do at the same moment, each a little differently, and what has to be true afterwards.

That all actions come out as in turn is a property of its own: here are those where the callers give
different values, so that "the same again" is not what refuses them.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlmodel import Session, select

from server.actions.accounts import invitations, open_signup, signup, subscriptions, users
from server.actions.accounts.accounts import delete_account
from server.actions.accounts.signup import NewSignup
from server.actions.accounts.users import ACTIVATION, PASSWORD_RESET, issue_link
from server.actions.applications import applications, keys, referrer_filters
from server.actions.messages.messages import send_message
from server.actions.plans import features, limits, plans
from server.actions.portal import legal
from server.actions.portal.api_docs import API_DOCS
from server.actions.portal.pages import TEMPLATES
from server.actions.provider import providers, settings
from server.actions.provider.field_definitions import FIELD_DEFINITIONS
from server.actions.services import configs, metrics, proxies, services
from server.actions.work import Work
from server.domain.accounts.accounts import Account
from server.domain.accounts.invitations import MOST_INVITATIONS
from server.domain.accounts.users import User, UserSession
from server.domain.applications.applications import Application
from server.domain.plans.plans import ApplicationPlan, ServicePlan
from server.domain.portal.api_docs import ApiDocs
from server.domain.portal.api_docs_versions import ApiDocsVersion
from server.domain.portal.legal import TermsKind
from server.domain.provider.settings import Setting
from tests.kit.cases.backend_apis import BACKEND_RACES
from tests.kit.cases.cards import RACES_OF_CARDS
from tests.kit.cases.case import has, hits, keeps, link, service_is
from tests.kit.cases.endings import WHILE_DELETED
from tests.kit.cases.factors import RACES_OF_FACTORS
from tests.kit.cases.logins import LOGIN_RACES
from tests.kit.cases.places import PLACES
from tests.kit.cases.prices import PRICES
from tests.kit.cases.race import Race, create_application, in_turns, log_in, second_key
from tests.kit.resources import SPECIFICATION
from tests.kit.work import accepting, proof_of
from tests.kit.world import FRESH, World


def _signup(number: int, **same: str) -> NewSignup:
    name = f"gavin{number}"
    values: dict[str, Any] = {"org_name": name, "username": name, "email": f"{name}@x.example"}
    values |= same
    return NewSignup(password=FRESH, **values)


def _one_application(work: Work, world: World) -> None:
    has(Setting, lambda w: w.acme.provider.id, multiple_applications=False)(work, world)
    applications.delete_application(work, world.application_id)
    service_is(buyers_manage_apps=True)(work, world)


def _old_session_is_open(db: Session, world: World) -> bool:
    query = select(UserSession).where(UserSession.user_id == world.acme.sample.user.id)
    return db.exec(query).first() is not None


def _versions_are_whole(db: Session) -> bool:
    """Tell whether each document is there once: that of the newest is the specification's."""
    query = select(ApiDocsVersion).where(ApiDocsVersion.api_docs_id == 1)
    versions = sorted(db.exec(query), key=lambda version: version.number)
    bodies = {version.body for version in versions[:-1]} | {db.get_one(ApiDocs, 1).body}
    numbers = [version.number for version in versions]
    return numbers == [*range(1, len(versions) + 1)] and len(bodies) == len(versions)


def _count(model: type[Any], **values: Any) -> Callable[[Session], int]:
    def count(db: Session) -> int:
        conditions = [getattr(model, name) == value for name, value in values.items()]
        return len(db.exec(select(model).where(*conditions)).all())

    return count


def _fifteen_messages(work: Work, world: World) -> None:
    for number in range(15):
        send_message(world.developer(work.db), {"body": f"Hello {number}"})


def _reset(work: Work, world: World, number: int) -> object:
    password = f"{FRESH}-{number}"
    return users.reset_password(
        work.db, work.installation, world.acme.provider.id, world.kept["link"], password
    )


def _join(work: Work, world: World, number: int) -> object:
    who = {"username": f"milton{number}", "password": FRESH}
    return invitations.accept_invitation(work, world.kept["link"], who)


def _invited(work: Work, world: World) -> str:
    made = invitations.invite_user(work, world.account_id, {"email": "milton@x.example"})
    return invitations.issue_invitation_link(work.db, work.installation, made)


def _one_may_be_invited(work: Work, world: World) -> None:
    for number in range(MOST_INVITATIONS - 1):
        invitations.invite_user(work, world.account_id, {"email": f"m{number}@x.example"})


def _weather_plan(work: Work, world: World) -> int:
    query = select(ServicePlan.id).where(ServicePlan.service_id == world.known.weather_id)
    return work.db.exec(query).one()


def _demote(work: Work, world: World, number: int) -> object:
    both = (world.acme.sample.user.id, world.known.erin_id)
    return users.update_user(work, both[number % 2], {"role": "member"})


def _has_an_admin(db: Session, world: World) -> bool:
    query = select(User).where(User.account_id == world.account_id, User.role == "admin")
    return db.exec(query).first() is not None


SINGLE_USE = (
    Race(
        name="one invitation is accepted",
        act=_join,
        before=keeps("link", _invited),
        wins=1,
    ),
    Race(
        name="one address is invited",
        act=lambda work, w, _: invitations.invite_user(
            work, w.account_id, {"email": "milton@x.example"}
        ),
        wins=1,
        holds=("invitations.account_id,email",),
    ),
    Race(
        name="the last invitation that an account may have",
        act=lambda work, w, number: invitations.invite_user(
            work, w.account_id, {"email": f"n{number}@x.example"}
        ),
        before=_one_may_be_invited,
        wins=1,
        holds=("MOST_INVITATIONS",),
    ),
    Race(
        name="one text is changed by many",
        act=lambda work, w, number: settings.update_settings(
            work, {"signup_licence": f"Be nice {number}."}
        ),
        wins=16,
        holds=("legal_terms.provider_id,kind,version",),
    ),
    Race(
        name="one version is accepted by many",
        act=lambda work, w, _: legal.accept_terms(
            work, TermsKind.SIGNUP, work.db.get_one(Account, w.account_id), 1
        ),
        before=lambda work, w: settings.update_settings(work, {"signup_licence": "Be nice."}),
        wins=16,
        holds=("terms_acceptances.account_id,terms_id",),
    ),
    Race(
        name="one account subscribes to one API",
        act=lambda work, w, _: subscriptions.subscribe(work, w.account_id, w.kept["plan"]),
        before=keeps("plan", _weather_plan),
        wins=1,
    ),
    Race(
        name="two admins make each other members",
        act=_demote,
        before=has(User, lambda w: w.known.erin_id, role="admin", state="active"),
        claim=_has_an_admin,
    ),
    Race(
        name="one reset link",
        act=_reset,
        before=link(PASSWORD_RESET, lambda w: w.acme.sample.user.id),
        wins=1,
        holds=("one_time_tokens.digest", "one_time_tokens"),
    ),
    Race(
        name="one activation link",
        act=lambda work, w, _: users.follow_activation(
            work.db, work.installation, w.acme.provider.id, w.kept["link"]
        ),
        before=link(ACTIVATION, lambda w: w.known.erin_id),
        wins=1,
    ),
    Race(
        name="links of one user are made",
        act=lambda work, w, _: issue_link(
            work.db, work.installation, work.db.get_one(User, w.known.erin_id), ACTIVATION
        ),
        wins=16,
    ),
    Race(
        name="a link is followed while the account is deleted",
        act=in_turns(_reset, lambda work, w, _: delete_account(work, w.account_id)),
        before=link(PASSWORD_RESET, lambda w: w.acme.sample.user.id),
    ),
    Race(
        name="one password is changed by who knows it",
        act=lambda work, w, number: users.change_password(
            w.developer(work.db), proof_of(w.acme.sample.user), f"{FRESH}-{number}"
        ),
        wins=1,
    ),
    Race(
        name="a login with the old password while it is reset",
        act=in_turns(log_in, _reset),
        before=link(PASSWORD_RESET, lambda w: w.acme.sample.user.id),
        claim=lambda db, w: not _old_session_is_open(db, w),
        holds=("user_sessions.digest",),
    ),
    Race(
        name="one version of a proxy is edited",
        act=lambda work, w, number: proxies.update_proxy(
            work, w.service_id, {"lock_version": 0, "auth_user_key": f"key{number}"}
        ),
        wins=1,
        holds=("proxies.service_id", "MOST_LOCK"),
    ),
    Race(
        name="one version is promoted",
        act=lambda work, w, _: configs.promote(work, w.service_id),
        before=lambda work, w: proxies.update_proxy(work, w.service_id, {"auth_user_key": "key"}),
        wins=1,
    ),
)
AT_MOST = (
    Race(
        name="documents of one specification",
        act=lambda work, _, number: API_DOCS.update(
            accepting(work), 1, {"body": SPECIFICATION.replace("Weather", f"Weather {number}")}
        ),
        claim=lambda db, _: _versions_are_whole(db),
        holds=("api_docs_versions.api_docs_id,number", "MOST_VERSIONS", "MOST_KEPT"),
    ),
    Race(
        name="five keys",
        act=second_key,
        wins=5,
        before=service_is(custom_keys_enabled=True),
        holds=("MOST_KEYS", "application_keys.application_id,digest"),
    ),
    Race(
        name="twenty messages an hour",
        act=lambda work, w, number: send_message(
            w.developer(work.db), {"body": f"Question {number}"}
        ),
        wins=5,
        before=_fifteen_messages,
        holds=("MOST_AN_HOUR",),
    ),
    Race(
        name="five referrer filters",
        act=lambda work, w, number: referrer_filters.add_filter(
            w.developer(work.db), w.application_id, f"host-{number}.example"
        ),
        wins=5,
        holds=("MOST_FILTERS",),
    ),
    Race(
        name="one referrer filter of a value",
        act=lambda work, w, _: referrer_filters.add_filter(work, w.application_id, "ok.example"),
        wins=1,
        holds=("referrer_filters.application_id,value",),
    ),
    Race(
        name="one application of an account",
        act=lambda work, w, number: create_application(w.developer(work.db), w, number),
        before=_one_application,
        wins=1,
        claim=lambda db, w: _count(Application, account_id=w.account_id)(db) == 1,
    ),
    Race(
        name="the last key of a service that wants one",
        act=lambda work, w, number: keys.delete_key(
            w.developer(work.db), w.application_id, w.kept["keys"][number % 3]
        ),
        before=keeps(
            "keys",
            lambda work, w: [keys.add_key(work, w.application_id)[0].id for _ in range(3)],
        ),
        wins=2,
    ),
    Race(
        name="one first provider and hosts of their own",
        act=lambda work, _w, _n: providers.create_provider(
            work.db, work.installation, "Initech", "admin@initech.example"
        ),
        wins=16,
        holds=("providers.subdomain",),
    ),
    Race(
        name="one default plan",
        act=lambda work, w, number: plans.make_default_plan(
            work, ApplicationPlan, (w.known.gold_id, w.plan_id)[number % 2]
        ),
        wins=16,
    ),
    Race(
        name="one default service",
        act=lambda work, w, number: services.make_default_service(
            work, (w.service_id, w.known.weather_id)[number % 2]
        ),
        wins=16,
    ),
    Race(
        name="the default service is not deleted",
        act=in_turns(
            lambda work, w, _: services.delete_service(work, w.known.weather_id),
            lambda work, w, _: services.make_default_service(work, w.known.weather_id),
        ),
    ),
    Race(
        name="one limit of a metric and period",
        act=lambda work, w, number: limits.set_limit(
            work, {"metric_id": hits(work, w), "period": "day", "value": number}, w.plan_id
        ),
        wins=16,
        holds=("usage_limits.plan_id,metric_id,period",),
    ),
    Race(
        name="one subscription of an account to a service",
        act=lambda work, w, number: applications.create_application(
            work,
            w.account_id,
            w.kept["plan"].id,
            {"name": f"App {number}", "application_id": f"app-{number}"},
        ),
        before=keeps(
            "plan",
            lambda work, w: plans.APPLICATION_PLANS.create(
                work, {"name": "Rain"}, w.known.weather_id
            ),
        ),
        wins=16,
        holds=("service_contracts.account_id,service_id",),
    ),
    Race(
        name="versions are numbered",
        act=lambda work, w, number: proxies.update_proxy(
            work, w.service_id, {"auth_user_key": f"key{number}"}
        ),
        wins=16,
    ),
)


def _creates(
    resource: Any, unique: str, values: Mapping[str, Any], holds: str, parent: str = ""
) -> Race:
    def act(work: Work, world: World, number: int) -> object:
        given = {"name": f"Name {number}", **values}
        return resource.create(work, given, *([getattr(world, parent)] if parent else []))

    return Race(name=f"one {unique} of a {resource.noun}", act=act, wins=1, holds=(holds,))


NAMES = (
    Race(
        name="one user name, signed up",
        act=lambda work, _, number: signup.sign_up(work, _signup(number, username="gavin"), "api"),
        wins=1,
        holds=("users.provider_id,audience,username",),
    ),
    Race(
        name="one mail address, signed up",
        act=lambda work, _, number: signup.sign_up(
            work, _signup(number, email="gavin@x.example"), "api"
        ),
        wins=1,
        holds=("users.provider_id,audience,email",),
    ),
    Race(
        name="one mail address, signed up where nobody may learn of it",
        act=lambda work, _, number: open_signup.sign_up_openly(
            work, _signup(number, email="gavin@x.example")
        ),
        wins=16,
        claim=lambda db, _: _count(User, email="gavin@x.example")(db) == 1,
    ),
    Race(
        name="one mail address, changed to",
        act=in_turns(
            lambda work, w, _: users.update_user(
                work, w.known.erin_id, {"email": "gavin@x.example"}
            ),
            lambda work, w, _: users.update_user(
                work, w.acme.sample.user.id, {"email": "gavin@x.example"}
            ),
        ),
        claim=lambda db, _: _count(User, email="gavin@x.example")(db) == 1,
    ),
    Race(
        name="one user_key",
        act=lambda work, w, number: applications.create_application(
            work, w.account_id, w.plan_id, {"name": f"App {number}", "user_key": FRESH}
        ),
        wins=1,
        holds=("applications.service_id,user_key_digest",),
    ),
    Race(
        name="one application id",
        act=lambda work, w, number: applications.create_application(
            work, w.account_id, w.plan_id, {"name": f"App {number}", "application_id": "fresh-id"}
        ),
        wins=1,
        holds=("applications.service_id,application_id",),
    ),
    _creates(
        plans.ACCOUNT_PLANS, "name", {"system_name": "x"}, "account_plans.provider_id,system_name"
    ),
    _creates(
        plans.SERVICE_PLANS,
        "name",
        {"system_name": "x"},
        "service_plans.service_id,system_name",
        "service_id",
    ),
    _creates(
        plans.APPLICATION_PLANS,
        "name",
        {"system_name": "x"},
        "application_plans.service_id,system_name",
        "service_id",
    ),
    _creates(
        features.FEATURES,
        "name",
        {"system_name": "x"},
        "features.service_id,system_name",
        "service_id",
    ),
    Race(
        name="one name of a metric",
        act=lambda work, w, number: metrics.METRICS.create(
            work, {"friendly_name": f"M {number}", "system_name": "x"}, w.service_id
        ),
        wins=1,
        holds=("metrics.service_id,system_name",),
    ),
    Race(
        name="one name of a service",
        act=lambda work, _, number: services.create_service(
            work, {"name": f"S {number}", "system_name": "x"}
        ),
        wins=1,
        holds=("services.provider_id,system_name",),
    ),
    Race(
        name="one field of a name",
        act=lambda work, _, number: FIELD_DEFINITIONS.create(
            work, {"target": "account", "name": "colour", "label": f"Colour {number}"}
        ),
        wins=1,
        holds=("field_definitions.provider_id,target,name",),
    ),
    Race(
        name="one template of a name",
        act=lambda work, _, number: TEMPLATES.create(
            work, {"kind": "page", "name": "/x", "draft": f"{number}"}
        ),
        wins=1,
        holds=("templates.provider_id,kind,name",),
    ),
)
RACES = (
    SINGLE_USE
    + AT_MOST
    + NAMES
    + LOGIN_RACES
    + PLACES
    + PRICES
    + BACKEND_RACES
    + WHILE_DELETED
    + RACES_OF_CARDS
    + RACES_OF_FACTORS
)
