"""A lived-in provider whose every secret is known, to look for them where they should not be."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLNonNull,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)
from sqlmodel import Session

from server.actions.accounts.authentication_providers import AUTHENTICATION_PROVIDERS
from server.actions.accounts.credit_cards import put_card
from server.actions.accounts.sso_tokens import make_sso_key
from server.actions.accounts.users import PASSWORD_RESET, create_user, issue_link
from server.actions.applications.keys import put_key, replace_user_key
from server.actions.messages.mails import put_body
from server.actions.provider.providers import NewProvider
from server.actions.provider.webhooks import ENDPOINTS
from server.actions.services.configs import promote
from server.actions.services.proxies import update_proxy
from server.actions.services.services import create_service
from server.auth.actors import actor_of_user
from server.auth.dependencies import Dependencies
from server.domain.accounts.users import User
from server.domain.applications.applications import Application
from server.domain.messages.mails import Mail
from server.domain.permissions import Permission
from server.domain.plans.plans import ApplicationPlan
from server.domain.provider.tokens import AccessToken
from server.domain.services.services import Service
from server.kit.crypto import token_digest
from server.kit.ids import random_hex
from tests.kit.cases.cards import CARD
from tests.kit.make import staff
from tests.kit.resources import SAMPLES as OF_RESOURCES
from tests.kit.work import by

SAMPLES = {"Int": "1", "DateTime": '"2026-01-01T00:00:00Z"', "Date": '"2026-01-01"'}
WORDS = "four words in a row"
CHOSEN = {  # secrets that somebody chooses: no look tells that they are some
    "card token": "canary-of-a-card",
    "user key": "canary-user-key",
    "app key": "canary.app!key",
    "secret token": "canary_secret_token",
    "client secret": "canary-client-secret",
    "webhook secret": "whsec_" + "Y2FuYXJ5" * 5,
    "policy's header": "Basic Y2FuYXJ5OnBvbGljeQ==",
}
CHAIN = [
    {
        "name": "headers",
        "configuration": {
            "request": [
                {"op": "set", "header": "Authorization", "value": CHOSEN["policy's header"]}
            ]
        },
    },
    {"name": "apicast", "configuration": {}},
]
# Which permission shows a secret; what is not here is shown to nobody, not even once more.
SHOWN_BY: Mapping[str, Permission] = {
    "user key": Permission.APPLICATIONS_SECRETS,
    "app key": Permission.APPLICATIONS_SECRETS,
    "service token": Permission.SERVICES_SECRETS,
    "secret token": Permission.SERVICES_SECRETS,
    "policy's header": Permission.SERVICES_SECRETS,
    "provider key": Permission.SETTINGS_SECRETS,
    "reset link": Permission.SETTINGS_SECRETS,
    "client secret": Permission.SETTINGS_SECRETS,
    "webhook secret": Permission.SETTINGS_SECRETS,
    "sso key": Permission.SETTINGS_SECRETS,
}


@dataclass
class Known:
    """The provider, what is secret of it by kind, and tokens of its people by name."""

    acme: NewProvider
    secrets: dict[str, str]
    mia_id: int = 0  # a member of the staff

    def found_in(self, text: str) -> set[str]:
        """Name the secrets that a text holds, as it may write them."""
        plain = text.replace("\\/", "/").replace("%3D", "=").replace("&#39;", "'")
        return {kind for kind, value in self.secrets.items() if value in plain}


def furnish(deps: Dependencies, acme: NewProvider) -> Known:
    """Give a provider one of each secret."""
    known = Known(acme, dict(CHOSEN))
    with deps.database.write() as db:
        work = by(db, actor_of_user(db.get_one(User, acme.admin.id)), deps.installation)
        sample = acme.sample
        replace_user_key(work, sample.application.id, CHOSEN["user key"])
        update_proxy(work, sample.service.id, {
            "secret_token": CHOSEN["secret token"], "policy_chain": CHAIN,
        })  # fmt: skip
        promote(work, sample.service.id)
        login = {
            **OF_RESOURCES["authentication_provider"](db, acme).values,
            "client_secret": CHOSEN["client secret"],
        }
        AUTHENTICATION_PROVIDERS.create(work, login)
        hook = {"name": "CRM", "active": False, "secret": CHOSEN["webhook secret"]}
        ENDPOINTS.create(work, hook)
        card = {**CARD, "token": CHOSEN["card token"]}
        put_card(work, sample.application.account_id, card)
        keyed = create_service(work, {"name": "Keyed", "backend_version": "2"})
        _subscribe(db, work, keyed, sample.application)
        token = deps.installation.vault.unseal(sample.service.service_token_sealed)
        known.secrets |= {
            "service token": token,
            "provider key": acme.provider_key,
            "sso key": make_sso_key(work),
            "access token": acme.access_token,
            "password": acme.admin_password,
            "developer's password": sample.password,
        }
        known.secrets["reset link"] = _keep_mail(db, deps, acme)
        mia = {"username": "mia", "email": "mia@acme.example", "password": WORDS}
        known.mia_id = create_user(by(db, staff(acme)), None, mia).id
    return known


def _subscribe(db: Session, work: Any, service: Service, like: Application) -> None:
    plan = ApplicationPlan(
        provider_id=service.provider_id, service_id=service.id, name="K", system_name="k"
    )
    db.add(plan)
    db.flush()
    vault = work.installation.vault
    application = Application(
        provider_id=service.provider_id,
        account_id=like.account_id,
        service_id=service.id,
        plan_id=plan.id,
        name="Keyed",
        application_id="keyed-app",
        user_key_digest=vault.digest("other"),
        user_key_sealed=vault.seal("another-user-key"),
    )
    db.add(application)
    db.flush()
    put_key(work, application, CHOSEN["app key"])


def _keep_mail(db: Session, deps: Dependencies, acme: NewProvider) -> str:
    admin = db.get_one(User, acme.admin.id)
    code = issue_link(db, deps.installation, admin, PASSWORD_RESET)
    db.flush()
    mail = Mail(
        provider_id=acme.provider.id, template="password_reset", sender="a@acme.example",
        recipient=admin.email, subject="Reset", state="kept", body_sealed=b"",
    )  # fmt: skip
    put_body(db, deps.installation, mail, f"Go to http://x/?password_reset_token={code}\nBye")
    db.add(mail)
    return code


def token_of(deps: Dependencies, user_id: int, scopes: list[str], permission: str) -> str:
    """Make a token of a user, as somebody who may make tokens did once."""
    value = random_hex(32)
    with deps.database.write() as db:
        user = db.get_one(User, user_id)
        db.add(
            AccessToken(
                provider_id=user.provider_id, user_id=user.id, name="t", hint=value[-4:],
                digest=token_digest(value), scopes=scopes, permission=permission,
            )
        )  # fmt: skip
    return value


def queries_of(schema: Any, values: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Write queries for each field of each type that has an id, and for each of the root's.

    Each comes with those that ask for its fields one by one: the refusal of one must not hide what
    another shows.
    """
    for name, made in schema.query_type.fields.items():
        if name not in {"node", "nodes"}:
            yield f"{{ {_written(name, made, values, 3)} }}", []
    node = schema.get_type("Node")
    for kind in schema.get_possible_types(node):
        fields = [_written(name, made, values, 2) for name, made in kind.fields.items()]
        fields = [field for field in fields if field]
        yield _of_kind(kind.name, fields), [_of_kind(kind.name, [field]) for field in fields]


