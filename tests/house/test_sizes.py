"""Files and functions stay small enough to be read in one go."""

import ast
from pathlib import PurePosixPath

from tests.house.tree import files, python_files, text_of, tree_of

MOST_LINES_IN_A_FILE = 500
MOST_LINES_IN_A_FUNCTION = 50
READ_BY_PEOPLE = {".py", ".js", ".mjs", ".sh", ".css", ".j2", ".liquid"}
MIGRATIONS = "server/migrations/"  # they describe the past and are never edited again


def test_no_file_is_longer_than_500_lines() -> None:
    lengths = {
        name: text_of(name).count("\n")
        for name in files()
        if PurePosixPath(name).suffix in READ_BY_PEOPLE and not name.startswith(MIGRATIONS)
    }

    too_long = {name: n for name, n in lengths.items() if n > MOST_LINES_IN_A_FILE}

    assert not too_long


def test_no_function_is_longer_than_50_lines() -> None:
    functions = (
        (f"{name}:{node.lineno} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1)
        for name in python_files()
        if not name.startswith(MIGRATIONS)
        for node in ast.walk(tree_of(name))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )

    too_long = {place: lines for place, lines in functions if lines > MOST_LINES_IN_A_FUNCTION}

    assert not too_long
