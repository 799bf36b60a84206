"""The table of what a bundle can do is the one that its documentation shows."""

import re

from gateway.bundle.policies import IN_BUNDLE
from tests.house.tree import text_of


def test_the_documentation_shows_the_table() -> None:
    _, _, section = text_of("docs/nginx-bundle.md").partition("## Policies")
    rows = re.findall(r"^\| `(\w+)` \| (yes|no) \|$", section, re.MULTILINE)

    assert rows == [(name, "yes" if can else "no") for name, can in sorted(IN_BUNDLE.items())]
