"""The number of SQL statements does not grow with the number of objects."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from graphql import GraphQLObjectType, get_named_type
from sqlalchemy import event

from server.actions.applications import NewApplication, create_application
from server.actions.features import create_feature
from server.actions.keys import add_key
from server.actions.limits import NewLimit, set_limit
from server.actions.metrics import NewMetric, create_method, metrics_of
from server.actions.plans import NewPlan, create_account_plan, create_application_plan
from server.actions.providers import NewProvider
from server.actions.proxies import deploy_to_staging
from server.actions.services import NewService, create_service
from server.actions.signup import NewSignup, sign_up
from server.auth.site import Site
from server.graphql.admin.schema import SCHEMA
from tests.kit.make import staff
from tests.server.graphql.client import Client

SIZES = (1, 9, 40)  # added up: 1, 10, 50
graphql: Any = SCHEMA._schema


@contextmanager
def counted(site: Site) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    event.listen(site.database.engine, "before_cursor_execute", note)
    yield statements
    event.remove(site.database.engine, "before_cursor_execute", note)


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


def connections() -> Iterator[tuple[str, str]]:
    for name, field in graphql.query_type.fields.items():
        inner: Any = get_named_type(field.type)
        if "nodes" in getattr(inner, "fields", {}):
            body = selection_of(get_named_type(inner.fields["nodes"].type), 1)
            yield name, f"{{ {name}(first: 50) {{ totalCount nodes {{ {body} }} }} }}"


def test_statements_are_constant_for_every_connection(
    site: Site, acme: NewProvider, admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.graphql.transport.throttle.Buckets.take", lambda *_: True)
    monkeypatch.setattr("server.graphql.context.Context.__post_init__", _allow)
    found: dict[str, list[int]] = {}
    for size in SIZES:
        grow(site, acme, size)
        for name, query in connections():
            with counted(site) as statements:
                admin.ask(query)
            found.setdefault(name, []).append(len(statements))

    growing = {name: counts for name, counts in found.items() if counts[-1] > counts[-2]}

    assert len(found) >= 9
    assert growing == {}


def _allow(context: Any) -> None:
    context.bill.maximum = 10**9


def grow(site: Site, acme: NewProvider, size: int) -> None:
    """Make so many more objects of everything."""
    actor, installation = staff(acme), site.installation
    with site.database.read() as db:
        hits = metrics_of(db, acme.sample.service.id)[0]
    for number in range(size):
        name = f"s{size}n{number}"
        with site.database.write() as db:
            signup = NewSignup(org_name=name, username=f"user{name}", email=f"{name}@x.example")
            account = sign_up(db, actor, installation, signup, "api").account
            plan_id = acme.sample.application.plan_id
            draft = NewApplication(account_id=account.id, plan_id=plan_id, name=name)
            add_key(db, actor, installation, create_application(db, actor, installation, draft).id)
            service = create_service(db, actor, installation, NewService(name=name))
            deploy_to_staging(db, actor, installation, service.id)
            create_feature(db, actor, service.id, name)
            plan = create_application_plan(db, actor, service.id, NewPlan(name=name))
            create_method(db, actor, hits.id, NewMetric(friendly_name=name))
            own = metrics_of(db, service.id)[0]
            limit = NewLimit(plan_id=plan.id, metric_id=own.id, period="day", value=9)
            set_limit(db, actor, limit)
            create_account_plan(db, actor, NewPlan(name=name))
