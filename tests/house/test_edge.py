"""What only the edge may do: end transactions, read the environment."""

import ast
from collections.abc import Iterator

from tests.house.tree import python_files, tree_of

TRANSACTIONS = "server/kit/db.py"
ROOTS = ("server/app.py", "server/pages.py", "server/worker.py", "server/cli/", "gateway/app.py")
ENVIRONMENT = {"environ", "environb", "getenv", "putenv"}


def _endings(name: str) -> Iterator[int]:
    """Find the lines that commit or roll back."""
    for node in ast.walk(tree_of(name)):
        match node:
            case ast.Call(func=ast.Attribute(attr="commit" | "rollback")):
                yield node.lineno


def _environment_reads(name: str) -> Iterator[int]:
    """Find the lines that reach for the environment, imported by either name."""
    for node in ast.walk(tree_of(name)):
        match node:
            case ast.Attribute(value=ast.Name(id="os"), attr=attribute):
                names = {attribute}
            case ast.ImportFrom(module="os", names=aliases):
                names = {alias.name for alias in aliases}
            case _:
                continue
        if names & ENVIRONMENT:
            yield node.lineno


def test_only_the_database_module_ends_transactions() -> None:
    places = [
        f"{name}:{line}"
        for name in python_files("server", "cms")
        if name != TRANSACTIONS
        for line in _endings(name)
    ]

    assert not places, "the edge commits: take a session of Database.write() instead"


def test_only_composition_roots_read_the_environment() -> None:
    places = [
        f"{name}:{line}"
        for name in python_files("server", "cms", "gateway")
        if not name.startswith(ROOTS)
        for line in _environment_reads(name)
    ]

    assert not places, "take a settings object instead"
