"""Every mutation of both schemas succeeds, and a query sees its effect; on both databases."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.graphql.admin.schema import ADMIN
from server.graphql.developer.schema import DEVELOPER
from tests.kit.graphql import Client
from tests.kit.make import make_deps
from tests.server.graphql.admin.steps import STEPS as ADMIN_STEPS
from tests.server.graphql.developer.steps import OWN
from tests.server.graphql.developer.steps import STEPS as DEVELOPER_STEPS
from tests.server.graphql.steps import (
    Step,
    filled,
    input_of,
    known_to_developer,
    known_to_provider,
    run,
    run_once,
)

FACES = [(ADMIN.schema, ADMIN_STEPS), (DEVELOPER.schema, DEVELOPER_STEPS)]


@pytest.fixture
def deps(tmp_path: Path, migrated_url: str) -> Iterator[Dependencies]:
    """Make dependencies on a fresh database; the test runs on SQLite and on PostgreSQL."""
    deps = make_deps(tmp_path, url=migrated_url)
    yield deps
    deps.database.close()


def test_the_provider_can_run_every_mutation_and_a_key_makes_it_run_once(
    deps: Dependencies, acme: NewProvider, admin: Client
) -> None:
    run_once(ADMIN.schema, ADMIN_STEPS, admin, known_to_provider(deps, acme))


def test_a_developer_can_run_every_mutation(
    deps: Dependencies, acme: NewProvider, admin: Client, visitor: Client
) -> None:
    known = known_to_developer(deps, acme, admin, visitor)

    run(DEVELOPER.schema, DEVELOPER_STEPS, visitor, known)


def test_a_visitor_is_sent_to_log_in(visitor: Client) -> None:
    for step in OWN:
        given = filled(step.given, defaultdict(str), 1)
        kind = input_of(DEVELOPER.schema, step.name)
        query = f"mutation($i: {kind}!) {{ {step.name}(input: $i) {{ clientMutationId }} }}"

        assert visitor.codes(query, i=given) == ["UNAUTHENTICATED"], step.name


@pytest.mark.parametrize(("schema", "steps"), FACES, ids=["admin", "developer"])
def test_no_mutation_is_left_out(schema: Any, steps: Iterable[Step]) -> None:
    missing = set(schema._schema.mutation_type.fields) ^ {step.name for step in steps}

    assert not missing, "each mutation has a step in steps.py, and no other has"
