"""Every policy is complete: its folder, schema, words, test, and its row in the tables."""

import ast
from pathlib import PurePosixPath

from gateway.bundle.policies import IN_BUNDLE
from gateway.policy import POLICIES, find_schema
from tests.house.tree import files, text_of, tree_of

FOLDER = "gateway/policy"
PARTS = ("__init__.py", "policy.py", "schema.json", "README.md")
NAMES = [policy.name for policy in POLICIES]


def test_every_folder_is_a_policy_of_the_list_and_holds_all_parts() -> None:
    found: dict[str, set[str]] = {}
    for name in files():
        path = PurePosixPath(name)
        if path.is_relative_to(FOLDER) and len(path.relative_to(FOLDER).parts) == 2:
            found.setdefault(path.parent.name, set()).add(path.name)

    assert sorted(found) == sorted(NAMES)
    assert not {name: lacks for name in found if (lacks := set(PARTS) - found[name])}


def test_every_policy_has_a_test_of_its_own() -> None:
    lacking = [name for name in NAMES if not text_of(f"tests/{FOLDER}/test_{name}.py")]

    assert not lacking


def test_every_schema_is_understood_and_explains_itself() -> None:
    schemas = {name: find_schema(name) or {} for name in NAMES}

    assert not [name for name, schema in schemas.items() if not schema.get("title")]
    assert not [name for name, schema in schemas.items() if not schema.get("description")]
    nameless = [
        f"{name}.{key}"
        for name, schema in schemas.items()
        for key, each in schema["properties"].items()
        if not each.get("title")
    ]
    assert not nameless, "a form shows the title"


def test_every_policy_has_words_for_its_reader() -> None:
    short = [name for name in NAMES if len(text_of(f"{FOLDER}/{name}/README.md")) < 200]

    assert not short


def test_no_policy_imports_another() -> None:
    taken = {
        f"{name} → {node.module}"
        for name in NAMES
        for file in files()
        if file.startswith(f"{FOLDER}/{name}/") and file.endswith(".py")
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("gateway.policy.")
        if (node.module or "").split(".")[2] not in {name, "base"}
    }

    assert not taken, "what two share stands beside the folders"


def test_the_table_of_bundles_names_every_policy() -> None:
    assert sorted(IN_BUNDLE) == sorted(NAMES)
