"""Comparing two states: what is done, in which order, and how it is said."""

import pytest

from server.as_code.changeset import compare
from server.as_code.reading import parse_folder
from tests.server.as_code.conftest import FOLDER, PETSTORE, with_file

SERVICE = "services/petstore.yaml"


def lines(before: dict[str, str], after: dict[str, str], *, prune: bool = True) -> list[str]:
    """Say the plan from one folder to another."""
    return list(compare(parse_folder(after), parse_folder(before), prune=prune).lines())


def service(*replaced: tuple[str, str]) -> dict[str, str]:
    """Make the folder with the service in other words."""
    text = PETSTORE
    for before, after in replaced:
        assert before in text
        text = text.replace(before, after, 1)
    return with_file(SERVICE, text)


def test_equal_states_have_nothing_to_change() -> None:
    plan = compare(parse_folder(FOLDER), parse_folder(FOLDER), prune=True)

    assert (plan.edits, plan.kept, plan.summary()) == ([], [], "Nothing to change.")


@pytest.mark.parametrize(
    ("replaced", "told"),
    [
        (
            [("Pet Store", "Pets"), ("418", "404")],
            [
                '~ service petstore: name: "Pet Store" -> "Pets"',
                "~ service petstore, proxy: error_status_no_match: 418 -> 404",
            ],
        ),
        (
            [("9.90", "10"), ("[kittens]", "[]")],
            [
                "~ service petstore, application plan gold: cost_per_month: 9.90 -> 10.00",
                '~ service petstore, application plan gold: features: ["kittens"] -> []',
            ],
        ),
        (
            [
                ("value: 5", "value: 6"),
                ("adopt, period: day", "adopt, period: year"),
            ],
            [
                "- service petstore, application plan gold, limit adopt day",
                "~ service petstore, application plan gold, limit hits minute: value: 5 -> 6",
                "+ service petstore, application plan gold, limit adopt year",
            ],
        ),
        (
            [("name: Pet Store\n", f"name: Pet Store\ndescription: {'x' * 99}\n")],
            [f'~ service petstore: description: "" -> "{"x" * 58}…'],
        ),
    ],
)
def test_each_change_is_a_line(replaced: list[tuple[str, str]], told: list[str]) -> None:
    assert lines(FOLDER, service(*replaced)) == told


def test_what_is_below_something_that_goes_is_not_told_apart() -> None:
    fewer = {"provider.yaml": ""}

    assert lines(FOLDER, fewer) == [
        "- template partial a.b/c",
        "- template page /docs",
        "- specification pets",
        "- account plan default",
        "- service petstore",
    ]
    assert lines(FOLDER, fewer, prune=False) == [
        "  account plan default is only in the database: kept",
        "  service petstore is only in the database: kept",
        "  specification pets is only in the database: kept",
        "  template page /docs is only in the database: kept",
        "  template partial a.b/c is only in the database: kept",
    ]


def test_texts_are_told_by_their_length() -> None:
    after = with_file("portal/pages/docs.liquid", "Hi")

    assert lines(FOLDER, after) == [
        "~ template page /docs: published: a text of 14 characters -> a text of 2 characters"
    ]


def test_rules_of_a_metric_that_goes_are_made_anew() -> None:
    # The method `adopt` becomes a metric: its rule and its limit have to let go first.
    after = service(("methods:\n", ""))

    assert lines(FOLDER, after) == [
        "- service petstore, application plan gold, limit adopt day",
        "- service petstore, mapping rule POST /adoptions",
        "- service petstore, method adopt",
        "+ service petstore, metric adopt",
        "+ service petstore, mapping rule POST /adoptions",
        "+ service petstore, application plan gold, limit adopt day",
    ]


def test_an_order_is_told_only_when_it_changes() -> None:
    first = "- {http_method: POST, pattern: /adoptions, metric: adopt, last: true}\n"
    second = "- {http_method: GET, pattern: /, metric: hits}\n"
    new = "- {http_method: PUT, pattern: /, metric: hits}\n"

    swapped = lines(FOLDER, service((first + second, second + first)))
    between = lines(FOLDER, service((first, first + new)))

    assert swapped == [
        "~ service petstore: order of mapping rules: GET /, POST /adoptions, GET / (2)"
    ]
    assert between == ["+ service petstore, mapping rule PUT /"]


def test_a_summary_counts() -> None:
    after = service(("Pet Store", "Pets"), ("unit: byte", "unit: bit"), ("gold", "silver"))
    plan = compare(parse_folder(after), parse_folder(FOLDER), prune=False)

    assert plan.summary() == "3 to create, 2 to change, 0 to delete, 1 kept."
