"""Permissions and isolation of the whole provider's schema, found by walking it."""

from collections.abc import Iterator
from typing import Any

import pytest
from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLNonNull, get_named_type
from graphql.type import GraphQLList

from server.actions.accounts.authentication_providers import AUTHENTICATION_PROVIDERS
from server.actions.accounts.invitations import invite_user
from server.actions.plans.features import ACCOUNT_FEATURES
from server.actions.plans.limits import set_limit
from server.actions.plans.pricing_rules import PRICING_RULES
from server.actions.portal.files import FILES
from server.actions.portal.groups import GROUPS
from server.actions.portal.pages import TEMPLATES
from server.actions.portal.redirects import REDIRECTS
from server.actions.provider.bulk import start_export
from server.actions.provider.domains import DOMAINS
from server.actions.provider.providers import NewProvider
from server.actions.provider.registered_documents import register_documents
from server.actions.provider.webhook_deliveries import note_answer, start_test
from server.actions.provider.webhooks import ENDPOINTS
from server.actions.services.metrics import list_metrics
from server.actions.services.registry_policies import REGISTRY_POLICIES
from server.auth.dependencies import Dependencies
from server.domain.provider.registered_documents import GraphQLSide
from server.domain.provider.webhooks import HookAnswer
from server.graphql.admin.schema import ADMIN
from server.graphql.fields import Needs
from server.graphql.ids import global_id
from tests.kit.backend_apis import make_mounted
from tests.kit.cases.bulk import DOCUMENTS
from tests.kit.graphql import Client, open_client
from tests.kit.make import make_provider, staff
from tests.kit.resources import SAMPLES as OF_RESOURCES
from tests.kit.work import by
from tests.server.graphql.steps import heard

OPEN = {"provider", "viewer", "node", "nodes", "rateLimit"}  # these show only what is permitted
SAMPLES = {
    "String": "x",
    "ID": "x",
    "Int": 1,
    "Boolean": True,
    "Decimal": "1",
    "BigInt": 1,
    "JSON": {},
}
graphql: Any = ADMIN.schema._schema
MUTATIONS = graphql.mutation_type.fields


HOOK = {"name": "CRM", "url": "https://crm.acme.example/"}


def value_of(kind: Any) -> Any:
    """Make some value that the type accepts."""
    if isinstance(kind, GraphQLNonNull):
        return value_of(kind.of_type)
    if isinstance(kind, GraphQLList):
        return [value_of(kind.of_type)]
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    if isinstance(kind, GraphQLInputObjectType):
        required = {n: f for n, f in kind.fields.items() if isinstance(f.type, GraphQLNonNull)}
        return {name: value_of(field.type) for name, field in required.items()}
    return SAMPLES[kind.name]


def fields_of(name: str) -> Iterator[Any]:
    yield from ADMIN.schema.get_type_by_name(name).fields  # type: ignore[union-attr]  # the root types exist


@pytest.mark.parametrize("root", ["Query", "Mutation"])
def test_every_root_field_needs_a_permission(root: str) -> None:
    bare = {
        ADMIN.schema.config.name_converter.get_graphql_name(field)
        for field in fields_of(root)
        if not any(isinstance(extension, Needs) for extension in field.extensions)
    }

    assert bare == (OPEN if root == "Query" else set())


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_read_only_token_can_run_no_mutation(read_only: Client, name: str) -> None:
    kind = get_named_type(MUTATIONS[name].args["input"].type)
    query = f"mutation($i: {kind}!) {{ {name}(input: $i) {{ clientMutationId }} }}"

    assert read_only.codes(query, i=value_of(kind)) == ["FORBIDDEN"]


@pytest.fixture
def read_only(admin: Client, deps: Dependencies) -> Iterator[Client]:
    """Talk with a token that may read everything, and no more."""
    given = {"name": "ro", "scopes": ["ACCOUNT_MANAGEMENT", "STATS", "CMS"]}
    token = admin.do("accessTokenCreate", given, "value")["value"]
    with open_client(deps, admin.path, token) as client:
        yield client


