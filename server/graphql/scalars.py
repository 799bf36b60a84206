"""Scalars that GraphQL lacks."""

from typing import NewType

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

MOST = 2**63 - 1

BigInt = NewType("BigInt", int)


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > MOST:
        raise GraphQLError("BigInt holds whole numbers of 64 bits.")
    return value


SCALARS: dict[object, ScalarDefinition] = {
    BigInt: strawberry.scalar(
        name="BigInt",
        description="A whole number that may be larger than 32 bits.",
        serialize=_whole,
        parse_value=_whole,
    )
}
