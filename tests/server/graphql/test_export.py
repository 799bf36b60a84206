"""The schema files of the tree are those of the code."""

from pathlib import Path

import pytest
from graphql import build_schema

from server.graphql.export import FILES


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_schema_in_the_tree_is_true(file: object) -> None:
    path = next(known for known in FILES if known == file)

    assert path.read_text() == f"{FILES[path].as_str()}\n", "python -m server.graphql.export"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_other_tools_can_read_the_schema(file: Path) -> None:
    schema = build_schema(file.read_text())

    assert schema.query_type is not None
    assert schema.mutation_type is not None
