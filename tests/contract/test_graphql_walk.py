"""Every field of both schemas needs a permission, or stands here with the reason why it needs none.

What guards a field, in this order: the field itself, the table whose rows it shows, the only fields
that lead to its type.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from graphql import GraphQLObjectType, get_named_type, is_abstract_type
from strawberry.types.field import StrawberryField

from server.domain.actors import Actor
from server.domain.errors import DomainError
from server.graphql.admin.schema import ADMIN
from server.graphql.columns import BACKREF
from server.graphql.developer.schema import DEVELOPER
from server.graphql.fields import Needs
from server.graphql.schemas import Side

# Root fields without a permission of their own.
OPEN = {
    "admin": {
        **dict.fromkeys(("Query.node", "Query.nodes"), "show only what is permitted"),
        **dict.fromkeys(("Query.provider", "Query.viewer"), "whom a token belongs to"),
        "Query.rateLimit": "what one has left oneself",
    },
    "developer": {
        **dict.fromkeys(
            (
                *("Query.accountPlans", "Query.fieldDefinitions", "Query.gallery"),
                *("Query.legalTerms", "Query.plans", "Query.servicePlans", "Query.services"),
            ),
            "what the portal shows to everybody",
        ),
        **dict.fromkeys(("Query.node", "Query.nodes"), "show only what is permitted"),
        **dict.fromkeys(("Query.rateLimit", "Query.viewer"), "of whoever asks"),
        "Query.captchaPuzzle": "needed to sign up",
        **dict.fromkeys(
            (
                *("Mutation.invitationAccept", "Mutation.login"),
                *("Mutation.logout", "Mutation.signup"),
            ),
            "how one comes in and out",
        ),
    },
}
NOBODY = Actor("staff", 1, "nobody", frozenset())


def walked(side: Side) -> Iterator[tuple[str, Any, Any]]:
    """Give all fields of objects: where they stand, the field, what it is made of."""
    for kind in side.schema._schema.type_map.values():
        if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__"):
            for name, field in kind.fields.items():
                yield f"{kind.name}.{name}", field, field.extensions.get(BACKREF)


def is_guarded(made_of: Any) -> bool:
    return isinstance(made_of, StrawberryField) and any(
        isinstance(extension, Needs) for extension in made_of.extensions
    )


def refuses_nobody(side: Side, model: type) -> bool:
    """Return whether somebody without any permission may ask for the rows of a table."""
    try:
        side.scopes[model](NOBODY)
    except DomainError:
        return False
    return True


def kinds_below(side: Side, field: Any) -> set[str]:
    """Name what a field leads to; for an interface, all that it may be."""
    kind = get_named_type(field.type)
    graphql = side.schema._schema
    possible = graphql.get_possible_types(kind) if is_abstract_type(kind) else ()
    return {kind.name, *(each.name for each in possible)}


@pytest.mark.parametrize(("name", "side"), [("admin", ADMIN), ("developer", DEVELOPER)])
def test_every_field_is_behind_a_permission(name: str, side: Side) -> None:
    roots = {"Query", "Mutation", "Subscription"}
    fields = [(p, p.partition(".")[0], field, is_guarded(m)) for p, field, m in walked(side)]
    bare = {place for place, kind, _, guarded in fields if kind in roots and not guarded}
    reached = {kind for kind, (model, _) in side.kinds.items() if not refuses_nobody(side, model)}
    known = set(OPEN[name])
    while True:  # what such fields lead to is behind them
        found = {
            below
            for place, kind, field, guarded in fields
            if guarded or place in known or kind in reached
            for below in kinds_below(side, field)
        }
        if found <= reached:
            break
        reached |= found
    bare |= {place for place, kind, _, _ in fields if kind not in reached | roots}

    assert bare == known, "give it a permission, or a reason here"


def test_nobody_reads_a_table_of_the_provider_without_a_permission() -> None:
    assert not [model for model in ADMIN.scopes if refuses_nobody(ADMIN, model)]
