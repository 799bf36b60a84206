"""The documentation is complete: settings, error codes, commands and make targets."""

import ast
import importlib
import re
from collections.abc import Iterator

import pytest
from typer.main import get_command

from tests.house.tree import ROOT, python_files, text_of, tree_of
from tools.reference.pages import PAGES

ERRORS = "docs/errors.md"
README = "README.md"
NOT_SETTINGS = {"GATEHOUSE_ORIGINS"}  # it tells where the values came from


def _settings() -> set[str]:
    """Name every variable: those written out, and the fields of the settings classes."""
    written = {
        name
        for file in python_files("server", "gateway")
        for name in re.findall(r"\bGATEHOUSE_[A-Z][A-Z_]*[A-Z]\b", text_of(file))
    }
    fields = {
        f"GATEHOUSE_{statement.target.id.upper()}"
        for file in ("server/settings.py", "gateway/settings.py")
        for node in tree_of(file).body
        if isinstance(node, ast.ClassDef) and node.name == "Settings"
        for statement in node.body
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
    }
    return (written | fields) - NOT_SETTINGS


def _class_codes(name: str) -> Iterator[str]:
    """Find `code = "…"` in the bodies of classes."""
    for node in ast.walk(tree_of(name)):
        match node:
            case ast.Assign(targets=[ast.Name(id="code")], value=ast.Constant(value=str(code))):
                yield code


def _denied_codes(name: str) -> Iterator[str]:
    """Find the code in `Deny(status, "code", …)` and `refusal("code", …)`."""
    position = {"Deny": 1, "refusal": 0}
    for node in ast.walk(tree_of(name)):
        if isinstance(node, ast.Call) and (made_by := getattr(node.func, "id", "")) in position:
            value = node.args[position[made_by]]
            if isinstance(value, ast.Constant):
                yield str(value.value)


def _code_of(markdown: str) -> str:
    """Keep what stands in code spans and code blocks."""
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", markdown, flags=re.DOTALL))


@pytest.mark.parametrize("page", ["docs/architecture.md", "CONTRIBUTING.md", "README.md"])
def test_every_file_that_a_page_names_exists(page: str) -> None:
    named = re.findall(
        r"`((?:server|gateway|cms|tests|docs|themes|tools)/[\w/.-]+)`", text_of(page)
    )

    lost = [name for name in named if "NNNN" not in name and not (ROOT / name).exists()]

    assert not lost


def test_every_setting_has_a_row_in_the_readme() -> None:
    rows = set(re.findall(r"^\|\s*`(GATEHOUSE_[A-Z_]+)`\s*\|", text_of(README), re.MULTILINE))

    assert rows == _settings()


@pytest.mark.parametrize("page", PAGES)
def test_a_generated_page_says_what_the_code_says(page: str) -> None:
    assert text_of(page) == PAGES[page](), "run `make docs`"


def test_every_error_code_has_a_heading_in_the_reference() -> None:
    codes = set(_class_codes("server/domain/errors.py"))
    codes |= {code for name in python_files("gateway") for code in _denied_codes(name)}

    headings = re.findall(r"^#{2,4} `([a-z0-9_]+)`$", text_of(ERRORS), re.MULTILINE)

    assert sorted(codes) == sorted(headings), "say what it means in gateway/codes.py; `make docs`"


def test_every_make_target_of_the_readme_exists() -> None:
    named = set(re.findall(r"\bmake ([a-z][a-z-]*)", _code_of(text_of(README))))

    targets = set(re.findall(r"^([a-z][a-z-]*):", text_of("Makefile"), re.MULTILINE))

    assert named <= targets


def _pages() -> list[str]:
    """Name the pages that people read, without the generated ones."""
    return [README, *(f"docs/{page.name}" for page in sorted((ROOT / "docs").glob("*.md")))]


def test_every_command_that_a_page_names_exists() -> None:
    commands = getattr(get_command(importlib.import_module("server.cli.main").app), "commands", {})
    for page in _pages():
        named = re.findall(
            r"^\$? ?gatehouse ([a-z][a-z-]*)((?: --[a-z-]+|[^\S\n]\S+)*)",
            _code_of(text_of(page)),
            re.MULTILINE,
        )
        for name, rest in named:
            assert name in commands, f"{page}: gatehouse {name}"
            inner = getattr(commands[name], "commands", None)
            options = {each for option in commands[name].params for each in option.opts}
            if inner is None:
                told = set(re.findall(r"--[a-z][a-z-]*", rest.partition("#")[0]))
                assert told <= options, f"{page}: gatehouse {name}"


def test_every_page_is_linked_and_every_link_leads_somewhere() -> None:
    linked = set()
    for page in (*_pages(), "DECISIONS.md"):
        text = re.sub(r"```.*?```", "", text_of(page), flags=re.DOTALL)
        for link in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
            if ":" not in link:
                target = (ROOT / page).parent / link
                assert target.exists(), f"{page}: {link}"
                linked.add((page == README, target.resolve()))
    lost = [page for page in _pages() if (True, (ROOT / page).resolve()) not in linked]
    known = {path for _, path in linked}
    assert [page for page in lost if (ROOT / page).resolve() not in known] == [README]


def test_every_test_that_the_security_table_names_exists() -> None:
    text = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    named = [name.partition("::") for name in re.findall(r"`(tests/[^`]+)`", text)]

    missing = [
        f"{path}::{test}"
        for path, _, test in named
        if not (ROOT / path).is_file() or test not in (ROOT / path).read_text(encoding="utf-8")
    ]

    assert len(named) > 50
    assert not missing
