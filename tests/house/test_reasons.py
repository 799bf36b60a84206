"""A rule that is switched off for a line says why, on that line."""

import re

from tests.house.tree import python_files, text_of

SILENCED = re.compile(r"#\s*(?:noqa|type:\s*ignore)(?::\s*[A-Z0-9, ]+|\[[a-z\-, ]+\])?(?P<rest>.*)")


def test_every_silenced_line_gives_its_reason() -> None:
    bare = [
        f"{name}:{number}"
        for name in python_files()
        if name != "tests/house/test_reasons.py"
        for number, line in enumerate(text_of(name).splitlines(), 1)
        if (found := SILENCED.search(line)) and not re.search(r"[a-z]{2}", found["rest"])
    ]

    assert not bare, "write the reason behind it: `# noqa: S310 - only http addresses`"
