"""The schema files of the tree are those of the code."""

import pytest

from server.graphql.export import FILES


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_schema_in_the_tree_is_true(file: object) -> None:
    path = next(known for known in FILES if known == file)

    assert path.read_text() == f"{FILES[path].as_str()}\n", "python -m server.graphql.export"
