"""The page about policies is the one that schemas and READMEs make."""

import json
import re

from gateway.policy import POLICIES, check_chain
from gateway.policy.reference import write_reference
from tests.house.tree import text_of


def test_the_page_is_up_to_date() -> None:
    assert text_of("docs/policies.md") == write_reference(), (
        "run python -m gateway.policy.reference > docs/policies.md"
    )


def test_every_policy_has_its_fields_in_a_table() -> None:
    page = write_reference()

    assert [f"## `{policy.name}`" in page for policy in POLICIES] == [True] * len(POLICIES)
    assert "| `max_age` | integer | `600` |" in page
    assert "| `request[].op` | `add`, `set`, `push`, `delete` | required |" in page


def test_every_example_is_a_configuration_that_is_taken() -> None:
    examples = {
        policy.name: re.findall(
            r"```json\n(.*?)```", text_of(f"gateway/policy/{policy.name}/README.md"), re.DOTALL
        )
        for policy in POLICIES
    }

    assert all(examples[policy.name] for policy in POLICIES if policy.name != "apicast")
    for name, texts in examples.items():
        for text in texts:
            links = [{"name": name, "configuration": json.loads(text)}, {"name": "apicast"}]
            assert check_chain(links) == []
