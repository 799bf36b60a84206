"""The number of SQL statements does not grow with the number of objects."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from graphql import GraphQLObjectType, get_named_type
from sqlalchemy import event

from server.actions.accounts.signup import NewSignup, sign_up
from server.actions.accounts.users import create_user
from server.actions.applications.applications import create_application
from server.actions.applications.keys import add_key
from server.actions.plans.features import FEATURES, include_feature
from server.actions.plans.limits import set_limit
from server.actions.plans.plans import ACCOUNT_PLANS, APPLICATION_PLANS, create_plan
from server.actions.portal.api_docs import API_DOCS
from server.actions.provider.providers import NewProvider
from server.actions.provider.tokens import create_token
from server.actions.services.configs import deploy_to_staging
from server.actions.services.metrics import create_method, list_metrics
from server.actions.services.services import create_service
from server.auth.actors import actor_of_user
from server.auth.dependencies import Dependencies
from server.auth.sessions import open_session
from server.domain.actors import Actor
from server.graphql.admin.schema import ADMIN
from server.graphql.developer.schema import DEVELOPER
from server.graphql.once import Keyed
from server.web.cookies import DEVELOPER as DEVELOPER_PORTAL
from tests.kit.graphql import Client
from tests.kit.make import staff
from tests.kit.work import by

SIZES = (1, 9, 40)  # added up: 1, 10, 50


@contextmanager
def counted(deps: Dependencies) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    event.listen(deps.database.engine, "before_cursor_execute", note)
    yield statements
    event.remove(deps.database.engine, "before_cursor_execute", note)


def arguments_of(field: Any) -> str:
    given = ["first: 50"] if "first" in field.args else []
    given += ["environment: STAGING"] if "environment" in field.args else []
    return f"({', '.join(given)})" if given else ""


def selection_of(kind: GraphQLObjectType, depth: int) -> str:
    """Select all of a type, and everything that it is related to, so many levels deep."""
    parts = ["__typename"]
    for name, field in kind.fields.items():
        inner = get_named_type(field.type)
        if not isinstance(inner, GraphQLObjectType):
            parts.append(f"{name}{arguments_of(field)}" if name != "content" else "")
        elif "nodes" in inner.fields:
            node = get_named_type(inner.fields["nodes"].type)
            body = selection_of(node, depth - 1) if depth else "__typename"
            parts.append(f"{name}{arguments_of(field)} {{ totalCount nodes {{ {body} }} }}")
        elif depth:
            parts.append(f"{name} {{ {selection_of(inner, depth - 1)} }}")
    return " ".join(parts)


def connections(schema: Any) -> Iterator[tuple[str, str]]:
    """Write a query for each list at the root, and one for an object of one's own."""
    for name, field in schema._schema.query_type.fields.items():
        inner: Any = get_named_type(field.type)
        if name == "account" and not field.args:
            yield name, f"{{ account {{ {selection_of(inner, 2)} }} }}"
        if "nodes" in getattr(inner, "fields", {}):
            body = selection_of(get_named_type(inner.fields["nodes"].type), 1)
            yield name, f"{{ {name}(first: 50) {{ totalCount nodes {{ {body} }} }} }}"


@pytest.fixture
def unthrottled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let queries cost what they like."""
    monkeypatch.setattr("server.auth.points.Buckets.take", lambda *_, **__: True)
    monkeypatch.setattr("server.graphql.context.Context.__post_init__", _allow)


@pytest.mark.usefixtures("unthrottled")
def test_statements_are_constant_for_every_connection(
    deps: Dependencies, acme: NewProvider, admin: Client, visitor: Client
) -> None:
    developer = actor_of_user(acme.sample.user)
    visitor.http.cookies.set(DEVELOPER_PORTAL.session.name, session_of(deps, acme))
    found: dict[str, list[int]] = {}
    for size in SIZES:
        for number in range(size):
            name = f"s{size}n{number}"
            plan_id = grow(deps, acme, name)
            grow_developer(deps, developer, plan_id, name)
        for client, schema in ((admin, ADMIN.schema), (visitor, DEVELOPER.schema)):
            for name, query in connections(schema):
                with counted(deps) as statements:
                    client.ask(query)
                found.setdefault(f"{client.path} {name}", []).append(len(statements))

    growing = {name: counts for name, counts in found.items() if counts[-1] > counts[-2]}

    assert len(found) >= 10 + 5
    assert growing == {}


def session_of(deps: Dependencies, acme: NewProvider) -> str:
    """Log the sample developer in."""
    with deps.database.write() as db:
        return open_session(db, deps.installation, acme.sample.user).token


def _allow(context: Any) -> None:
    context.bill.maximum = 10**9
    context.keyed = Keyed(context.deps.database)


def grow(deps: Dependencies, acme: NewProvider, name: str) -> int:
    """Make one more object of everything; tell the id of a published plan."""
    actor, installation = staff(acme), deps.installation
    with deps.database.write() as db:
        signup = NewSignup(org_name=name, username=f"user{name}", email=f"{name}@x.example")
        account = sign_up(by(db, actor, installation), signup, "api").account
        plan_id = acme.sample.application.plan_id
        draft = account.id, plan_id, {"name": name}
        add_key(
            by(db, actor, installation), create_application(by(db, actor, installation), *draft).id
        )
        service = create_service(by(db, actor, installation), {"name": name})
        deploy_to_staging(by(db, actor, installation), service.id)
        feature = FEATURES.create(by(db, actor), {"name": name}, service.id)
        plan = create_plan(
            by(db, actor), APPLICATION_PLANS, {"name": name}, service.id, published=True
        )
        include_feature(by(db, actor), plan.id, feature.id, included=True)
        hits = list_metrics(db, acme.sample.service.id)[0]
        create_method(by(db, actor), {"friendly_name": name}, hits.id)
        own = list_metrics(db, service.id)[0]
        set_limit(by(db, actor), {"metric_id": own.id, "period": "day", "value": 9}, plan.id)
        create_plan(by(db, actor), ACCOUNT_PLANS, {"name": name})
        spec = '{"swagger": "2.0", "info": {"title": "x"}, "paths": {}}'
        API_DOCS.create(by(db, actor), {"name": name, "body": spec, "service_id": service.id})
        return plan.id


def grow_developer(deps: Dependencies, actor: Actor, plan_id: int, name: str) -> None:
    """Make one more user, application with a key, and token of one account."""
    installation, account_id = deps.installation, actor.account_id or 0
    with deps.database.write() as db:
        user = {"username": name, "email": f"own-{name}@x.example"}
        create_user(by(db, actor), account_id, user)
        draft = account_id, plan_id, {"name": name}
        add_key(
            by(db, actor, installation), create_application(by(db, actor, installation), *draft).id
        )
        create_token(by(db, actor, installation), {"name": name, "scopes": ["stats"]})