def test_a_token_for_statistics_sees_no_accounts(admin: Client, deps: Dependencies) -> None:
    given = {"name": "stats", "scopes": ["STATS"], "permission": "READ_WRITE"}
    token = admin.do("accessTokenCreate", given, "value")["value"]
    account = admin.ask("{ accounts(first: 1) { nodes { id } } }")["accounts"]["nodes"][0]["id"]

    with open_client(deps, admin.path, token) as stats:
        assert stats.codes("{ accounts(first: 1) { totalCount } }") == ["FORBIDDEN"]
        assert stats.ask("query($i: ID!) { node(id: $i) { id } }", i=account) == {"node": None}


def limit_the_sample(deps: Dependencies, provider: NewProvider) -> None:
    """Give a provider the kinds of objects that no sample has."""
    heard(deps, provider)
    with deps.database.write() as db:
        metric = list_metrics(db, provider.sample.service.id)[0]
        plan_id = provider.sample.application.plan_id
        limit = {"metric_id": metric.id, "period": "day", "value": 9}
        work = by(db, staff(provider))
        set_limit(work, limit, plan_id)
        ACCOUNT_FEATURES.create(work, {"name": "A person to call"})
        PRICING_RULES.create(work, {"metric_id": metric.id, "cost_per_unit": "1"}, plan_id)
        for content in (
            AUTHENTICATION_PROVIDERS,
            DOMAINS,
            FILES,
            GROUPS,
            REDIRECTS,
            REGISTRY_POLICIES,
            TEMPLATES,
        ):
            row = content.create(work, OF_RESOURCES[content.name](db, provider).values)
        make_mounted(work, provider.sample.service.id)
        call = start_test(work, ENDPOINTS.create(work, HOOK).id)
        note_answer(work, call, HookAnswer(status=204))
        TEMPLATES.update(work, row.id, {"published": "Two versions."})
        register_documents(work, GraphQLSide.ADMIN, DOCUMENTS)
        start_export(work, "{ provider { name } }", {}).user_id = provider.admin.id
        invite_user(work, provider.sample.user.account_id or 0, {"email": "milton@x.example"})


def seen_by(client: Client, kind: str) -> set[str]:
    """Ask for the objects of a kind by their ids, those of both providers."""
    ids = [global_id(kind, number) for number in range(1, 100)]
    nodes = client.ask("query($i: [ID!]!) { nodes(ids: $i) { id } }", i=ids)["nodes"]
    return {node["id"] for node in nodes if node is not None}


@pytest.mark.parametrize("kind", ADMIN.kinds)
def test_a_foreign_object_looks_like_a_missing_one(
    admin: Client, deps: Dependencies, acme: NewProvider, kind: str
) -> None:
    other = make_provider(deps, "Globex")
    for provider in (acme, other):
        limit_the_sample(deps, provider)

    with open_client(deps, admin.path, other.access_token, "globex-admin.localhost") as globex:
        ours, theirs = seen_by(admin, kind), seen_by(globex, kind)

    assert ours, "no sample has one: make one in limit_the_sample"
    assert theirs
    assert ours.isdisjoint(theirs)


@pytest.mark.parametrize("text", ["", "x", "====", "U2VydmljZTox0", "Service:1", "9" * 999])
def test_an_id_that_is_none_is_a_missing_object(admin: Client, text: str) -> None:
    query = "query($i: ID!) { node(id: $i) { id } nodes(ids: [$i]) { id } }"

    assert admin.ask(query, i=text) == {"node": None, "nodes": [None]}


def test_mutations_find_no_foreign_object(admin: Client, deps: Dependencies) -> None:
    other = make_provider(deps, "Globex")
    foreign = global_id("Account", other.sample.user.account_id or 0)

    payload = admin.do("accountSuspend:IdInput", {"id": foreign}, "account { id }")

    assert payload["account"] is None
    assert payload["userErrors"][0]["code"] == "NOT_FOUND"
