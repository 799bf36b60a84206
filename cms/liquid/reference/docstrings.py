"""The part of a docstring that is for who writes templates: its first line and `Example:`.

A paragraph `Example: {{ 2 | pluralize: 'key' }} -> 2 keys` is rendered by a test, and what stands
behind the arrow is what comes out; without an arrow something has to.
"""

import inspect
import re
from dataclasses import dataclass
from typing import Any

EXAMPLE = re.compile(r"^Example:\s(.+?)(?:\n\n|\Z)", re.MULTILINE | re.DOTALL)
ARROW = " -> "
SOURCE = "Source:"  # what follows it is for who reads the code


@dataclass(frozen=True, slots=True)
class Told:
    """What a docstring says: one line, an example, and what that gives when it is always that."""

    what: str = ""
    example: str = ""
    gives: str = ""


def told_by(thing: Any) -> Told:
    """Read the docstring of a class, a function or a module."""
    return parse_told(inspect.getdoc(thing) or "")


def parse_told(text: str) -> Told:
    """Take a docstring apart; nothing is missing but what it does not say."""
    what = text.split("\n")[0].partition(SOURCE)[0].strip()
    found = EXAMPLE.search(text)
    example, _, gives = found[1].strip().partition(ARROW) if found else ("", "", "")
    return Told(what, example.strip(), gives.strip())