def _of_kind(name: str, fields: list[str]) -> str:
    inner = f"...on {name} {{ {' '.join(fields)} }}"
    return f"query($ids: [ID!]!) {{ nodes(ids: $ids) {{ {inner} }} }}"


def _written(name: str, made: Any, values: Mapping[str, str], depth: int) -> str:
    """Write a field with its required arguments and all below it; empty for one too deep."""
    given = [
        f"{each}: {values.get(each) or _value(argument.type)}"
        for each, argument in made.args.items()
        if is_required_argument(argument) or each == "first"
    ]
    arguments = f"({', '.join(given)})" if given else ""
    kind = get_named_type(made.type)
    if is_leaf_type(kind):
        return f"{name}{arguments}"
    if depth == 0 or not hasattr(kind, "fields"):
        return ""
    inner = [_written(each, field, values, depth - 1) for each, field in kind.fields.items()]
    return f"{name}{arguments} {{ {' '.join(filter(None, inner))} }}"


def _value(kind: Any) -> str:
    """Write some value of a type, an object with all that it must have."""
    named = get_named_type(kind)
    if isinstance(named, GraphQLEnumType):
        return str(next(iter(named.values)))
    if not isinstance(named, GraphQLInputObjectType):
        return SAMPLES.get(named.name, '"x"')
    needed = [(n, f.type) for n, f in named.fields.items() if isinstance(f.type, GraphQLNonNull)]
    return f"{{ {', '.join(f'{name}: {_value(inner)}' for name, inner in needed)} }}"
