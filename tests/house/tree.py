"""The project's files as its rules see them: those of git and those not yet added."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("server", "cms", "gateway")


@cache
def files() -> tuple[str, ...]:
    """List every file that git keeps or would add, relative to the root."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return tuple(sorted(name for name in listed.split("\0") if name and (ROOT / name).is_file()))


def python_files(*folders: str) -> list[str]:
    """List the Python files below the named top-level folders; without names, all of them."""
    return [
        name
        for name in files()
        if name.endswith(".py") and (not folders or name.split("/")[0] in folders)
    ]


def text_of(name: str) -> str:
    """Read a file of the project; a missing one is empty, so that its rules fail on what lacks."""
    path = ROOT / name
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


@cache
def tree_of(name: str) -> ast.Module:
    """Parse a Python file of the project."""
    return ast.parse(text_of(name), filename=name)
